#include "load/rest_calls.h"

#include <arpa/inet.h>
#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace tandem::load {

namespace {

const Error noAnswer{ErrorCode::unavailable, "the server does not answer a REST call"};

std::string answerTo(const ServerAddress& server, const std::string& request) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(server.port);
    inet_pton(AF_INET, server.host.c_str(), &address.sin_addr);
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    std::string answer;
    if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
        ::send(descriptor, request.data(), request.size(), MSG_NOSIGNAL) ==
            static_cast<ssize_t>(request.size())) {
        std::array<char, 64 * 1024> bytes{};
        ssize_t count = 0;
        while ((count = ::recv(descriptor, bytes.data(), bytes.size(), 0)) > 0)
            answer.append(bytes.data(), static_cast<std::size_t>(count));
    }
    ::close(descriptor);
    return answer;
}

// A field of the object that is answered.
Result<std::string> call(const ServerAddress& server, const std::string& line, const std::string& body,
                         const char* field) {
    const std::string answer =
        answerTo(server, line + " HTTP/1.1\r\nHost: " + server.host + ":" + std::to_string(server.port) +
                             "\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: " +
                             std::to_string(body.size()) + "\r\n\r\n" + body);
    const std::size_t end = answer.find("\r\n\r\n");
    if (!answer.starts_with("HTTP/1.1 2") || end == std::string::npos)
        return noAnswer;
    const auto json = nlohmann::json::parse(answer.substr(end + 4), nullptr, false);
    if (!json.is_object() || !json.contains(field) || !json[field].is_string())
        return noAnswer;
    return json[field].get<std::string>();
}

} // namespace

Result<std::string> createDocument(const ServerAddress& server, const std::string& title) {
    return call(server, "POST /v1/docs", nlohmann::json{{"title", title}}.dump(), "id");
}

Result<std::string> textOf(const ServerAddress& server, const std::string& document) {
    return call(server, "GET /v1/docs/" + document, "", "text");
}

} // namespace tandem::load
