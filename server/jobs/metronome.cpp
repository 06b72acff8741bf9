#include "jobs/metronome.h"

#include <chrono>

namespace tandem {

namespace {
constexpr std::chrono::microseconds pause(500);
}

Metronome::Metronome(std::function<void()> beat) : m_beat(std::move(beat)), m_thread([this] { run(); }) {}

Metronome::~Metronome() {
    {
        const std::lock_guard lock(m_mutex);
        m_stops = true;
    }
    m_changed.notify_one();
    m_thread.join();
}

void Metronome::begin() {
    const std::lock_guard lock(m_mutex);
    if (m_users++ == 0)
        m_changed.notify_one();
}

void Metronome::end() {
    const std::lock_guard lock(m_mutex);
    --m_users;
}

void Metronome::run() {
    std::unique_lock lock(m_mutex);
    while (!m_stops) {
        if (m_users == 0) {
            m_changed.wait(lock);
            continue;
        }
        m_changed.wait_for(lock, pause);
        if (m_users > 0)
            m_beat();
    }
}

} // namespace tandem
