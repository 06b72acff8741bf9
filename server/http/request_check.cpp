#include "http/request_check.h"

#include "protocol/limits.h"

#include <boost/beast/http/error.hpp>
#include <boost/beast/http/rfc7230.hpp>

namespace tandem {

namespace {

namespace http = boost::beast::http;

std::string valueOf(const HttpHeader& header, http::field field) {
    const auto value = header[field];
    return std::string(value.data(), value.size());
}

// A header that is a list may be sent in pieces.
template <typename Name>
std::string listOf(const HttpHeader& header, Name name) {
    std::string list;
    const auto [begin, end] = header.equal_range(name);
    for (auto piece = begin; piece != end; ++piece)
        list += (list.empty() ? "" : ", ") + std::string(piece->value());
    return list;
}

// Of "Bearer x"; empty for anything else.
std::string bearerToken(std::string_view authorization) {
    const std::size_t space = std::min(authorization.find(' '), authorization.size());
    if (!boost::beast::iequals(authorization.substr(0, space), "bearer"))
        return {};
    authorization.remove_prefix(space);
    authorization.remove_prefix(std::min(authorization.find_first_not_of(' '), authorization.size()));
    return std::string(authorization);
}

// A weight of nothing says no.
bool takesGzip(std::string_view acceptEncoding) {
    for (const auto& coding : boost::beast::http::ext_list(acceptEncoding)) {
        if (boost::beast::iequals(coding.first, "gzip"))
            return !std::any_of(coding.second.begin(), coding.second.end(), [](const auto& parameter) {
                return parameter.first == "q" &&
                       parameter.second.find_first_not_of("0.") == std::string_view::npos;
            });
    }
    return false;
}

} // namespace

HttpRequest requestFrom(const HttpHeader& header, std::string id) {
    HttpRequest request;
    request.id = std::move(id);
    request.method = std::string(header.method_string());
    // Anything else is refused, and may hold what nobody should read in a log.
    if (const std::string target(header.target()); target.starts_with('/')) {
        const std::size_t question = target.find('?');
        request.path = target.substr(0, question);
        if (question != std::string::npos)
            request.query = parseQuery(std::string_view(target).substr(question + 1));
    }
    request.host = valueOf(header, http::field::host);
    if (header.count(http::field::origin) > 0)
        request.origin = valueOf(header, http::field::origin);
    request.forwardedFor = listOf(header, "X-Forwarded-For");
    request.forwardedProto = listOf(header, "X-Forwarded-Proto");
    request.contentType = valueOf(header, http::field::content_type);
    request.preflightMethod = valueOf(header, http::field::access_control_request_method);
    request.ifMatch = listOf(header, http::field::if_match);
    request.ifNoneMatch = listOf(header, http::field::if_none_match);
    request.takesGzip = takesGzip(listOf(header, http::field::accept_encoding));
    request.idempotencyKey = std::string(header["Idempotency-Key"]);
    request.token = bearerToken(valueOf(header, http::field::authorization));
    request.websocketKey = valueOf(header, http::field::sec_websocket_key);
    request.websocketVersion = valueOf(header, http::field::sec_websocket_version);
    request.websocketProtocols = valueOf(header, http::field::sec_websocket_protocol);
    return request;
}

std::optional<HttpRefusal> refusalOf(const HttpHeader& header) {
    if (header.target().size() > limits::addressBytes)
        return HttpRefusal{414,
                           "The address is longer than " + std::to_string(limits::addressBytes) + " bytes."};
    if (!header.target().starts_with('/'))
        return HttpRefusal{400, "The address must begin with a slash."};
    const auto hosts = header.count(http::field::host);
    if (hosts > 1 || (hosts == 0 && header.version() >= 11))
        return HttpRefusal{400, "There must be exactly one Host header."};
    if (header.count("Idempotency-Key") > 1)
        return HttpRefusal{400, "There is more than one Idempotency-Key header."};
    if (header.count(http::field::authorization) > 1)
        return HttpRefusal{400, "There is more than one Authorization header."};
    if (header.count(http::field::origin) > 1)
        return HttpRefusal{400, "There is more than one Origin header."};

    const auto encodings = header.count(http::field::transfer_encoding);
    const bool chunked =
        encodings == 1 && boost::beast::iequals(header[http::field::transfer_encoding], "chunked");
    if (encodings > 0 && (!chunked || header.version() < 11))
        return HttpRefusal{400, "The only Transfer-Encoding understood is chunked."};
    const bool sized = header.count(http::field::content_length) > 0;
    if (chunked && sized)
        return HttpRefusal{400, "Content-Length and Transfer-Encoding exclude each other."};
    // The parser takes the same length said twice.
    const auto length = header[http::field::content_length];
    if (header.count(http::field::content_length) > 1 ||
        length.find_first_not_of("0123456789") != length.npos)
        return HttpRefusal{400, "The Content-Length must be one number."};
    const auto method = header.method();
    const bool needsBody =
        method == http::verb::post || method == http::verb::put || method == http::verb::patch;
    if (needsBody && !chunked && !sized)
        return HttpRefusal{411, "The request must say how long its body is."};

    const auto expected = header[http::field::expect];
    if (!expected.empty() && !boost::beast::iequals(expected, "100-continue"))
        return HttpRefusal{417, "The only Expect understood is 100-continue."};
    return std::nullopt;
}

HttpRefusal refusalOf(const boost::beast::error_code& fault, std::string_view bytes) {
    if (fault == http::error::header_limit) {
        if (bytes.substr(0, limits::headerBytes).find('\n') == std::string_view::npos)
            return {414, "The address is too long."};
        return {431, "The headers are too long."};
    }
    if (fault == http::error::body_limit)
        return {413, "The body is too long."};
    return {400, "This is not a valid HTTP request: " + fault.message() + "."};
}

bool foldsLines(std::string_view headerBytes) {
    return headerBytes.find("\n ") != std::string_view::npos ||
           headerBytes.find("\n\t") != std::string_view::npos;
}

bool wantsUpgrade(const HttpHeader& header) {
    return boost::beast::iequals(header[http::field::upgrade], "websocket") &&
           http::token_list(header[http::field::connection]).exists("upgrade");
}

} // namespace tandem
