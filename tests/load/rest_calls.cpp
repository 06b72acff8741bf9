#include "load/rest_calls.h"

#include <arpa/inet.h>
#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <thread>

namespace tandem::load {

namespace {

constexpr std::string_view tooFast = "HTTP/1.1 429";
constexpr int mostRetries = 100;
constexpr std::chrono::milliseconds retryAfter{100};

Error noAnswer(const std::string& line, const std::string& answer) {
    return {ErrorCode::unavailable, line + " is answered by: " + answer.substr(0, answer.find('\r'))};
}

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
    const std::string request =
        line + " HTTP/1.1\r\nHost: " + server.host + ":" + std::to_string(server.port) +
        "\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: " +
        std::to_string(body.size()) + "\r\n\r\n" + body;
    std::string answer = answerTo(server, request);
    for (int again = 0; again < mostRetries && answer.starts_with(tooFast); ++again) {
        std::this_thread::sleep_for(retryAfter);
        answer = answerTo(server, request);
    }
    const std::size_t end = answer.find("\r\n\r\n");
    if (!answer.starts_with("HTTP/1.1 2") || end == std::string::npos)
        return noAnswer(line, answer);
    const auto json = nlohmann::json::parse(answer.substr(end + 4), nullptr, false);
    if (!json.is_object() || !json.contains(field) || !json[field].is_string())
        return noAnswer(line, answer);
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
