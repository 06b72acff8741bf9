#include "http/past_routes.h"

#include "http/document_calls.h"
#include "http/document_json.h"
#include "http/query_parameters.h"

namespace tandem {

namespace {

constexpr std::size_t defaultSessions = 20;
constexpr std::size_t mostSessions = 100;

} // namespace

void PastRoutes::addTo(Router& router) {
    const auto add = [&](const char* method, const char* pattern, Right right, auto handler) {
        addDocumentCall(router, method, pattern, right, *this, handler);
    };
    add("GET", "/v1/docs/{id}/history", Right::read, &PastRoutes::sessions);
    add("GET", "/v1/docs/{id}/versions", Right::read, &PastRoutes::listVersions);
    add("POST", "/v1/docs/{id}/versions", Right::edit, &PastRoutes::nameVersion);
    add("DELETE", "/v1/docs/{id}/versions/{version}", Right::edit, &PastRoutes::removeName);
    add("GET", "/v1/docs/{id}/authors", Right::read, &PastRoutes::authors);
    add("GET", "/v1/docs/{id}/changes", Right::read, &PastRoutes::changes);
}

void PastRoutes::sessions(const HttpRequest& request, const DocumentId& id, HttpRespond respond) {
    const auto before = readNumber(request, "before", 1, maxReplicaId);
    if (!before)
        return respond(problem(request, before.error()));
    const auto limit = readNumber(request, "limit", 1, mostSessions);
    if (!limit)
        return respond(problem(request, limit.error()));
    const std::size_t most = limit->value_or(defaultSessions);
    m_documents.find(id, [this, request, before = *before, most, respond](Result<DocumentInfo> info) {
        if (!info)
            return respond(problem(request, info.error()));
        m_past.sessionsBefore(
            info->id, info->epoch, before.value_or(info->head + 1), most,
            [this, request, id = info->id, most, respond](Result<EditSessionPage> page) {
                if (!page)
                    return respond(problem(request, page.error()));
                withNames(request, id, respond, [id, most, page = std::move(*page)](const auto& names) {
                    HttpResponse response = jsonResponse(200, sessionsJson(page, names));
                    if (page.next)
                        response.header("Link", "</v1/docs/" + id + "/history?limit=" + std::to_string(most) +
                                                    "&before=" + std::to_string(*page.next) +
                                                    ">; rel=\"next\"");
                    return response;
                });
            });
    });
}

void PastRoutes::listVersions(const HttpRequest& request, const DocumentId& id, HttpRespond respond) {
    m_past.namedVersions(id, [request, respond](const Result<std::vector<NamedVersion>>& versions) {
        respond(versions ? jsonResponse(200, namedVersionsJson(*versions))
                         : problem(request, versions.error()));
    });
}

void PastRoutes::nameVersion(const HttpRequest& request, const DocumentId& id, HttpRespond respond) {
    const auto wanted = jsonBody(request, respond, &parseVersionName);
    if (!wanted)
        return;
    m_past.nameVersion(id, wanted->version, wanted->label,
                       [asked = withoutBody(request), respond](const Result<NamedVersion>& named) {
                           if (named)
                               respond(jsonResponse(201, namedVersionJson(*named)));
                           else if (named.error().code == ErrorCode::limitExceeded) // no body is too large
                               respond(problem(asked, 409, named.error().detail));
                           else
                               respond(problem(asked, named.error()));
                       });
}

void PastRoutes::removeName(const HttpRequest& request, const DocumentId& id, HttpRespond respond) {
    const auto version = decimal(request.pathParts.at("version"));
    if (!version || *version > maxReplicaId)
        return respond(problem(request, 404, "A version is a number."));
    m_past.removeName(id, *version, [request, respond](const Result<void>& removed) {
        respond(removed ? HttpResponse{204, {}, {}} : problem(request, removed.error()));
    });
}

// Answers with what `answer` makes of the names of those who write in the document.
void PastRoutes::withNames(const HttpRequest& request, const DocumentId& id, HttpRespond respond,
                           std::function<HttpResponse(const std::vector<ReplicaBinding>&)> answer) {
    m_log.readBindings(id, [request, respond = std::move(respond),
                            answer = std::move(answer)](const Result<std::vector<ReplicaBinding>>& bindings) {
        respond(bindings ? answer(*bindings) : problem(request, bindings.error()));
    });
}

void PastRoutes::authors(const HttpRequest& request, const DocumentId& id, HttpRespond respond) {
    const auto version = readNumber(request, "version", 0, maxReplicaId);
    if (!version)
        return respond(problem(request, version.error()));
    m_documents.find(id, [this, request, version = *version, respond](Result<DocumentInfo> info) {
        if (!info)
            return respond(problem(request, info.error()));
        const Seq wanted = version.value_or(info->head);
        m_past.versionAt(info->id, info->epoch, wanted,
                         [this, request, id = info->id, wanted, respond](Result<PastVersion> past) {
                             if (!past)
                                 return respond(problem(request, past.error()));
                             withNames(request, id, respond,
                                       [wanted, authors = std::move(past->authors)](const auto& names) {
                                           return jsonResponse(200, authorsJson(wanted, authors, names));
                                       });
                         });
    });
}

void PastRoutes::changes(const HttpRequest& request, const DocumentId& id, HttpRespond respond) {
    const auto from = readNumber(request, "from", 0, maxReplicaId);
    if (!from)
        return respond(problem(request, from.error()));
    const auto to = readNumber(request, "to", 0, maxReplicaId);
    if (!to)
        return respond(problem(request, to.error()));
    if (!*from)
        return respond(problem(request, wrongParameter("from", "the version to begin with")));
    m_documents.find(id, [this, request, from = **from, to = *to, respond](Result<DocumentInfo> info) {
        if (!info)
            return respond(problem(request, info.error()));
        const Seq until = to.value_or(info->head);
        m_past.changesBetween(
            info->id, info->epoch, from, until,
            [request, from, until, respond](const Result<std::vector<Replacement>>& changes) {
                respond(changes ? jsonResponse(200, changesJson(from, until, *changes))
                                : problem(request, changes.error()));
            });
    });
}

} // namespace tandem
