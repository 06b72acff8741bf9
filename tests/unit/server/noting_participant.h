// A member of a room that notes what it is told.
#pragma once

#include "rooms/committed_batch.h"
#include "rooms/participant.h"

#include <map>

namespace tandem {

class NotingParticipant final : public Participant {
public:
    void committed(const CommittedBatch& batch) override {
        for (const CommittedChange& change : batch.changes()) {
            versions.push_back(batch.first() + static_cast<Seq>(&change - batch.changes().data()));
            if (change.participant == this)
                ++ownCommitted;
        }
    }
    void alreadyCommitted(ReplicaId, Counter through) override { known = through; }
    void refused(OpId, const Error& error) override { refusals.push_back(error.code); }
    void plainEditSettled(const std::string& id, Seq version) override { settled[id] = version; }
    void plainEditRefused(const std::string&, const Error& error) override { refusals.push_back(error.code); }
    void peerJoined(const Peer& peer) override { joined.push_back(peer.name); }
    void peerMoved(const Peer& peer) override { moved.push_back(peer); }
    void peerLeft(const std::string& session) override { left.push_back(session); }
    void titleChanged(const std::string& title) override { titles.push_back(title); }
    void roomClosed(const Error& error) override { refusals.push_back(error.code); }

    std::vector<Seq> versions;
    int ownCommitted = 0;
    Counter known = 0;
    std::vector<ErrorCode> refusals;
    std::map<std::string, Seq> settled;
    std::vector<std::string> joined;
    std::vector<Peer> moved;
    std::vector<std::string> left;
    std::vector<std::string> titles;
};

} // namespace tandem
