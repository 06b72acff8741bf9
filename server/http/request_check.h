// From a parsed header to an HttpRequest, and the refusals that need no handler: what is ambiguous or too
// long is not answered by guessing. Pure.
#pragma once

#include "http/http_message.h"

#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>

namespace tandem {

using HttpHeader = boost::beast::http::request_header<boost::beast::http::fields>;

// Without a body. `id` names the request.
HttpRequest requestFrom(const HttpHeader& header, std::string id);

struct HttpRefusal {
    int status = 400;
    std::string detail;
};

// Nothing: the request may be read on.
std::optional<HttpRefusal> refusalOf(const HttpHeader& header);
// For a fault of the parser. `bytes` is the beginning of the request.
HttpRefusal refusalOf(const boost::beast::error_code& fault, std::string_view bytes);

// A header continued on the next line is obsolete, and read differently by different programs.
bool foldsLines(std::string_view headerBytes);

bool wantsUpgrade(const HttpHeader& header);

} // namespace tandem
