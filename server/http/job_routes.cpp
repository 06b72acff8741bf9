#include "http/job_routes.h"

#include "http/document_calls.h"
#include "http/job_json.h"
#include "http/query_parameters.h"

namespace tandem {

namespace {

constexpr std::size_t defaultPage = 50;
constexpr std::size_t largestPage = 200;
constexpr std::size_t longestType = 64;

Result<JobQuery> readQuery(const HttpRequest& request) {
    JobQuery query;
    const auto limit = readNumber(request, "limit", 1, largestPage);
    if (!limit)
        return limit.error();
    query.limit = limit->value_or(defaultPage);
    if (const std::string* cursor = parameter(request, "cursor"))
        query.cursor = *cursor;
    if (const std::string* type = parameter(request, "type")) {
        if (type->size() > longestType)
            return wrongParameter("type", "a type of jobs");
        query.type = *type;
    }
    if (const std::string* word = parameter(request, "state")) {
        query.state = jobStateFor(*word);
        if (!query.state)
            return wrongParameter("state", "scheduled, available, executing, retryable, completed, cancelled "
                                           "or discarded");
    }
    return query;
}

std::string nextPage(const JobQuery& query, const std::string& cursor) {
    std::string address = "/v1/jobs?limit=" + std::to_string(query.limit);
    if (!query.type.empty())
        address += "&type=" + percentEncoded(query.type);
    if (query.state)
        address += "&state=" + std::string(wordFor(*query.state));
    return address + "&cursor=" + cursor;
}

// For clients that know no other names.
std::string plainName(const std::string& name) {
    std::string plain;
    for (const char c : name) {
        const bool safe = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                          c == '-' || c == '_' || c == '.';
        plain += safe ? c : '_';
    }
    return plain.empty() ? "result" : plain;
}

} // namespace

void JobRoutes::addTo(Router& router) {
    const auto add = [&](const char* method, const char* pattern, Right right,
                         void (JobRoutes::*handler)(const HttpRequest&, HttpRespond)) {
        router.add(method, pattern, right, [this, handler](const HttpRequest& request, HttpRespond respond) {
            (this->*handler)(request, std::move(respond));
        });
    };
    add("POST", "/v1/jobs", Right::jobs, &JobRoutes::create);
    add("GET", "/v1/jobs", Right::jobs, &JobRoutes::list);
    add("GET", "/v1/jobs/stats", Right::jobs, &JobRoutes::stats);
    // Which document a job belongs to is not known before it is found: these ask the gate themselves.
    add("GET", "/v1/jobs/{job}", Right::none, &JobRoutes::show);
    add("GET", "/v1/jobs/{job}/result", Right::none, &JobRoutes::result);
    const auto addSteering = [&](const char* verb,
                                 void (JobQueue::*steer)(std::string, JobQueue::Done<Job>)) {
        router.add("POST", std::string("/v1/jobs/{job}/") + verb, Right::jobs,
                   [this, steer](const HttpRequest& request, HttpRespond respond) {
                       (m_jobs.queue.*
                        steer)(request.pathParts.at("job"), [this, request, respond](const Result<Job>& job) {
                           if (job)
                               m_jobs.added(); // it may be due now
                           respond(job ? jsonResponse(200, jobJson(*job)) : problem(request, job.error()));
                       });
                   });
    };
    addSteering("cancel", &JobQueue::cancel);
    addSteering("retry", &JobQueue::retry);
    addSteering("discard", &JobQueue::discard);
    addDocumentCall(router, "POST", "/v1/docs/{id}/export", Right::read, *this, &JobRoutes::exportDocument);
    addDocumentCall(router, "POST", "/v1/docs/{id}/digest", Right::read, *this, &JobRoutes::digest);
}

void JobRoutes::create(const HttpRequest& request, HttpRespond respond) {
    if (const auto wanted = jsonBody(request, respond, &parseJobRequest))
        enqueue(request, *wanted, std::move(respond));
}

void JobRoutes::exportDocument(const HttpRequest& request, const DocumentId& id, HttpRespond respond) {
    const auto wanted = jsonBody(
        request, respond, [&](std::string_view body) { return parseDocumentJob(body, "doc.export", id); });
    if (!wanted)
        return;
    enqueue(request, *wanted, audited(request, id, "export asked for", std::move(respond)));
}

void JobRoutes::digest(const HttpRequest& request, const DocumentId& id, HttpRespond respond) {
    const auto wanted = jsonBody(request, respond, [&](std::string_view body) {
        return parseDocumentJob(body, "activity.digest", id);
    });
    if (!wanted)
        return;
    if (!asksForMail(*wanted))
        return enqueue(request, *wanted, std::move(respond));
    // A letter goes out in the server's name, to anyone.
    m_gate.check(Right::mail, id, request.token,
                 [this, request, id, wanted = *wanted, respond](const Result<Grant>& grant) {
                     if (!grant)
                         return respond(problem(request, grant.error()));
                     enqueue(request, wanted, audited(request, id, "digest by email asked for", respond));
                 });
}

HttpRespond JobRoutes::audited(const HttpRequest& request, const DocumentId& id, std::string event,
                               HttpRespond respond) {
    return [this, asked = withoutBody(request), id, event = std::move(event),
            respond = std::move(respond)](HttpResponse response) {
        if (response.status != 202)
            return respond(std::move(response));
        m_audit.record(asked, id, event, {}, [respond, response] { respond(response); });
    };
}

void JobRoutes::enqueue(const HttpRequest& request, const JobTypes::Wanted& wanted, HttpRespond respond) {
    auto job = m_jobs.types.request(wanted, m_random);
    if (!job)
        return respond(problem(request, job.error()));
    m_jobs.queue.enqueue(
        std::move(*job), [this, asked = withoutBody(request), type = wanted.type,
                          respond = std::move(respond)](const Result<JobQueue::Enqueued>& enqueued) {
            if (!enqueued)
                return respond(problem(asked, enqueued.error()));
            if (enqueued->how == JobQueue::Enqueuing::different)
                return respond(problem(asked, 422, "This idempotency key came with another payload before."));
            const bool isNew = enqueued->how == JobQueue::Enqueuing::added;
            if (isNew) {
                m_measures.jobEnqueued(type);
                m_jobs.added();
            }
            respond(jsonResponse(isNew ? 202 : 200, jobJson(enqueued->job))
                        .header("Location", "/v1/jobs/" + enqueued->job.id));
        });
}

void JobRoutes::list(const HttpRequest& request, HttpRespond respond) {
    const auto query = readQuery(request);
    if (!query)
        return respond(problem(request, query.error()));
    m_jobs.queue.list(*query,
                      [request, query = *query, respond = std::move(respond)](const Result<JobPage>& page) {
                          if (!page)
                              return respond(problem(request, page.error()));
                          HttpResponse response = jsonResponse(200, jobPageJson(*page));
                          if (page->next)
                              response.header("Link", "<" + nextPage(query, *page->next) + ">; rel=\"next\"");
                          respond(std::move(response));
                      });
}

void JobRoutes::stats(const HttpRequest& request, HttpRespond respond) {
    m_jobs.queue.stats([request, respond = std::move(respond)](const Result<JobStats>& stats) {
        respond(stats ? jsonResponse(200, jobStatsJson(*stats)) : problem(request, stats.error()));
    });
}

void JobRoutes::find(const HttpRequest& request, HttpRespond respond, std::function<void(const Job&)> found) {
    m_gate.check(Right::jobs, {}, request.token, [this, request, respond, found](const Result<Grant>& grant) {
        const Result<void> steers = grant ? Result<void>() : grant.error();
        m_jobs.queue.find(request.pathParts.at("job"),
                          [this, request, respond, found, steers](const Result<Job>& job) {
                              if (!job && (steers || job.error().code != ErrorCode::notFound))
                                  return respond(problem(request, job.error()));
                              if (job && steers)
                                  return found(*job);
                              // Whoever may not see jobs does not learn which there are.
                              if (!job || job->document.empty())
                                  return respond(problem(request, steers.error()));
                              m_gate.check(Right::read, job->document, request.token,
                                           [request, respond, found, job = *job](const Result<Grant>& reads) {
                                               if (reads)
                                                   found(job);
                                               else
                                                   respond(problem(request, reads.error()));
                                           });
                          });
    });
}

void JobRoutes::show(const HttpRequest& request, HttpRespond respond) {
    find(request, respond, [respond](const Job& job) { respond(jsonResponse(200, jobJson(job))); });
}

void JobRoutes::result(const HttpRequest& request, HttpRespond respond) {
    find(request, respond, [this, request, respond](const Job& job) {
        if (!job.output)
            return respond(problem(request, 409,
                                   "The job has no result: it is " + std::string(wordFor(job.state)) + "."));
        if (!job.output->fileType.empty())
            return sendFile(request, job, respond);
        respond(jsonResponse(200, job.output->json));
    });
}

void JobRoutes::sendFile(const HttpRequest& request, const Job& job, HttpRespond respond) {
    m_jobs.queue.file(job.id, [request, respond = std::move(respond)](const Result<JobFile>& file) {
        if (!file)
            return respond(problem(request, file.error()));
        HttpResponse response{200, {}, file->bytes};
        response.header("Content-Type", file->contentType)
            .header("Content-Disposition", "attachment; filename=\"" + plainName(file->name) +
                                               "\"; filename*=UTF-8''" + percentEncoded(file->name))
            .header("Cache-Control", "no-store");
        respond(std::move(response));
    });
}

} // namespace tandem
