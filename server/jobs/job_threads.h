// The threads on which jobs run, at a low priority, so that typing stays quick; and their way back to the
// event loop. Lives on the event loop; owned by main, which must not let it go while jobs run.
#pragma once

#include "jobs/event_loop_calls.h"
#include "jobs/job_runner.h"
#include "jobs/metronome.h"

#include <QObject>
#include <QThreadPool>

#include <atomic>

namespace tandem {

class JobThreads final : public JobPool, public EventLoopCalls {
public:
    explicit JobThreads(std::size_t count);

    void start(std::function<void()> work, std::function<void()> done) override;
    void post(std::function<void()> work) override;

private:
    QObject m_context; // what is posted runs on its thread
    Metronome m_metronome;
    QThreadPool m_pool;
    std::atomic<int> m_working = 0;
};

} // namespace tandem
