// Counts one socket of a client for as long as this object lives: it is the child of what owns the socket.
// Lives on the event loop; borrows the accounts.
#pragma once

#include "http/client_accounts.h"

#include <QObject>

namespace tandem {

class OpenSocket final : public QObject {
public:
    OpenSocket(ClientAccounts& accounts, std::string client, ClientAccounts::Kind kind, QObject* owner)
        : QObject(owner), m_accounts(accounts), m_client(std::move(client)), m_kind(kind) {
        m_accounts.open(m_client, m_kind);
    }
    ~OpenSocket() override { m_accounts.close(m_client, m_kind); }

    // Counts a frame that came: false when it is more than the client may send.
    bool takesFrame(std::int64_t bytes) { return m_accounts.takesFrame(m_client, bytes); }

private:
    ClientAccounts& m_accounts;
    std::string m_client;
    ClientAccounts::Kind m_kind;
};

} // namespace tandem
