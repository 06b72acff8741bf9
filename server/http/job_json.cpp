#include "http/job_json.h"

#include "log/timestamp.h"
#include "protocol/json_fields.h"
#include "protocol/limits.h"

#include <QDateTime>

namespace tandem {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t timeBytes = 40;
constexpr std::size_t wordBytes = 64;

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json timeOrNull(std::int64_t ms) {
    return ms == 0 ? Json() : Json(timestamp(ms));
}

// What stands in the database was JSON when it was stored.
Json parsed(const std::string& text) {
    Json json = Json::parse(text, nullptr, false);
    return json.is_discarded() ? Json() : json;
}

Json describe(const Job& job) {
    Json attempts = Json::array();
    for (const JobAttempt& attempt : job.attempts)
        attempts.push_back({{"started", timestamp(attempt.startedMs)},
                            {"ended", timeOrNull(attempt.endedMs)},
                            {"error", attempt.error.empty() ? Json() : Json(attempt.error)}});
    Json json{{"id", job.id},
              {"type", job.type},
              {"payload", parsed(job.payload)},
              {"status", wordFor(job.state)},
              {"progress", job.progress},
              {"message", job.message},
              {"attempts", std::move(attempts)},
              {"max_attempts", job.maxAttempts},
              {"run_at", timestamp(job.runAtMs)},
              {"created", timestamp(job.createdMs)},
              {"finished", timeOrNull(job.finishedMs)}};
    if (job.output)
        json["result"] = parsed(job.output->json);
    else if (!job.error.empty())
        json["error"] = job.error;
    return json;
}

// Null, or left out: at once.
std::int64_t readRunAt(JsonFields& in) {
    const auto text = in.optionalString("run_at", timeBytes);
    if (!text)
        return 0;
    const QDateTime time = QDateTime::fromString(QString::fromStdString(*text), Qt::ISODateWithMs);
    if (!time.isValid() || time.timeSpec() == Qt::LocalTime || time.toMSecsSinceEpoch() < 0) {
        in.fail("run_at", "a time, like 2030-01-31T09:05:00Z");
        return 0;
    }
    return time.toMSecsSinceEpoch();
}

} // namespace

Result<JobTypes::Wanted> parseJobRequest(std::string_view body) {
    const auto object = parseJsonObject(body, limits::nesting);
    if (!object)
        return object.error();
    JsonFields in(*object);
    JobTypes::Wanted wanted;
    wanted.type = in.string("type", wordBytes);
    const auto* const payload = in.find("payload");
    if (payload && !payload->is_object())
        in.fail("payload", "a JSON object");
    wanted.payload = payload ? payload->dump() : "{}";
    wanted.key = in.optionalString("idempotency_key", longestJobKey);
    if (const auto attempts = in.optionalNumber("max_attempts", 1, mostJobAttempts))
        wanted.maxAttempts = static_cast<int>(*attempts);
    wanted.runAtMs = readRunAt(in);
    if (in.error())
        return *in.error();
    return wanted;
}

Result<JobTypes::Wanted> parseDocumentJob(std::string_view body, const std::string& type,
                                          const DocumentId& document) {
    auto object = parseJsonObject(body, limits::nesting);
    if (!object)
        return object.error();
    JsonFields in(*object);
    JobTypes::Wanted wanted;
    wanted.type = type;
    wanted.key = in.optionalString("idempotency_key", longestJobKey);
    if (object->contains("doc_id"))
        in.fail("doc_id", "left out: the address names the document");
    if (in.error())
        return *in.error();
    object->erase("idempotency_key");
    (*object)["doc_id"] = document;
    wanted.payload = object->dump();
    return wanted;
}

bool asksForMail(const JobTypes::Wanted& wanted) {
    const auto payload = parseJsonObject(wanted.payload, limits::nesting);
    return payload && payload->contains("email");
}

std::string jobJson(const Job& job) {
    return dump(describe(job));
}

std::string jobPageJson(const JobPage& page) {
    Json list = Json::array();
    for (const Job& job : page.jobs)
        list.push_back(describe(job));
    return dump({{"jobs", std::move(list)}, {"next", page.next ? Json(*page.next) : Json()}});
}

std::string jobStatsJson(const JobStats& stats) {
    Json total = Json::object();
    for (const JobState state : allJobStates)
        total[std::string(wordFor(state))] = 0;
    Json types = Json::object();
    for (const JobCount& one : stats.counts) {
        const std::string state(wordFor(one.state));
        total[state] = total[state].get<std::size_t>() + one.count;
        types[one.type][state] = one.count;
    }
    return dump({{"states", std::move(total)},
                 {"types", std::move(types)},
                 {"oldest_available_seconds", static_cast<double>(stats.oldestAvailableMs) / 1'000}});
}

} // namespace tandem
