#include "http/request_body.h"

namespace tandem {

std::string mediaType(const HttpRequest& request) {
    std::string type = request.contentType.substr(0, request.contentType.find_first_of("; \t"));
    for (char& c : type)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return type;
}

std::optional<HttpResponse> refuseUnlessJson(const HttpRequest& request) {
    if (mediaType(request) == "application/json")
        return std::nullopt;
    return problem(request, 415, "The Content-Type must be application/json.");
}

} // namespace tandem
