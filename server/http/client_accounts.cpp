#include "http/client_accounts.h"

#include "protocol/limits.h"

#include <algorithm>

namespace tandem {

namespace {

constexpr std::int64_t sweepEveryMs = 10'000;

int secondsUntil(std::int64_t readyAtMs, std::int64_t nowMs) {
    return static_cast<int>(std::max<std::int64_t>(1, (readyAtMs - nowMs + 999) / 1000));
}

} // namespace

void ClientAccounts::makeRoom(std::int64_t nowMs) {
    if (nowMs - m_sweptAtMs >= sweepEveryMs) {
        m_sweptAtMs = nowMs;
        std::erase_if(m_accounts, [nowMs](const auto& entry) { return entry.second.isForgettable(nowMs); });
    }
    if (m_accounts.size() < limits::addressesRemembered)
        return;
    // Any one: whoever has so many addresses gains nothing by being forgotten.
    const auto idle = std::find_if(m_accounts.begin(), m_accounts.end(),
                                   [](const auto& entry) { return !entry.second.isOpen(); });
    if (idle != m_accounts.end())
        m_accounts.erase(idle);
}

ClientAccounts::Account& ClientAccounts::accountOf(const std::string& client) {
    if (const auto known = m_accounts.find(client); known != m_accounts.end())
        return known->second;
    const std::int64_t now = m_clock.monotonicMs();
    makeRoom(now);
    const Account fresh{{limits::requestsPerSecond, limits::requestsAtOnce, now},
                        {limits::bodyBytesPerSecond, limits::bodyBytesAtOnce, now},
                        {limits::bodyBytesPerSecond, limits::bodyBytesAtOnce, now}};
    return m_accounts.emplace(client, fresh).first->second;
}

std::optional<int> ClientAccounts::refuseRequest(const std::string& client, std::int64_t weight) {
    const std::int64_t now = m_clock.monotonicMs();
    Account& account = accountOf(client);
    if (!account.bytes.take(0, now)) // what was answered is still to be made up for
        return secondsUntil(account.bytes.readyAtMs(0), now);
    if (!account.requests.take(weight, now))
        return secondsUntil(account.requests.readyAtMs(weight), now);
    return std::nullopt;
}

std::optional<int> ClientAccounts::refuseBytes(const std::string& client, std::int64_t bytes) {
    const std::int64_t now = m_clock.monotonicMs();
    Account& account = accountOf(client);
    if (account.bytes.take(bytes, now))
        return std::nullopt;
    return secondsUntil(account.bytes.readyAtMs(bytes), now);
}

bool ClientAccounts::takesFrame(const std::string& client, std::int64_t bytes) {
    return bytes <= limits::smallFrameBytes || accountOf(client).frames.take(bytes, m_clock.monotonicMs());
}

void ClientAccounts::spendBytes(const std::string& client, std::int64_t bytes) {
    accountOf(client).bytes.spend(bytes, m_clock.monotonicMs());
}

std::size_t ClientAccounts::openCount(const std::string& client, Kind kind) const {
    const auto known = m_accounts.find(client);
    if (known == m_accounts.end())
        return 0;
    return kind == Kind::connection ? known->second.connections : known->second.websockets;
}

void ClientAccounts::open(const std::string& client, Kind kind) {
    ++accountOf(client).count(kind);
}

void ClientAccounts::close(const std::string& client, Kind kind) {
    --accountOf(client).count(kind);
}

bool ClientAccounts::mayKeepAnswer(const std::string& client) const {
    const auto known = m_accounts.find(client);
    const std::int64_t own = known == m_accounts.end() ? 0 : known->second.unread;
    return own <= limits::unreadBytesPerAddress && m_unread <= limits::unreadBytes;
}

void ClientAccounts::addUnread(const std::string& client, std::int64_t bytes) {
    if (bytes == 0)
        return;
    accountOf(client).unread += bytes;
    m_unread += bytes;
}

void ClientAccounts::removeUnread(const std::string& client, std::int64_t bytes) {
    addUnread(client, -bytes);
}

} // namespace tandem
