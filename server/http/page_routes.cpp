#include "http/page_routes.h"

#include "base/ids.h"
#include "http/page_files.h"

#include <QFile>

#include <memory>

namespace tandem {

namespace {

// Nothing from elsewhere, no inline script, not in a frame. Some browsers want the WebSocket's address beside
// 'self'.
std::string contentPolicy(const std::string& host, std::string_view scripts, std::string_view more) {
    return "default-src 'none'; script-src " + std::string(scripts) + "; style-src 'self'; " +
           std::string(more) + "connect-src 'self' ws://" + host + " wss://" + host +
           "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

std::string plainPolicy(const std::string& host) {
    return contentPolicy(host, "'self'", "");
}

// The module of the replica is compiled by the page.
std::string pagePolicy(const std::string& host) {
    return contentPolicy(host, "'self' 'wasm-unsafe-eval'",
                         "font-src 'self'; img-src 'self'; worker-src 'self'; ");
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
                       .header("Content-Security-Policy", plainPolicy(request.host))
                       .header("Cross-Origin-Opener-Policy", "same-origin")
                       .header("Cache-Control", "no-cache");
                   respond(std::move(response));
               });
}

// A name with a hash never means anything else.
constexpr const char* forEver = "public, max-age=31536000, immutable";
constexpr const char* askEachTime = "no-cache";

HttpResponse answer(const HttpRequest& request, const PageFiles::File& file, const char* caching) {
    const bool packed = request.takesGzip && !file.packed.empty();
    HttpResponse response{200, {}, packed ? file.packed : file.body};
    response.header("Content-Type", std::string(file.type))
        .header("Content-Security-Policy", pagePolicy(request.host))
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Cache-Control", caching)
        .header("Vary", "Accept-Encoding");
    if (packed)
        response.header("Content-Encoding", "gzip");
    return response;
}

// The document's fragment, its secret, goes with a redirection by itself.
HttpResponse toPlainPage(const HttpRequest& request) {
    const auto document = request.query.find("doc");
    const bool isOne = document != request.query.end() && isDocumentId(document->second);
    return HttpResponse{307, {}, {}}
        .header("Location", isOne ? "/ui/plain?doc=" + document->second : "/ui/plain")
        .header("Cache-Control", askEachTime);
}

void addFile(Router& router, const std::shared_ptr<const PageFiles>& files, const char* address,
             const char* name, HttpResponse (*otherwise)(const HttpRequest&)) {
    router.add("GET", address, Right::none, [=](const HttpRequest& request, HttpRespond respond) {
        const PageFiles::File* file = files->find(name);
        respond(file ? answer(request, *file, askEachTime) : otherwise(request));
    });
}

// Whoever types the server's address alone means the page.
void addWayToPage(Router& router, const char* address) {
    router.add("GET", address, Right::none, [](const HttpRequest&, HttpRespond respond) {
        respond(HttpResponse{307, {}, {}}.header("Location", "/ui/").header("Cache-Control", askEachTime));
    });
}

HttpResponse notBuilt(const HttpRequest& request) {
    return problem(request, 404, "This server was built without the browser client.");
}

void addBrowserClient(Router& router) {
    const auto files = std::make_shared<const PageFiles>();
    addWayToPage(router, "/");
    addWayToPage(router, "/ui");
    addFile(router, files, "/ui/", "index.html", toPlainPage);
    addFile(router, files, "/ui/admin", "admin.html", notBuilt);
    addFile(router, files, "/ui/service_worker.js", "service_worker.js", notBuilt);
    router.add("GET", "/ui/assets/{file}", Right::none, [=](const HttpRequest& request, HttpRespond respond) {
        const PageFiles::File* file = files->find("assets/" + request.pathParts.at("file"));
        respond(file ? answer(request, *file, forEver) : problem(request, 404, "There is no such file."));
    });
}

} // namespace

void addPageRoutes(Router& router) {
    addBrowserClient(router);
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
