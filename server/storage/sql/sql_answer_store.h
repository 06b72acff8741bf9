// The answers in an SQL database. Owned by SqlStorage.
#pragma once

#include "base/clock.h"
#include "storage/answer_store.h"
#include "storage/sql/sql_calls.h"

namespace tandem {

class SqlAnswerStore final : public AnswerStore {
public:
    SqlAnswerStore(SqlCalls& calls, const Clock& clock) : m_calls(calls), m_clock(clock) {}

    void begin(std::string key, std::string requestHash, std::function<void(Result<Begun>)> done) override;
    void finish(std::string key, std::string answer, std::function<void(Result<void>)> done) override;
    void forget(std::string key, std::function<void(Result<void>)> done) override;

private:
    SqlCalls& m_calls;
    const Clock& m_clock; // asked on the writing thread
};

} // namespace tandem
