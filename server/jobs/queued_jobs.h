// Jobs that other jobs bring about, in the queue. Owned by main; any thread but the event loop's. Borrows
// all.
#pragma once

#include "jobs/event_loop_calls.h"
#include "jobs/job_queue.h"
#include "jobs/job_sender.h"
#include "jobs/job_types.h"

namespace tandem {

class QueuedJobs final : public JobSender {
public:
    QueuedJobs(JobQueue& queue, const JobTypes& types, EventLoopCalls& loop)
        : m_queue(queue), m_types(types), m_loop(loop) {}

    Result<std::string> send(std::string_view type, std::string key, std::string payload,
                             DocumentId document) override {
        const JobType* const known = m_types.find(type);
        assert(known);
        if (auto checked = known->handler->check(payload); !checked)
            return checked.error();
        SystemRandom random;
        NewJob job = newJob(known->terms, makeRandomId(random), std::move(payload), std::move(document));
        job.key = std::move(key);
        const auto enqueued =
            waitFor<JobQueue::Enqueued>(m_loop, [this, job](auto done) { m_queue.enqueue(job, done); });
        return enqueued ? Result<std::string>(enqueued->job.id) : Result<std::string>(enqueued.error());
    }

private:
    JobQueue& m_queue;
    const JobTypes& m_types;
    EventLoopCalls& m_loop;
};

} // namespace tandem
