// Has Linux look often who should run, while jobs do. On a core that a job keeps busy, a thread that is woken
// for somebody's keystroke is not always let in at once: the scheduler may find that it is not its turn just
// then, and looks again at its next tick only, on most systems 4 ms later. Whenever this thread wakes it has
// to look, and gives the core to whoever has waited; a job's turn is over by then (JobThreads). Costs about a
// hundredth of a core while it beats, and nothing else. Owned by JobThreads; begin() and end() may be called
// on any thread.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace tandem {

class Metronome {
public:
    // `beat` is called on its thread; that the thread wakes is all that matters.
    explicit Metronome(std::function<void()> beat = [] {});
    ~Metronome();
    Metronome(const Metronome&) = delete;
    Metronome& operator=(const Metronome&) = delete;

    // Beats until end() was called as often, and then no more.
    void begin();
    void end();

private:
    void run();

    const std::function<void()> m_beat;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_users = 0;      // by m_mutex
    bool m_stops = false; // by m_mutex
    std::thread m_thread;
};

} // namespace tandem
