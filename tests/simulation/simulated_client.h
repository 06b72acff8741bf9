// One client program and its user, as the world sees it.
#pragma once

#include "crdt/change.h"
#include "simulation/network.h"

#include <string>

namespace tandem::simulation {

// What is written must be recognised wherever it turns up: each token holds one code point that no other
// has.
constexpr char32_t firstToken = 0x20000;

class TokenSource {
public:
    char32_t next() { return firstToken + m_made++; }

private:
    std::uint32_t m_made = 0;
};

class SimulatedClient {
public:
    virtual ~SimulatedClient() = default;

    virtual void start() = 0;
    // The user does something.
    virtual void edit() = 0;
    // The program dies and comes back, with what it had on disk.
    virtual void restart() = 0;
    // Nothing is under way any more; `version` of `epoch` is what it shows.
    virtual bool isSettled() const = 0;
    virtual Seq version() const = 0;
    virtual const std::string& epoch() const = 0;
    virtual std::string text() const = 0;
    virtual std::string describe() const = 0;
};

} // namespace tandem::simulation
