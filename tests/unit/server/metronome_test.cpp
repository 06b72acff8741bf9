// When the metronome of the jobs beats and when it rests.
#include "jobs/metronome.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>

namespace tandem {

namespace {

using namespace std::chrono_literals;

class MetronomeTest : public testing::Test {
protected:
    // Whether it beats some more, soon.
    bool goesOn() {
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        const int before = m_beats;
        while (m_beats < before + 3 && std::chrono::steady_clock::now() < deadline)
            std::this_thread::sleep_for(1ms);
        return m_beats >= before + 3;
    }
    bool rests() {
        const int before = m_beats;
        std::this_thread::sleep_for(50ms);
        return m_beats == before;
    }

    std::atomic<int> m_beats = 0;
    Metronome m_metronome{[this] { ++m_beats; }};
};

} // namespace

TEST_F(MetronomeTest, ItRestsUntilAJobRuns) {
    EXPECT_TRUE(rests());
    EXPECT_EQ(m_beats, 0);
    m_metronome.begin();
    EXPECT_TRUE(goesOn());
    m_metronome.end();
    EXPECT_TRUE(rests());
}

TEST_F(MetronomeTest, ItBeatsUntilTheLastJobHasEnded) {
    m_metronome.begin();
    m_metronome.begin();
    m_metronome.end();
    EXPECT_TRUE(goesOn());
    m_metronome.end();
    EXPECT_TRUE(rests());
    m_metronome.begin();
    EXPECT_TRUE(goesOn());
}

TEST_F(MetronomeTest, ItEndsWhileItBeats) {
    m_metronome.begin();
    EXPECT_TRUE(goesOn());
}

} // namespace tandem
