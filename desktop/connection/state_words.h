// The state of a connection in words for people, for the one status item of a window. Pure functions.
#pragma once

#include "client/client_session.h"
#include "theme/theme.h"

#include <QString>

#include <optional>

namespace tandem {

struct ConnectionStatus {
    ClientSession::State state = ClientSession::State::offline;
    std::size_t unsaved = 0;                    // own edits that the server has not made durable
    std::optional<std::int64_t> retryInMs = {}; // while offline and trying
    QString problem = {};                       // what the server or the network said; empty when all is well
    bool mayEdit = true;
    // Where edits are that no server has.
    enum class Kept { onDisk, inMemory } kept = Kept::onDisk;
    bool isLocalOnly = false;     // there is no server
    bool hasSharingEnded = false; // the server is this computer's, and does not run
};

ConnectionStatus statusOf(const ClientSession& session, const OpenDocument& document);

struct StateWords {
    QString words;
    QString problem; // a sentence more; often empty
    theme::Tone tone = theme::Tone::busy;
    enum class Retry { none, offered } retry = Retry::none; // is "Try now" of use?

    friend bool operator==(const StateWords&, const StateWords&) = default;
};

StateWords stateWords(const ConnectionStatus& status);

} // namespace tandem
