// The answers to requests that may come twice, by their Idempotency-Key. Threads and callbacks as in
// op_log.h.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace tandem {

constexpr std::int64_t answersKeptMs = std::int64_t{24} * 60 * 60 * 1000;
// Whoever began to answer and has not done so by then has died: someone else may begin.
constexpr std::int64_t answerDueMs = 60'000;

class AnswerStore {
public:
    virtual ~AnswerStore() = default;

    enum class Standing {
        begun,     // nobody has answered it: the caller does, and says so by finish() or forget()
        running,   // someone is answering it
        answered,  // `answer` was given
        different, // the key came with another request
    };
    struct Begun {
        Standing standing = Standing::begun;
        std::string answer;
    };
    // `requestHash` tells one request from another.
    virtual void begin(std::string key, std::string requestHash, std::function<void(Result<Begun>)> done) = 0;
    virtual void finish(std::string key, std::string answer, std::function<void(Result<void>)> done) = 0;
    // It was not answered for good: the next one begins anew.
    virtual void forget(std::string key, std::function<void(Result<void>)> done) = 0;
};

} // namespace tandem
