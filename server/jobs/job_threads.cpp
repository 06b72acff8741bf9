#include "jobs/job_threads.h"

#include "memory/process_memory.h"

#include <QtConcurrent/QtConcurrentRun>

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace tandem {

namespace {

// Linux counts niceness by thread.
bool makeThisThreadNice() {
    constexpr int niceness = 10;
    return setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), niceness) == 0;
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
        work();
        post(done);
        if (--m_working == 0) // it is quiet for now, and threads that rest keep what they freed last
            emptyThreadCache();
    });
}

void JobThreads::post(std::function<void()> work) {
    QMetaObject::invokeMethod(&m_context, std::move(work), Qt::QueuedConnection);
}

} // namespace tandem
