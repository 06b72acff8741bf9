#include "simulation/oracle.h"

#include "base/utf8.h"

namespace tandem::simulation {

void Oracle::read(std::vector<LoggedChange> changes) {
    for (LoggedChange& logged : changes) {
        if (!take(logged))
            return complain("the log is damaged at version " + std::to_string(m_version));
    }
    m_text = toUtf8(m_document.text());
}

bool Oracle::take(LoggedChange& logged) {
    auto change = decodeChange(logged.bytes);
    if (logged.seq != ++m_version || !change.ok() || change->first != m_counters[change->replica] + 1)
        return false;
    m_counters[change->replica] = change->last();
    m_document.apply(*change);
    for (const Op& op : change->ops) {
        if (const auto* insert = std::get_if<InsertOp>(&op)) {
            for (const char32_t c : insert->text)
                ++m_inserted[c];
        }
    }
    const std::pair id(change->replica, change->first);
    m_log.emplace(id, Logged{std::move(*change), std::move(logged.bytes), false});
    return true;
}

void Oracle::restored(std::vector<LoggedChange> log) {
    m_document = {};
    m_version = 0;
    m_counters.clear();
    m_log.clear();
    const auto before = std::exchange(m_inserted, {});
    read(std::move(log));
    for (const auto& [token, times] : before) {
        if (!m_inserted.contains(token))
            m_lostTokens.insert(token);
    }
}

void Oracle::complain(const std::string& problem) {
    if (!m_problem)
        m_problem = problem;
}

void Oracle::checkMade(const std::vector<Outbox::Entry>& made, const std::string& who) {
    for (const Outbox::Entry& entry : made) {
        const auto found = m_log.find({entry.replica, entry.first});
        if (found == m_log.end())
            return complain("a change of " + std::to_string(entry.replica) + " at " +
                            std::to_string(entry.first) + " is lost; " + who);
        if (found->second.bytes != entry.bytes)
            return complain("a change is in the log with other bytes; " + who);
        found->second.claimed = true;
    }
}

void Oracle::checkPlain(const PlainClient& client) {
    if (!client.complaint().empty())
        complain(client.describe());
    m_plainAuthors.insert(client.authors().begin(), client.authors().end());
    for (const auto& [token, acked] : client.tokens()) {
        m_plainTokens.insert(token);
        const auto found = m_inserted.find(token);
        const int times = found == m_inserted.end() ? 0 : found->second;
        if (times > 1 || (acked && times == 0 && !m_lostTokens.contains(token)))
            complain("a plain edit is in the log " + std::to_string(times) + " times; " + client.describe());
    }
}

void Oracle::checkText(const std::string& text, const std::string& who) {
    if (text != m_text)
        complain("another text than the log's; " + who);
}

void Oracle::checkNothingElse(const std::set<ReplicaId>& strangers) {
    for (const auto& [id, logged] : m_log) {
        if (logged.claimed || strangers.contains(id.first))
            continue;
        if (!m_plainAuthors.contains(id.first))
            complain("the log has a change of " + std::to_string(id.first) + " that it did not make");
        for (const Op& op : logged.change.ops) {
            const auto* insert = std::get_if<InsertOp>(&op);
            if (insert && (insert->text.size() != 3 || !m_plainTokens.contains(insert->text[1])))
                complain("the log has a text that nobody wrote");
        }
    }
}

} // namespace tandem::simulation
