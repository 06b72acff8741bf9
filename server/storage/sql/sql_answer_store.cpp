#include "storage/sql/sql_answer_store.h"

namespace tandem {

namespace {

// The row of `key`, unless it is free to begin with.
Result<std::optional<AnswerStore::Begun>> readBegun(SqlConnection& connection, const std::string& key,
                                                    const std::string& requestHash, std::int64_t timeMs) {
    using Standing = AnswerStore::Standing;
    auto rows = connection.run("SELECT request_hash, begun_ms, answer FROM answers WHERE request_key = ?",
                               {sqlText(key)});
    if (!rows)
        return rows.error();
    if (!rows->next()) {
        if (auto fault = rows->fault(); !fault)
            return fault.error();
        return std::optional<AnswerStore::Begun>();
    }
    if (rows->bytes(0) != requestHash)
        return std::optional(AnswerStore::Begun{Standing::different, {}});
    if (std::string answer = rows->bytes(2); !answer.empty())
        return std::optional(AnswerStore::Begun{Standing::answered, std::move(answer)});
    if (timeMs - rows->integer(1) < answerDueMs)
        return std::optional(AnswerStore::Begun{Standing::running, {}});
    return std::optional<AnswerStore::Begun>();
}

Result<AnswerStore::Begun> beginAnswer(SqlConnection& connection, const std::string& key,
                                       const std::string& requestHash, std::int64_t timeMs) {
    if (auto dropped =
            connection.run("DELETE FROM answers WHERE begun_ms < ?", {sqlTime(timeMs - answersKeptMs)});
        !dropped)
        return dropped.error();
    auto known = readBegun(connection, key, requestHash, timeMs);
    if (!known)
        return known.error();
    if (*known)
        return **known;
    auto begun = connection.run(
        "REPLACE INTO answers (request_key, request_hash, begun_ms, answer) VALUES (?, ?, ?, NULL)",
        {sqlText(key), sqlBytes(requestHash), sqlTime(timeMs)});
    if (!begun)
        return begun.error();
    return AnswerStore::Begun{};
}

} // namespace

void SqlAnswerStore::begin(std::string key, std::string requestHash,
                           std::function<void(Result<Begun>)> done) {
    m_calls.write<Begun>(
        {},
        [this, key = std::move(key), requestHash = std::move(requestHash)](SqlConnection& connection) {
            return beginAnswer(connection, key, requestHash, m_clock.wallMs());
        },
        std::move(done));
}

void SqlAnswerStore::finish(std::string key, std::string answer, std::function<void(Result<void>)> done) {
    const auto work = [key = std::move(key),
                       answer = std::move(answer)](SqlConnection& connection) -> Result<void> {
        // Whoever asks again is then told to wait, and answered anew after a while.
        if (answer.size() > connection.dialect().largestValue)
            return Error{ErrorCode::limitExceeded, "the answer is too large for the database"};
        auto stored = connection.run("UPDATE answers SET answer = ? WHERE request_key = ?",
                                     {sqlBytes(answer), sqlText(key)});
        return stored ? Result<void>() : stored.error();
    };
    m_calls.write<void>({}, work, std::move(done));
}

void SqlAnswerStore::forget(std::string key, std::function<void(Result<void>)> done) {
    const auto work = [key = std::move(key)](SqlConnection& connection) -> Result<void> {
        auto forgotten = connection.run("DELETE FROM answers WHERE request_key = ?", {sqlText(key)});
        return forgotten ? Result<void>() : forgotten.error();
    };
    m_calls.write<void>({}, work, std::move(done));
}

} // namespace tandem
