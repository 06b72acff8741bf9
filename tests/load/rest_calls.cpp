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

// The object that is answered.
Result<nlohmann::json> call(const ServerAddress& server, const std::string& line, const std::string& body) {
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
    auto json = nlohmann::json::parse(answer.substr(end + 4), nullptr, false);
    if (!json.is_object())
        return noAnswer(line, answer);
    return json;
}

// A field of it.
Result<std::string> wordOf(const Result<nlohmann::json>& answer, const char* field) {
    if (!answer)
        return answer.error();
    if (!answer->contains(field) || !(*answer)[field].is_string())
        return Error{ErrorCode::malformed, std::string("an answer has no ") + field};
    return (*answer)[field].get<std::string>();
}

} // namespace

Result<std::string> createDocument(const ServerAddress& server, const std::string& title) {
    return wordOf(call(server, "POST /v1/docs", nlohmann::json{{"title", title}}.dump()), "id");
}

Result<std::string> textOf(const ServerAddress& server, const std::string& document) {
    return wordOf(call(server, "GET /v1/docs/" + document, ""), "text");
}

Result<std::string> enqueueExport(const ServerAddress& server, const std::string& document,
                                  const std::string& format) {
    const nlohmann::json job{{"type", "doc.export"}, {"payload", {{"doc_id", document}, {"format", format}}}};
    return wordOf(call(server, "POST /v1/jobs", job.dump()), "id");
}

Result<std::uint64_t> waitingJobs(const ServerAddress& server) {
    const auto stats = call(server, "GET /v1/jobs/stats", "");
    if (!stats)
        return stats.error();
    std::uint64_t waiting = 0;
    for (const char* state : {"available", "executing", "retryable"})
        waiting += stats->value("states", nlohmann::json::object()).value(state, std::uint64_t{0});
    return waiting;
}

} // namespace tandem::load
