#include "http/past_routes.h"

#include "http/document_json.h"
#include "http/document_routes.h"
#include "http/query_parameters.h"

namespace tandem {

void PastRoutes::addTo(Router& router) {
    router.add("GET", "/v1/docs/{id}/authors", [this](const HttpRequest& request, HttpRespond respond) {
        authors(request, std::move(respond));
    });
    router.add("GET", "/v1/docs/{id}/changes", [this](const HttpRequest& request, HttpRespond respond) {
        changes(request, std::move(respond));
    });
}

void PastRoutes::authors(const HttpRequest& request, HttpRespond respond) {
    const auto id = documentIn(request, respond);
    if (!id)
        return;
    const auto version = readNumber(request, "version", 0, maxReplicaId);
    if (!version)
        return respond(problem(request, version.error()));
    m_documents.find(*id, [this, request, version = *version, respond](Result<DocumentInfo> info) {
        if (!info)
            return respond(problem(request, info.error()));
        const Seq wanted = version.value_or(info->head);
        m_past.versionAt(info->id, info->epoch, wanted,
                         [this, request, id = info->id, wanted, respond](Result<PastVersion> past) {
                             if (!past)
                                 return respond(problem(request, past.error()));
                             m_log.readBindings(
                                 id, [request, wanted, authors = std::move(past->authors),
                                      respond](const Result<std::vector<ReplicaBinding>>& bindings) {
                                     if (!bindings)
                                         return respond(problem(request, bindings.error()));
                                     respond(jsonResponse(200, authorsJson(wanted, authors, *bindings)));
                                 });
                         });
    });
}

void PastRoutes::changes(const HttpRequest& request, HttpRespond respond) {
    const auto id = documentIn(request, respond);
    if (!id)
        return;
    const auto from = readNumber(request, "from", 0, maxReplicaId);
    if (!from)
        return respond(problem(request, from.error()));
    const auto to = readNumber(request, "to", 0, maxReplicaId);
    if (!to)
        return respond(problem(request, to.error()));
    if (!*from)
        return respond(problem(request, wrongParameter("from", "the version to begin with")));
    m_documents.find(*id, [this, request, from = **from, to = *to, respond](Result<DocumentInfo> info) {
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
