// A client with a replica: the real OpenDocument and ClientSession, on a simulated connection. Its disk keeps
// the outbox.
#pragma once

#include "client/client_session.h"
#include "simulation/simulated_client.h"

namespace tandem::simulation {

class OperationsClient final : public SimulatedClient, private Transport, private WireEnd {
public:
    OperationsClient(Environment& environment, Network& network, TokenSource& tokens, std::size_t number)
        : m_environment(environment), m_network(network), m_tokens(tokens), m_number(number) {}
    ~OperationsClient() override;

    void start() override;
    void edit() override;
    void restart() override;
    bool isSettled() const override;
    Seq version() const override { return m_document->version(); }
    const std::string& epoch() const override { return m_document->epoch(); }
    std::string text() const override { return m_document->replica().text(); }
    std::string describe() const override;

    struct Made {
        Outbox::Entry entry;
        std::string epoch;      // of the log that the client had
        bool forgotten = false; // acked by a program before, which kept it in no file
    };
    // All that it ever made, in that order.
    const std::vector<Made>& made() const { return m_made; }

private:
    void open() override;
    void send(std::string_view frame) override;
    void close() override;
    void received(std::string_view frame) override;
    void wireClosed(int code, const std::string& reason) override;
    void connectDocument();
    void detach();
    void tick();
    void noteMade();

    Environment& m_environment;
    Network& m_network;
    TokenSource& m_tokens;
    std::size_t m_number;
    std::unique_ptr<OpenDocument> m_document;
    std::unique_ptr<ClientSession> m_session;
    std::shared_ptr<Wire> m_wire;
    std::uint64_t m_planned = 0; // the next tick, by number
    std::size_t m_typedAt = 0;
    std::vector<Made> m_made;
    std::map<ReplicaId, Counter> m_noted; // the last one in m_made
};

} // namespace tandem::simulation
