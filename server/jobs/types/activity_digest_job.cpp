#include "jobs/types/activity_digest_job.h"

#include "digest/digest_words.h"
#include "digest/document_activity.h"
#include "jobs/types/job_answers.h"
#include "mail/mail_address.h"

#include <QDateTime>
#include <QString>

namespace tandem {

namespace {

// In full; of more only their number is told.
constexpr std::size_t toldDocuments = 50;
constexpr std::int64_t latestMs = 253'402'300'799'999; // the end of the year 9999

struct DigestWish {
    DocumentId document; // empty: all
    std::int64_t sinceMs = 0;
    std::optional<std::int64_t> untilMs;
    std::string email; // empty: nobody
};

// RFC 3339, with a zone. Nothing when it is none.
std::optional<std::int64_t> momentFrom(const std::string& text) {
    const QDateTime moment = QDateTime::fromString(QString::fromStdString(text), Qt::ISODateWithMs);
    if (!moment.isValid() || moment.timeSpec() == Qt::LocalTime)
        return std::nullopt;
    const std::int64_t ms = moment.toMSecsSinceEpoch();
    return ms >= 0 && ms <= latestMs ? std::optional(ms) : std::nullopt;
}

Result<DigestWish> readWish(std::string_view payload) {
    constexpr const char* momentRule = "a moment like \"2026-01-31T09:00:00Z\"";
    const auto object = parseJsonObject(payload, limits::nesting);
    if (!object)
        return object.error();
    JsonFields in(*object);
    DigestWish wish;
    const auto document = in.optionalString("doc_id", limits::bodyBytes);
    const auto since = momentFrom(in.string("since", limits::bodyBytes));
    const auto until = in.optionalString("until", limits::bodyBytes);
    const auto email = in.optionalString("email", limits::bodyBytes);
    if (in.ok() && document && !isDocumentId(*document))
        in.fail("doc_id", "the id of a document");
    if (in.ok() && !since)
        in.fail("since", momentRule);
    if (until) {
        wish.untilMs = momentFrom(*until);
        if (in.ok() && !wish.untilMs)
            in.fail("until", momentRule);
    }
    if (in.ok() && wish.untilMs && *wish.untilMs <= *since)
        in.fail("until", "later than \"since\"");
    if (in.ok() && email && !isMailAddress(*email))
        in.fail("email", "the address of one person, like name@example.org");
    if (in.error())
        return *in.error();
    wish.document = document.value_or(DocumentId());
    wish.sinceMs = *since;
    wish.email = email.value_or(std::string());
    return wish;
}

// One run's work.
class Gathering {
public:
    Gathering(DocumentSource& documents, const TimeWindow& window, JobProgress& progress)
        : m_documents(documents), m_progress(progress) {
        m_digest.window = window;
    }

    Result<Digest> one(const DocumentId& id) {
        const auto document = m_documents.find(id);
        if (!document)
            return document.error();
        if (auto added = add(*document); !added)
            return added.error();
        return std::move(m_digest);
    }

    Result<Digest> all() {
        std::optional<std::string> cursor;
        do {
            const auto page = m_documents.list(cursor);
            if (!page)
                return page.error();
            for (const DocumentInfo& document : page->documents) {
                if (auto added = add(document); !added)
                    return added.error();
            }
            cursor = page->next;
        } while (cursor);
        return std::move(m_digest);
    }

private:
    Result<void> add(const DocumentInfo& document) {
        if (document.updatedMs < m_digest.window.sinceMs || document.createdMs >= m_digest.window.untilMs)
            return {};
        m_progress.report(0, "Reading document " + std::to_string(++m_read));
        auto activity = documentActivity(m_documents, document, m_digest.window,
                                         [this] { return m_progress.shouldStop(); });
        // It may have been thrown away or restored meanwhile.
        if (!activity && activity.error().code == ErrorCode::notFound)
            return {};
        if (!activity)
            return activity.error();
        if (!*activity)
            return {};
        if (m_digest.documents.size() == toldDocuments)
            ++m_digest.moreDocuments;
        else
            m_digest.documents.push_back(std::move(**activity));
        return {};
    }

    DocumentSource& m_documents;
    JobProgress& m_progress;
    Digest m_digest;
    std::size_t m_read = 0;
};

} // namespace

Result<void> ActivityDigestJob::check(std::string_view payload) const {
    const auto wish = readWish(payload);
    return wish ? Result<void>() : Result<void>(wish.error());
}

JobOutcome ActivityDigestJob::run(const JobRequest& request, JobProgress& progress) {
    const auto wish = readWish(request.payload);
    if (!wish)
        return failureOf(wish.error());
    const TimeWindow window{wish->sinceMs, wish->untilMs.value_or(m_clock.wallMs())};
    Gathering gathering(m_documents, window, progress);
    const auto digest = wish->document.empty() ? gathering.all() : gathering.one(wish->document);
    if (progress.shouldStop())
        return stopped();
    if (!digest)
        return failureOf(digest.error());
    if (!wish->email.empty()) {
        const std::string letter = jsonText(
            {{"to", wish->email}, {"subject", digestSubject(*digest)}, {"text", digestText(*digest)}});
        const auto sent = m_sender.send("email.notify", "digest:" + request.id, letter, wish->document);
        if (!sent)
            return failureOf(sent.error());
    }
    JobResult result;
    result.json = digestJson(*digest);
    return result;
}

} // namespace tandem
