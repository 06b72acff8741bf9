// Requests and responses as handlers see them. Plain values; know nothing of sockets.
#pragma once

#include "access/gate.h"
#include "base/error.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tandem {

struct HttpRequest {
    std::string id;              // in answers and in the log
    std::string client;          // the address group whose rates it counts in
    bool isLocal = false;        // from this machine itself, and by no proxy
    std::string scheme = "http"; // by which the client reached this server or its proxy
    std::string method;
    std::string path; // as sent, without the query
    std::map<std::string, std::string> query;
    std::map<std::string, std::string> pathParts; // by the names in the route's pattern
    std::string host;
    std::optional<std::string> origin;
    // What a proxy says; only TrustedProxies knows whether it may.
    std::string forwardedFor;
    std::string forwardedProto;
    std::string contentType;
    std::string preflightMethod; // Access-Control-Request-Method
    std::string ifMatch;         // empty: there is none
    std::string ifNoneMatch;
    bool takesGzip = false;     // an answer may come packed
    std::string idempotencyKey; // empty: there is none
    std::string token;          // of "Authorization: Bearer"; empty: there is none. Never logged
    Grant grant;                // what the gate let the request in with
    // What a WebSocket upgrade needs.
    std::string websocketKey;
    std::string websocketVersion;
    std::string websocketProtocols;
    std::string body;
};

struct HttpResponse {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;

    HttpResponse& header(std::string name, std::string value) {
        headers.emplace_back(std::move(name), std::move(value));
        return *this;
    }
};

// Answers a request, now or later, on the event-loop thread. May be kept beyond the connection's end: then it
// does nothing, as does a second call.
using HttpRespond = std::function<void(HttpResponse response)>;

HttpResponse jsonResponse(int status, std::string json);
// application/problem+json, RFC 9457; `detail` is a sentence.
HttpResponse problem(const HttpRequest& request, int status, std::string_view detail);
// 429, to come again after so many seconds.
HttpResponse tooMany(const HttpRequest& request, int afterSeconds, std::string_view detail);
// The one place that turns an Error into a status.
HttpResponse problem(const HttpRequest& request, const Error& error);

// For handlers that answer later.
HttpRequest withoutBody(const HttpRequest& request);

// "x y" -> "x%20y": for a part of an address.
std::string percentEncoded(std::string_view text);
// "a=1&b=x%20y" -> {a: 1, b: "x y"}. A percent sign without two digits stands for itself.
std::map<std::string, std::string> parseQuery(std::string_view query);

} // namespace tandem
