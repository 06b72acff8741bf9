#include "jobs/job_threads.h"

#include "memory/process_memory.h"

#include <QtConcurrent/QtConcurrentRun>

#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

namespace tandem {

namespace {

constexpr int niceness = 10;

// What sched_setattr(2) takes, in its first version.
struct SchedulingWish {
    std::uint32_t size = sizeof(SchedulingWish);
    std::uint32_t policy = SCHED_OTHER;
    std::uint64_t flags = 0;
    std::int32_t nice = niceness;
    std::uint32_t priority = 0;
    std::uint64_t turnNs = 200'000;
    std::uint64_t deadline = 0;
    std::uint64_t period = 0;
};

// Linux counts niceness by thread. When a turn is short, it is over at each beat of the metronome; before
// Linux 6.12 its length is fixed.
bool makeThisThreadNice() {
    const SchedulingWish wish;
    return syscall(SYS_sched_setattr, 0, &wish, 0) == 0 ||
           setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), niceness) == 0;
}

void beNice() {
    [[maybe_unused]] static thread_local const bool isNice = makeThisThreadNice();
}

} // namespace

JobThreads::JobThreads(std::size_t count) {
    m_pool.setMaxThreadCount(static_cast<int>(count));
}

void JobThreads::start(std::function<void()> work, std::function<void()> done) {
    (void)QtConcurrent::run(&m_pool, [this, work = std::move(work), done = std::move(done)] {
        beNice();
        ++m_working;
        m_metronome.begin();
        work();
        m_metronome.end();
        post(done);
        if (--m_working == 0) // it is quiet for now, and threads that rest keep what they freed last
            emptyThreadCache();
    });
}

void JobThreads::post(std::function<void()> work) {
    QMetaObject::invokeMethod(&m_context, std::move(work), Qt::QueuedConnection);
}

} // namespace tandem
