#include "http/repeated_requests.h"

#include "access/seal.h"
#include "access/token.h"
#include "base/base64url.h"

#include <QByteArray>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace tandem {

namespace {

using Json = nlohmann::json;

constexpr std::size_t longestKey = 255;

bool isKey(std::string_view text) {
    return !text.empty() && text.size() <= longestKey &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

std::string hashOf(const HttpRequest& request) {
    std::string all = request.path + "\n" + request.contentType + "\n" + request.ifMatch + "\n";
    all += sha256(request.token);
    for (const auto& [name, value] : request.query)
        all += sha256(name) + sha256(value);
    return sha256(all + sha256(request.body));
}

// What the database knows of a key; with the key itself one could read the answers.
std::string nameOfKey(const std::string& key) {
    return toBase64Url(sha256("answer\n" + key));
}

// A JSON object; bodies that are answered to a POST are text.
std::string pack(const HttpResponse& response) {
    const Json json = {{"status", response.status}, {"headers", response.headers}, {"body", response.body}};
    return qCompress(QByteArray::fromStdString(json.dump(-1, ' ', false, Json::error_handler_t::replace)))
        .toStdString();
}

std::optional<HttpResponse> unpack(const std::string& packed) {
    const QByteArray text =
        qUncompress(reinterpret_cast<const uchar*>(packed.data()), static_cast<qsizetype>(packed.size()));
    const Json json = Json::parse(text.begin(), text.end(), nullptr, false);
    if (!json.is_object() || !json["status"].is_number_integer() || !json["body"].is_string() ||
        !json["headers"].is_array())
        return std::nullopt;
    HttpResponse response{json["status"].get<int>(), {}, json["body"].get<std::string>()};
    for (const Json& header : json["headers"]) {
        if (header.is_array() && header.size() == 2 && header[0].is_string() && header[1].is_string())
            response.header(header[0].get<std::string>(), header[1].get<std::string>());
    }
    return response;
}

HttpResponse replay(const HttpRequest& request, const std::string& sealed) {
    const auto packed = unseal(sealed, request.idempotencyKey);
    auto response = packed ? unpack(*packed) : std::nullopt;
    return response ? std::move(*response) : problem(request, 500, "The stored answer is damaged.");
}

// Whoever asks again may be answered otherwise.
bool isFinal(const HttpResponse& response) {
    return response.status < 500 && response.status != 429;
}

} // namespace

void RepeatedRequests::route(HttpRequest request, HttpRespond respond) {
    if (request.method != "POST" || request.idempotencyKey.empty())
        return m_router.route(std::move(request), std::move(respond));
    if (!isKey(request.idempotencyKey))
        return respond(problem(request, 400,
                               "The Idempotency-Key must be 1 to " + std::to_string(longestKey) +
                                   " visible ASCII characters."));
    const std::string key = nameOfKey(request.idempotencyKey);
    const std::string hash = hashOf(request);
    const auto begun = [this, alive = m_alive, request = std::move(request),
                        respond = std::move(respond)](Result<AnswerStore::Begun> state) {
        if (!*alive)
            return;
        if (!state)
            return respond(problem(request, state.error()));
        switch (state->standing) {
        case AnswerStore::Standing::begun:
            return answer(request, respond);
        case AnswerStore::Standing::running:
            return respond(problem(request, 409, "A request with this Idempotency-Key is being answered.")
                               .header("Retry-After", "1"));
        case AnswerStore::Standing::answered:
            return respond(replay(request, state->answer).header("Idempotency-Replayed", "true"));
        case AnswerStore::Standing::different:
            return respond(problem(request, 422, "This Idempotency-Key came with another request before."));
        }
    };
    m_answers.begin(key, hash, begun);
}

void RepeatedRequests::answer(HttpRequest request, HttpRespond respond) {
    const std::string word = request.idempotencyKey;
    m_router.route(std::move(request), [this, alive = m_alive, word, respond](HttpResponse response) {
        if (!*alive)
            return;
        // Told when it is stored, so that whoever asks again finds it.
        const auto tell = [respond, response](const Result<void>&) { respond(response); };
        if (isFinal(response))
            m_answers.finish(nameOfKey(word), seal(pack(response), word), tell);
        else
            m_answers.forget(nameOfKey(word), tell);
    });
}

} // namespace tandem
