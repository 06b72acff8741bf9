// A plain client as PROTOCOL.md describes it: shows what the server sends, has some edits under way, comes
// back as the author it was and sends again what was not answered.
#pragma once

#include "protocol/codec.h"
#include "simulation/simulated_client.h"

#include <map>
#include <set>

namespace tandem::simulation {

class PlainClient final : public SimulatedClient, private WireEnd {
public:
    PlainClient(Environment& environment, Network& network, TokenSource& tokens, std::size_t number)
        : m_environment(environment), m_network(network), m_tokens(tokens), m_number(number) {}
    ~PlainClient() override;

    void start() override;
    void edit() override;
    void restart() override;
    bool isSettled() const override { return m_state == State::live && m_unanswered.empty(); }
    Seq version() const override { return m_version; }
    const std::string& epoch() const override { return m_epoch; }
    std::string text() const override;
    std::string describe() const override;

    // The tokens it wrote and did not take back, with whether they were acked.
    const std::map<char32_t, bool>& tokens() const { return m_written; }
    // The tokens that it ever wanted to delete.
    const std::set<char32_t>& wanted() const { return m_wanted; }
    // The ids that its edits may have.
    const std::set<ReplicaId>& authors() const { return m_authors; }
    // What is wrong with what it was sent; empty when nothing is.
    const std::string& complaint() const { return m_complaint; }

private:
    enum class State { offline, joining, resuming, live };
    struct Edit {
        std::size_t index = 0;
        std::size_t deleted = 0;
        std::u32string inserted;
        Seq version = 0;
        bool sent = false;
    };

    void connect();
    void retryLater();
    void sendEdit(const std::string& id, Edit& edit);
    // The same wish at a place of today. False: its range is gone.
    bool placeAnew(Edit& edit) const;
    void send(const message::FromPlainClient& message);
    void received(std::string_view frame) override;
    void take(const message::PlainSnapshot& snapshot);
    void take(const message::PlainDocUpdate& update);
    void take(const message::Nack& nack);
    void wireClosed(int code, const std::string& reason) override;
    void watch(); // pings, gives up on a silent server

    Environment& m_environment;
    Network& m_network;
    TokenSource& m_tokens;
    std::size_t m_number;
    std::shared_ptr<Wire> m_wire;
    State m_state = State::offline;
    std::int64_t m_heardAtMs = 0;
    std::uint64_t m_connection = 0; // counts the attempts
    std::optional<message::ReplicaKey> m_author;
    std::set<ReplicaId> m_authors;
    std::string m_epoch;
    std::u32string m_text;
    Seq m_version = 0;
    std::uint64_t m_editsMade = 0;
    std::map<std::string, Edit> m_unanswered;
    std::map<char32_t, bool> m_written;
    std::set<char32_t> m_wanted;
    std::string m_complaint;
};

} // namespace tandem::simulation
