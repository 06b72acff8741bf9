#include "http/document_routes.h"

#include "base/utf8.h"
#include "http/document_json.h"
#include "rooms/initial_content.h"

#include <charconv>

namespace tandem {

namespace {

constexpr std::size_t defaultPage = 50;
constexpr std::size_t largestPage = 200;

bool isJson(std::string_view contentType) {
    const std::string_view type = contentType.substr(0, contentType.find_first_of("; "));
    constexpr std::string_view wanted = "application/json";
    return std::equal(type.begin(), type.end(), wanted.begin(), wanted.end(), [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
    });
}

Result<std::size_t> readLimit(const std::map<std::string, std::string>& query) {
    const auto given = query.find("limit");
    if (given == query.end())
        return defaultPage;
    std::size_t limit = 0;
    const char* const end = given->second.data() + given->second.size();
    const auto [rest, fault] = std::from_chars(given->second.data(), end, limit);
    if (fault != std::errc() || rest != end || limit < 1 || limit > largestPage)
        return Error{ErrorCode::invalidArgument, "The parameter \"limit\" must be a number from 1 to " +
                                                     std::to_string(largestPage) + "."};
    return limit;
}

std::string addressOf(const DocumentId& id) {
    return "/v1/docs/" + id;
}

} // namespace

void DocumentRoutes::addTo(Router& router) {
    router.add("POST", "/v1/docs", [this](const HttpRequest& request, HttpRespond respond) {
        create(request, std::move(respond));
    });
    router.add("GET", "/v1/docs", [this](const HttpRequest& request, HttpRespond respond) {
        list(request, std::move(respond));
    });
    router.add("GET", "/v1/docs/{id}", [this](const HttpRequest& request, HttpRespond respond) {
        show(request, std::move(respond));
    });
}

void DocumentRoutes::create(const HttpRequest& request, HttpRespond respond) {
    if (!isJson(request.contentType)) {
        respond(problem(request, 415, "The Content-Type must be application/json."));
        return;
    }
    auto parsed = parseDocumentRequest(request.body);
    if (!parsed) {
        respond(problem(request, parsed.error()));
        return;
    }
    NewDocument document;
    document.id = parsed->id ? *parsed->id : makeRandomId(m_random);
    document.title = parsed->title;
    document.epoch = makeRandomId(m_random);
    document.requestHash = requestHash(*parsed);
    document.content = initialContent(parsed->text, m_random);

    HttpRequest asked = request;
    asked.body.clear();
    m_documents.create(std::move(document), [this, asked = std::move(asked), text = std::move(parsed->text),
                                             respond](Result<DocumentStore::Created> created) {
        if (!created) {
            respond(problem(asked, created.error()));
            return;
        }
        if (created->existed) {
            // It may have been edited since.
            answerWithRoom(asked, created->document.id, respond);
            return;
        }
        respond(jsonResponse(201, documentJson(created->document, toUtf8(text)))
                    .header("Location", addressOf(created->document.id)));
    });
}

void DocumentRoutes::list(const HttpRequest& request, HttpRespond respond) {
    const auto limit = readLimit(request.query);
    if (!limit) {
        respond(problem(request, limit.error()));
        return;
    }
    std::optional<std::string> cursor;
    if (const auto given = request.query.find("cursor"); given != request.query.end())
        cursor = given->second;
    m_documents.list(*limit, cursor, [request, limit = *limit, respond](Result<DocumentPage> page) {
        if (!page) {
            respond(problem(request, page.error()));
            return;
        }
        HttpResponse response = jsonResponse(200, pageJson(*page));
        if (page->next)
            response.header("Link", "</v1/docs?limit=" + std::to_string(limit) + "&cursor=" + *page->next +
                                        ">; rel=\"next\"");
        respond(std::move(response));
    });
}

void DocumentRoutes::show(const HttpRequest& request, HttpRespond respond) {
    const DocumentId& id = request.pathParts.at("id");
    if (!isDocumentId(id)) {
        respond(problem(request, 404, "There is no document with this id."));
        return;
    }
    answerWithRoom(request, id, std::move(respond));
}

void DocumentRoutes::answerWithRoom(const HttpRequest& request, const DocumentId& id, HttpRespond respond) {
    m_rooms.open(id, [request, respond = std::move(respond)](Result<DocumentRoom*> room) {
        if (!room) {
            respond(problem(request, room.error()));
            return;
        }
        respond(jsonResponse(200, documentJson((*room)->info(), (*room)->replica().text())));
    });
}

} // namespace tandem
