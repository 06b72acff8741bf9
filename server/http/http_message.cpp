#include "http/http_message.h"

#include <boost/beast/http/status.hpp>
#include <nlohmann/json.hpp>

namespace tandem {

namespace {

int statusFor(ErrorCode code) {
    switch (code) {
    case ErrorCode::malformed:
    case ErrorCode::invalidArgument:
    case ErrorCode::unknownType:
    case ErrorCode::outOfRange:
        return 400;
    case ErrorCode::limitExceeded:
        return 413;
    case ErrorCode::unauthenticated:
        return 401;
    case ErrorCode::notAllowed:
        return 403;
    case ErrorCode::notFound:
        return 404;
    case ErrorCode::unknownReference:
    case ErrorCode::counterGap:
    case ErrorCode::replicaConflict:
    case ErrorCode::alreadyExists:
    case ErrorCode::versionTooOld:
    case ErrorCode::logReplaced:
        return 409;
    case ErrorCode::conditionFailed:
        return 412;
    case ErrorCode::unavailable:
        return 503;
    case ErrorCode::internal:
        return 500;
    }
    return 500;
}

int hexValue(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

std::string decodedPart(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape =
            text[i] == '%' && text.size() - i > 2 && hexValue(text[i + 1]) >= 0 && hexValue(text[i + 2]) >= 0;
        if (escape) {
            decoded += static_cast<char>(hexValue(text[i + 1]) * 16 + hexValue(text[i + 2]));
            i += 2;
        } else {
            decoded += text[i] == '+' ? ' ' : text[i];
        }
    }
    return decoded;
}

} // namespace

HttpResponse jsonResponse(int status, std::string json) {
    HttpResponse response{status, {}, std::move(json)};
    response.header("Content-Type", "application/json").header("Cache-Control", "no-store");
    return response;
}

HttpResponse problem(const HttpRequest& request, int status, std::string_view detail) {
    const auto title = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
    nlohmann::ordered_json body = {
        {"type", "about:blank"}, {"title", std::string(title)}, {"status", status}, {"detail", detail}};
    if (!request.path.empty()) // else the request could not be read so far
        body["instance"] = request.path;
    body["request_id"] = request.id;
    HttpResponse response{status, {}, body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
    response.header("Content-Type", "application/problem+json").header("Cache-Control", "no-store");
    if (status == 503)
        response.header("Retry-After", "1");
    if (status == 401)
        response.header("WWW-Authenticate", "Bearer");
    return response;
}

HttpResponse tooMany(const HttpRequest& request, int afterSeconds, std::string_view detail) {
    return std::move(problem(request, 429, detail).header("Retry-After", std::to_string(afterSeconds)));
}

HttpResponse problem(const HttpRequest& request, const Error& error) {
    return problem(request, statusFor(error.code), error.detail);
}

HttpRequest withoutBody(const HttpRequest& request) {
    HttpRequest copy = request;
    copy.body.clear();
    return copy;
}

std::string percentEncoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                           c == '-' || c == '_' || c == '.' || c == '~';
        if (plain) {
            encoded += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        encoded += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    return encoded;
}

std::map<std::string, std::string> parseQuery(std::string_view query) {
    std::map<std::string, std::string> values;
    while (!query.empty()) {
        const std::size_t end = query.find('&');
        const std::string_view part = query.substr(0, end);
        query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
        const std::size_t equals = part.find('=');
        if (!part.empty())
            values[decodedPart(part.substr(0, equals))] =
                equals == std::string_view::npos ? std::string() : decodedPart(part.substr(equals + 1));
    }
    return values;
}

} // namespace tandem
