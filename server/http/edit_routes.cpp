#include "http/edit_routes.h"

#include "base/utf8.h"
#include "crdt/text_diff.h"
#include "http/document_calls.h"
#include "http/document_json.h"
#include "http/etag.h"

#include <algorithm>

namespace tandem {

namespace {

constexpr const char* changedMeanwhile = "The document is not at the version that If-Match names.";

Result<TextRequest> readText(const HttpRequest& request) {
    if (mediaType(request) != "text/plain")
        return parseTextRequest(request.body);
    auto text = fromUtf8(request.body);
    if (!text)
        return text.error();
    auto named = parseTextRequest(R"({"text":""})");
    named->text = std::move(*text);
    return named;
}

} // namespace

void EditRoutes::addTo(Router& router) {
    addDocumentCall(router, "PUT", "/v1/docs/{id}/text", Right::edit, *this, &EditRoutes::replaceText);
    addDocumentCall(router, "POST", "/v1/docs/{id}/edits", Right::edit, *this, &EditRoutes::edit);
    addDocumentCall(router, "POST", "/v1/docs/{id}/revert", Right::edit, *this, &EditRoutes::revert);
}

void EditRoutes::openAt(const DocumentId& id, Seq version, std::function<void(Result<DocumentRoom*>)> ready) {
    m_rooms.open(id, [version, ready = std::move(ready)](Result<DocumentRoom*> room) {
        if (!room || (*room)->head() >= version)
            return ready(room);
        (*room)->readOn(
            [room, ready](const Result<void>& read) { read ? ready(room) : ready(read.error()); });
    });
}

void EditRoutes::replaceText(const HttpRequest& request, const DocumentId& id, HttpRespond respond) {
    if (request.ifMatch.empty())
        return respond(
            problem(request, 428, "If-Match must name the ETag that the new text is for, or be \"*\"."));
    if (mediaType(request) != "text/plain" && mediaType(request) != "application/json")
        return respond(problem(request, 415, "The Content-Type must be application/json or text/plain."));
    auto wanted = readText(request);
    if (!wanted)
        return respond(problem(request, wanted.error()));

    const auto found = [this, asked = withoutBody(request), wanted = std::move(*wanted),
                        respond](Result<DocumentInfo> info) {
        if (!info)
            return respond(problem(asked, info.error()));
        replaceWith(asked, *info, wanted, respond);
    };
    m_documents.find(id, found);
}

// By the fewest edits, as one change; not when If-Match, if there, does not name what there is.
void EditRoutes::replaceWith(const HttpRequest& asked, const DocumentInfo& info, const TextRequest& wanted,
                             HttpRespond respond) {
    const DocumentRevision present{info.head, info.metaRevision};
    const auto expected = asked.ifMatch.empty() ? std::nullopt : expectedBy(asked.ifMatch);
    if (expected && std::find(expected->begin(), expected->end(), present) == expected->end())
        return respond(problem(asked, 412, changedMeanwhile));
    openAt(info.id, info.head, [this, asked, wanted, respond, info, expected](Result<DocumentRoom*> opened) {
        if (!opened)
            return respond(problem(asked, opened.error()));
        DocumentRoom& room = **opened;
        if (expected && room.head() != info.head)
            return respond(problem(asked, 412, changedMeanwhile));
        const auto author = bindNamedAuthor(room, wanted.name);
        if (!author)
            return respond(problem(asked, author.error()));
        PlainEdit edit{makeRandomId(m_random), splicesBetween(room.replica().codePoints(), wanted.text),
                       room.head(), expected ? std::optional(room.head()) : std::nullopt};
        m_calls.submit(room, *author, std::move(edit), [asked, respond, info, &room](Result<Seq> version) {
            if (!version)
                return respond(problem(asked, version.error()));
            DocumentInfo shown = info;
            shown.head = *version;
            shown.updatedMs = std::max(info.updatedMs, room.info().updatedMs);
            respond(jsonResponse(200, summaryJson(shown)).header("ETag", etagOf(shown)));
        });
    });
}

void EditRoutes::revert(const HttpRequest& request, const DocumentId& id, HttpRespond respond) {
    const auto wanted = jsonBody(request, respond, &parseRevertRequest);
    if (!wanted)
        return;
    m_documents.find(
        id, [this, asked = withoutBody(request), wanted = *wanted, respond](Result<DocumentInfo> info) {
            if (!info)
                return respond(problem(asked, info.error()));
            m_past.versionAt(info->id, info->epoch, wanted.version,
                             [this, asked, wanted, info = *info, respond](const Result<PastVersion>& past) {
                                 const auto text =
                                     past ? fromUtf8(past->text) : Result<std::u32string>(past.error());
                                 if (!text)
                                     return respond(problem(asked, text.error()));
                                 replaceWith(asked, info, {*text, wanted.name}, respond);
                             });
        });
}

void EditRoutes::edit(const HttpRequest& request, const DocumentId& id, HttpRespond respond) {
    auto wanted = jsonBody(request, respond, &parseEditsRequest);
    if (!wanted)
        return;
    m_rooms.open(id, [this, asked = withoutBody(request), wanted = std::move(*wanted),
                      respond = std::move(respond)](Result<DocumentRoom*> opened) {
        if (!opened)
            return respond(problem(asked, opened.error()));
        DocumentRoom& room = **opened;
        const auto author = bindNamedAuthor(room, wanted.name);
        if (!author)
            return respond(problem(asked, author.error()));
        PlainEdit edit{wanted.id, wanted.splices, wanted.version.value_or(room.head())};
        m_calls.submit(room, *author, std::move(edit), [asked, respond, id = wanted.id](Result<Seq> version) {
            respond(version ? jsonResponse(200, editJson(id, *version)) : problem(asked, version.error()));
        });
    });
}

} // namespace tandem
