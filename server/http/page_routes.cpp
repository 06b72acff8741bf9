#include "http/page_routes.h"

#include <QFile>

namespace tandem {

namespace {

// Nothing from elsewhere, no inline script, not in a frame. Some browsers want the WebSocket's address beside
// 'self'.
std::string contentPolicy(const std::string& host) {
    return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws://" + host +
           " wss://" + host + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

std::string resource(const char* path) {
    QFile file(QString::fromLatin1(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

void addPage(Router& router, const char* address, const char* path, const char* type) {
    router.add("GET", address, Right::none,
               [body = resource(path), type](const HttpRequest& request, HttpRespond respond) {
                   HttpResponse response{200, {}, body};
                   response.header("Content-Type", type)
                       .header("Content-Security-Policy", contentPolicy(request.host))
                       .header("Cross-Origin-Opener-Policy", "same-origin")
                       .header("Cache-Control", "no-cache");
                   respond(std::move(response));
               });
}

} // namespace

void addPageRoutes(Router& router) {
    addPage(router, "/ui/plain", ":/tandem/plain/plain.html", "text/html; charset=utf-8");
    addPage(router, "/ui/plain.js", ":/tandem/plain/plain.js", "text/javascript; charset=utf-8");
    addPage(router, "/docs", ":/tandem/docs/docs.html", "text/html; charset=utf-8");
    addPage(router, "/docs.css", ":/tandem/docs/docs.css", "text/css; charset=utf-8");
    addPage(router, "/docs.js", ":/tandem/docs/docs.js", "text/javascript; charset=utf-8");
    router.add("GET", "/openapi.json", Right::none,
               [body = resource(":/tandem/openapi.json")](const HttpRequest&, HttpRespond respond) {
                   respond(jsonResponse(200, body));
               });
}

} // namespace tandem
