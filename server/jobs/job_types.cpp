#include "jobs/job_types.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace tandem {

namespace {

using Json = nlohmann::json;

Error refusal(std::string sentence) {
    return {ErrorCode::invalidArgument, std::move(sentence)};
}

std::string aloneKey(const JobTerms& terms, const DocumentId& document) {
    switch (terms.alone) {
    case JobAlone::no:
        return {};
    case JobAlone::perDocument:
        return terms.name + ":" + document;
    case JobAlone::everywhere:
        return terms.name;
    }
    return {};
}

// The document that a payload names; empty: none.
Result<DocumentId> documentIn(const Json& payload) {
    const auto found = payload.find("doc_id");
    if (found == payload.end())
        return DocumentId();
    if (!found->is_string() || !isDocumentId(found->get_ref<const std::string&>()))
        return refusal("The payload's \"doc_id\" must be the id of a document.");
    return found->get<std::string>();
}

bool isKey(std::string_view text) {
    return !text.empty() && text.size() <= longestJobKey &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

} // namespace

NewJob newJob(const JobTerms& terms, std::string id, std::string payload, DocumentId document) {
    NewJob job;
    job.id = std::move(id);
    job.type = terms.name;
    job.payload = std::move(payload);
    job.exclusive = aloneKey(terms, document);
    job.document = std::move(document);
    job.maxAttempts = terms.maxAttempts;
    job.keptMs = terms.keptMs;
    return job;
}

void JobTypes::add(JobTerms terms, std::unique_ptr<JobHandler> handler) {
    std::string name = terms.name;
    m_types.insert_or_assign(std::move(name), JobType{std::move(terms), std::move(handler)});
}

const JobType* JobTypes::find(std::string_view name) const {
    const auto found = m_types.find(name);
    return found == m_types.end() ? nullptr : &found->second;
}

Result<NewJob> JobTypes::request(const Wanted& wanted, Random& random) const {
    const JobType* const type = find(wanted.type);
    if (!type) {
        std::string names;
        for (const auto& [name, known] : m_types)
            names += (names.empty() ? "" : ", ") + name;
        return refusal("There is no such type of job; there are: " + names + ".");
    }
    if (wanted.payload.size() > largestJobPayload)
        return Error{ErrorCode::limitExceeded,
                     "A payload has at most " + std::to_string(largestJobPayload) + " bytes."};
    const Json payload = Json::parse(wanted.payload, nullptr, false);
    if (!payload.is_object())
        return Error{ErrorCode::malformed, "The payload must be a JSON object."};
    auto document = documentIn(payload);
    if (!document.ok())
        return document.error();
    const std::string same = payload.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (auto checked = type->handler->check(same); !checked.ok())
        return checked.error();
    if (wanted.key && !isKey(*wanted.key))
        return refusal("An idempotency key is 1 to " + std::to_string(longestJobKey) +
                       " visible ASCII characters.");
    if (wanted.maxAttempts && (*wanted.maxAttempts < 1 || *wanted.maxAttempts > mostJobAttempts))
        return refusal("\"max_attempts\" must be 1 to " + std::to_string(mostJobAttempts) + ".");
    NewJob job = newJob(type->terms, makeRandomId(random), same, std::move(*document));
    job.key = wanted.key;
    job.maxAttempts = wanted.maxAttempts.value_or(job.maxAttempts);
    job.runAtMs = wanted.runAtMs;
    return job;
}

} // namespace tandem
