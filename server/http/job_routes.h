// The REST calls about jobs (PROTOCOL.md, "Jobs"). Whoever may read a document may read its jobs and ask for
// some; all else is for those who may steer the server's work. Lives on the event loop; owned by main, which
// also owns what it borrows.
#pragma once

#include "http/audit_trail.h"
#include "http/router.h"
#include "jobs/job_queue.h"
#include "jobs/job_types.h"
#include "metrics/measures.h"

namespace tandem {

class JobRoutes {
public:
    struct Parts {
        JobQueue& queue;
        const JobTypes& types;
        std::function<void()> added; // a job, by this process
    };
    JobRoutes(Parts jobs, const Gate& gate, AuditTrail& audit, Measures& measures, Random& random)
        : m_jobs(std::move(jobs)), m_gate(gate), m_audit(audit), m_measures(measures), m_random(random) {}

    // This object must outlive the router's use.
    void addTo(Router& router);

private:
    void create(const HttpRequest& request, HttpRespond respond);
    void list(const HttpRequest& request, HttpRespond respond);
    void stats(const HttpRequest& request, HttpRespond respond);
    void show(const HttpRequest& request, HttpRespond respond);
    void result(const HttpRequest& request, HttpRespond respond);
    void sendFile(const HttpRequest& request, const Job& job, HttpRespond respond);
    void exportDocument(const HttpRequest& request, const DocumentId& id, HttpRespond respond);
    void digest(const HttpRequest& request, const DocumentId& id, HttpRespond respond);
    void enqueue(const HttpRequest& request, const JobTypes::Wanted& wanted, HttpRespond respond);
    // Answers that a job came into being once the audit log says so.
    HttpRespond audited(const HttpRequest& request, const DocumentId& id, std::string event,
                        HttpRespond respond);
    // Finds a job for someone who may read it.
    void find(const HttpRequest& request, HttpRespond respond, std::function<void(const Job&)> found);

    const Parts m_jobs;
    const Gate& m_gate;
    AuditTrail& m_audit;
    Measures& m_measures;
    Random& m_random;
};

} // namespace tandem
