#include "http/document_routes.h"

#include "access/token.h"
#include "base/base64url.h"
#include "base/utf8.h"
#include "http/document_calls.h"
#include "http/document_json.h"
#include "http/etag.h"
#include "http/import.h"
#include "http/query_parameters.h"
#include "rooms/initial_content.h"

namespace tandem {

namespace {

constexpr std::size_t defaultPage = 50;
constexpr std::size_t largestPage = 200;
constexpr std::size_t longestSearch = 800; // bytes
constexpr std::size_t shortestKey = 16;    // characters of an Idempotency-Key that stands for a secret

Result<DocumentQuery> readQuery(const HttpRequest& request) {
    DocumentQuery query;
    const auto limit = readNumber(request, "limit", 1, largestPage);
    if (!limit)
        return limit.error();
    query.limit = limit->value_or(defaultPage);
    const auto deleted = readFlag(request, "deleted");
    if (!deleted)
        return deleted.error();
    query.deleted = *deleted;
    if (const std::string* cursor = parameter(request, "cursor"))
        query.cursor = *cursor;
    if (const std::string* words = parameter(request, "q")) {
        if (words->size() > longestSearch || !fromUtf8(*words))
            return wrongParameter("q", "at most " + std::to_string(longestSearch) + " bytes of UTF-8");
        query.inTitle = *words;
    }
    return query;
}

std::string nextPage(const DocumentQuery& query, const std::string& cursor) {
    std::string address = "/v1/docs?limit=" + std::to_string(query.limit);
    if (query.deleted)
        address += "&deleted=true";
    if (!query.inTitle.empty())
        address += "&q=" + percentEncoded(query.inTitle);
    return address + "&cursor=" + cursor;
}

std::string addressOf(const DocumentId& id) {
    return "/v1/docs/" + id;
}

DocumentCatalog::Expected expectedOf(const HttpRequest& request) {
    return request.ifMatch.empty() ? std::nullopt : expectedBy(request.ifMatch);
}

HttpResponse summaryResponse(const DocumentInfo& info) {
    return jsonResponse(200, summaryJson(info)).header("ETag", etagOf(info));
}

} // namespace

void DocumentRoutes::addTo(Router& router) {
    router.add("POST", "/v1/docs", Right::create, [this](const HttpRequest& request, HttpRespond respond) {
        create(request, std::move(respond));
    });
    router.add(
        "POST", "/v1/docs/import", Right::create,
        [this](const HttpRequest& request, HttpRespond respond) { import(request, std::move(respond)); });
    router.add("GET", "/v1/docs", Right::list, [this](const HttpRequest& request, HttpRespond respond) {
        list(request, std::move(respond));
    });
    const auto add = [&](const char* method, const char* pattern, Right right, auto handler) {
        addDocumentCall(router, method, pattern, right, *this, handler);
    };
    add("GET", "/v1/docs/{id}", Right::read, &DocumentRoutes::show);
    add("PATCH", "/v1/docs/{id}", Right::edit, &DocumentRoutes::rename);
    add("DELETE", "/v1/docs/{id}", Right::own, &DocumentRoutes::remove);
    add("POST", "/v1/docs/{id}/restore", Right::own, &DocumentRoutes::restore);
}

// With an Idempotency-Key the same request makes the same document, even if this server dies before it can
// say that it has made it.
DocumentId DocumentRoutes::newDocumentId(const HttpRequest& request, const std::string& requestHash) {
    constexpr std::size_t idBytes = 16;
    if (request.idempotencyKey.empty())
        return makeRandomId(m_random);
    return toBase64Url(sha256("document\n" + request.idempotencyKey + "\n" + requestHash).substr(0, idBytes));
}

// The same for the same Idempotency-Key and request, as the id is.
DocumentRoutes::OwnerSecret DocumentRoutes::ownerSecret(const HttpRequest& request,
                                                        const std::optional<std::string>& given,
                                                        const std::string& requestHash) {
    constexpr std::size_t secretBytes = 16;
    if (given)
        return {*given, OwnerSecret::From::client};
    if (request.idempotencyKey.empty())
        return {makeRandomId(m_random), OwnerSecret::From::chance};
    const std::string seed = "owner\n" + request.idempotencyKey + "\n" + requestHash;
    return {toBase64Url(sha256(seed).substr(0, secretBytes)), OwnerSecret::From::idempotencyKey};
}

void DocumentRoutes::create(const HttpRequest& request, HttpRespond respond) {
    auto parsed = jsonBody(request, respond, &parseDocumentRequest);
    if (!parsed)
        return;
    make(request, std::move(*parsed), std::move(respond));
}

void DocumentRoutes::import(const HttpRequest& request, HttpRespond respond) {
    if (mediaType(request) == archiveType)
        return importArchive(request, std::move(respond));
    auto imported = importedDocument(request);
    if (auto* refused = std::get_if<HttpResponse>(&imported))
        return respond(std::move(*refused));
    make(request, std::move(std::get<DocumentRequest>(imported)), std::move(respond));
}

void DocumentRoutes::importArchive(const HttpRequest& request, HttpRespond respond) {
    const std::string* const title = parameter(request, "title");
    const auto given = title ? cleanTitle(*title) : Result<std::string>(std::string());
    if (!given)
        return respond(problem(request, given.error()));
    m_archives.read(request.body,
                    [this, asked = withoutBody(request), title = *given, hash = sha256(request.body),
                     respond = std::move(respond)](Result<ReadArchive> archive) {
                        if (!archive)
                            return respond(problem(asked, archive.error()));
                        NewDocument document;
                        document.id = newDocumentId(asked, hash);
                        document.title = title.empty() ? archive->title : title;
                        document.requestHash = sha256(hash + title);
                        std::string text = std::exchange(archive->log.text, {});
                        document.imported = std::move(archive->log);
                        const OwnerSecret secret = ownerSecret(asked, std::nullopt, document.requestHash);
                        store(asked, std::move(document), secret, std::move(text), respond);
                    });
}

void DocumentRoutes::make(const HttpRequest& request, DocumentRequest wanted, HttpRespond respond) {
    NewDocument document;
    document.requestHash = requestHash(wanted);
    document.id = wanted.id.value_or(newDocumentId(request, document.requestHash));
    document.title = wanted.title;
    document.content = initialContent(wanted.text, m_random);
    const OwnerSecret secret = ownerSecret(request, wanted.ownerSecret, document.requestHash);
    store(withoutBody(request), std::move(document), secret, toUtf8(wanted.text), std::move(respond));
}

// `document` lacks what is the same for all.
void DocumentRoutes::store(const HttpRequest& asked, NewDocument document, const OwnerSecret& secret,
                           std::string text, HttpRespond respond) {
    if (!m_gate.isOpen() && secret.from == OwnerSecret::From::idempotencyKey &&
        asked.idempotencyKey.size() < shortestKey)
        return respond(problem(asked, 400,
                               "Whoever repeats the Idempotency-Key owns the document: it must be " +
                                   std::to_string(shortestKey) + " characters long, chosen at random."));
    // Asking again is no way to read a document that one does not own.
    if (secret.isSameAgain() || !m_gate.isOpen())
        document.requestHash = sha256(document.requestHash + sha256(secret.text));
    document.epoch = makeRandomId(m_random);
    document.ownerHash = sha256(secret.text);

    const auto shown = [secret, url = m_address.of(asked, document.id, secret.text)](
                           const DocumentInfo& info, const std::string& content) {
        const ShareLink link{1, Role::owner, {}, std::nullopt, info.createdMs};
        return newDocumentJson(info, content, {link, secret.text, url});
    };
    m_documents.create(std::move(document), [this, asked, text = std::move(text), secret, shown,
                                             respond =
                                                 std::move(respond)](Result<DocumentStore::Created> created) {
        if (!created)
            return respond(problem(asked, created.error()));
        const DocumentInfo& info = created->document;
        // It may have been edited since.
        if (created->existed)
            return answerWithRoom(asked, info, secret.isSameAgain() ? Shown(shown) : &documentJson, respond);
        respond(jsonResponse(201, shown(info, text))
                    .header("Location", addressOf(info.id))
                    .header("ETag", etagOf(info)));
    });
}

void DocumentRoutes::list(const HttpRequest& request, HttpRespond respond) {
    const auto query = readQuery(request);
    if (!query)
        return respond(problem(request, query.error()));
    m_catalog.list(*query,
                   [request, query = *query, respond = std::move(respond)](Result<DocumentPage> page) {
                       if (!page)
                           return respond(problem(request, page.error()));
                       HttpResponse response = jsonResponse(200, pageJson(*page));
                       if (page->next)
                           response.header("Link", "<" + nextPage(query, *page->next) + ">; rel=\"next\"");
                       respond(std::move(response));
                   });
}

void DocumentRoutes::show(const HttpRequest& request, const DocumentId& id, HttpRespond respond) {
    const auto version = readNumber(request, "version", 0, maxReplicaId);
    if (!version)
        return respond(problem(request, version.error()));
    m_documents.find(
        id, [this, request, version = *version, respond = std::move(respond)](Result<DocumentInfo> info) {
            if (!info)
                return respond(problem(request, info.error()));
            if (version)
                return answerWithPast(request, *info, *version, respond);
            if (isNamedIn(request.ifNoneMatch, {info->head, info->metaRevision}))
                return respond(HttpResponse{304, {}, {}}.header("ETag", etagOf(*info)));
            answerWithRoom(request, *info, &documentJson, respond);
        });
}

void DocumentRoutes::answerWithRoom(const HttpRequest& request, const DocumentInfo& info, Shown json,
                                    HttpRespond respond) {
    m_rooms.open(info.id, [request, info, json, respond = std::move(respond)](Result<DocumentRoom*> room) {
        if (!room)
            return respond(problem(request, room.error()));
        const auto answer = [request, info, json, respond, &opened = **room](const Result<void>& read) {
            if (!read)
                return respond(problem(request, read.error()));
            DocumentInfo shown = info;
            shown.head = opened.head();
            shown.updatedMs = std::max(info.updatedMs, opened.info().updatedMs);
            respond(jsonResponse(200, json(shown, opened.replica().text())).header("ETag", etagOf(shown)));
        };
        // Another server may have moved it on.
        if ((*room)->head() < info.head)
            (*room)->readOn(answer);
        else
            answer({});
    });
}

void DocumentRoutes::answerWithPast(const HttpRequest& request, const DocumentInfo& info, Seq version,
                                    HttpRespond respond) {
    m_past.versionAt(
        info.id, info.epoch, version,
        [request, info, version, respond = std::move(respond)](Result<PastVersion> past) {
            if (!past)
                return respond(problem(request, past.error()));
            DocumentInfo shown = info;
            shown.head = version;
            shown.updatedMs = version == 0 ? info.createdMs : past->timeMs;
            if (isNamedIn(request.ifNoneMatch, {shown.head, shown.metaRevision}))
                return respond(HttpResponse{304, {}, {}}.header("ETag", etagOf(shown)));
            respond(jsonResponse(200, documentJson(shown, past->text)).header("ETag", etagOf(shown)));
        });
}

void DocumentRoutes::rename(const HttpRequest& request, const DocumentId& id, HttpRespond respond) {
    const auto title = jsonBody(request, respond, &parseTitle);
    if (!title)
        return;
    m_catalog.rename(
        id, *title, expectedOf(request),
        [this, asked = withoutBody(request), respond = std::move(respond)](Result<DocumentInfo> info) {
            if (!info)
                return respond(problem(asked, info.error()));
            m_rooms.retitle(info->id, info->title, info->metaRevision);
            respond(summaryResponse(*info));
        });
}

void DocumentRoutes::remove(const HttpRequest& request, const DocumentId& id, HttpRespond respond) {
    const auto purge = readFlag(request, "purge");
    if (!purge)
        return respond(problem(request, purge.error()));
    const auto gone = [this, id, request, respond = std::move(respond)](const Result<void>& done,
                                                                        const char* event) {
        if (!done)
            return respond(problem(request, done.error()));
        m_rooms.end(id, {ErrorCode::notFound, "the document was deleted"});
        m_audit.record(request, id, event, {}, [respond] { respond(HttpResponse{204, {}, {}}); });
    };
    if (*purge)
        m_catalog.purge(id, expectedOf(request),
                        [gone](const Result<void>& done) { gone(done, "document purged"); });
    else
        m_catalog.moveToBin(id, expectedOf(request), [gone](const Result<DocumentInfo>& info) {
            gone(info ? Result<void>() : info.error(), "document moved to the bin");
        });
}

void DocumentRoutes::restore(const HttpRequest& request, const DocumentId& id, HttpRespond respond) {
    m_catalog.restore(
        id, [this, asked = withoutBody(request), respond = std::move(respond)](Result<DocumentInfo> info) {
            if (!info)
                return respond(problem(asked, info.error()));
            m_audit.record(asked, info->id, "document restored from the bin", {},
                           [respond, info = *info] { respond(summaryResponse(info)); });
        });
}

} // namespace tandem
