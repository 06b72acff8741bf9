// SHA-256 of bytes that come piece by piece.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace tandem {

class RunningHash {
public:
    RunningHash();
    ~RunningHash();
    RunningHash(const RunningHash&) = delete;
    RunningHash& operator=(const RunningHash&) = delete;

    void add(std::string_view bytes);
    // 32 bytes, of all that was added until now.
    std::string value() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace tandem
