#include "simulation/oracle.h"

#include "base/utf8.h"

#include <algorithm>

namespace tandem::simulation {

void Oracle::read(std::vector<LoggedChange> changes) {
    for (LoggedChange& logged : changes) {
        if (!take(logged))
            return complain("the log is damaged at version " + std::to_string(m_version));
    }
    const std::u32string text = m_document.text();
    std::set<char32_t> seen;
    for (const char32_t c : text) {
        if (c >= firstToken && !seen.insert(c).second)
            complain("a token stands in the text twice");
    }
    m_text = toUtf8(text);
}

bool Oracle::take(LoggedChange& logged) {
    auto change = decodeChange(logged.bytes);
    if (logged.seq != ++m_version || !change.ok() || change->first != m_counters[change->replica] + 1)
        return false;
    m_counters[change->replica] = change->last();
    m_document.apply(*change);
    note(*change);
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

// Remembers where tokens are and who deletes them.
void Oracle::note(const Change& change) {
    Counter counter = change.first;
    for (const Op& op : change.ops) {
        // After a restore, servers make elements of plain clients anew under the ids of lost ones.
        m_tokens.erase(m_tokens.lower_bound({change.replica, counter}),
                       m_tokens.lower_bound({change.replica, counter + counterCount(op)}));
        if (const auto* insert = std::get_if<InsertOp>(&op)) {
            for (std::size_t i = 0; i < insert->text.size(); ++i) {
                if (insert->text[i] >= firstToken)
                    m_tokens[{change.replica, counter + static_cast<Counter>(i)}] = insert->text[i];
            }
        } else {
            for (const ElementRange& range : std::get<DeleteOp>(op).ranges) {
                auto token = m_tokens.lower_bound(range.first);
                const OpId end{range.first.replica, range.first.counter + range.length};
                for (; token != m_tokens.end() && token->first < end; ++token) {
                    m_deleted.insert(token->second);
                    m_deletedBy[change.replica].insert(token->second);
                }
            }
        }
        counter += counterCount(op);
    }
}

void Oracle::restored(std::vector<LoggedChange> log, std::string epoch) {
    m_epoch = std::move(epoch);
    m_document = {};
    m_version = 0;
    m_counters.clear();
    m_log.clear();
    const auto before = std::exchange(m_inserted, {});
    read(std::move(log));
    m_backupCounters = m_counters;
    for (const auto& [token, times] : before) {
        if (!m_inserted.contains(token))
            m_lostTokens.insert(token);
    }
}

void Oracle::complain(const std::string& problem) {
    if (!m_problem)
        m_problem = problem;
}

void Oracle::checkMade(const std::vector<OperationsClient::Made>& made, const std::string& who) {
    std::map<ReplicaId, Counter> stands = m_backupCounters;
    for (const OperationsClient::Made& one : made) {
        const Outbox::Entry& entry = one.entry;
        const Change change = decodeChange(entry.bytes).value();
        const bool excused = mayBeDoneAnew(one, change, stands);
        const auto found = m_log.find({entry.replica, entry.first});
        if (found != m_log.end()) {
            if (found->second.bytes != entry.bytes)
                return complain("a change is in the log with other bytes; " + who);
            found->second.claimed = true;
        } else if (excused) {
            checkDoneAnew(one, change, who);
        } else {
            return complain("a change of " + std::to_string(entry.replica) + " at " +
                            std::to_string(entry.first) + " is lost; " + who);
        }
    }
}

// `stands`: what the backup has, and what the client could bring back before this change.
bool Oracle::mayBeDoneAnew(const OperationsClient::Made& made, const Change& change,
                           std::map<ReplicaId, Counter>& stands) const {
    if (m_epoch.empty() || made.epoch == m_epoch)
        return false;
    bool hasAll = !made.forgotten && change.first <= stands[change.replica] + 1;
    const auto needs = [&](OpId element) {
        const bool isOwn = element.replica == change.replica && element.counter >= change.first;
        hasAll = hasAll && (element.isRoot() || isOwn || element.counter <= stands[element.replica]);
    };
    for (const Op& op : change.ops) {
        if (const auto* insert = std::get_if<InsertOp>(&op)) {
            needs(insert->parent);
        } else {
            for (const ElementRange& range : std::get<DeleteOp>(op).ranges)
                needs({range.first.replica, range.first.counter + range.length - 1});
        }
    }
    if (hasAll)
        stands[change.replica] = std::max(stands[change.replica], change.last());
    return !hasAll;
}

void Oracle::checkDoneAnew(const OperationsClient::Made& made, const Change& change, const std::string& who) {
    for (const Op& op : change.ops) {
        const auto* insert = std::get_if<InsertOp>(&op);
        for (const char32_t c : insert ? insert->text : std::u32string()) {
            const bool mayBeGone = m_deleted.contains(c) || (made.forgotten && m_lostTokens.contains(c));
            if (c >= firstToken && !m_inserted.contains(c) && !mayBeGone)
                complain("a text of " + std::to_string(change.replica) + " at " +
                         std::to_string(change.first) + " was not brought back; " + who);
        }
    }
}

void Oracle::checkPlain(const PlainClient& client) {
    if (!client.complaint().empty())
        complain(client.describe());
    m_plainAuthors.insert(client.authors().begin(), client.authors().end());
    for (const ReplicaId author : client.authors()) {
        for (const char32_t token : m_deletedBy[author]) {
            if (!client.wanted().contains(token))
                complain("a plain edit has deleted what it did not name; " + client.describe());
        }
    }
    for (const auto& [token, acked] : client.tokens()) {
        m_plainTokens.insert(token);
        const auto found = m_inserted.find(token);
        const int times = found == m_inserted.end() ? 0 : found->second;
        if (times > 1 || (acked && times == 0 && !m_lostTokens.contains(token)))
            complain("a plain edit is in the log " + std::to_string(times) + " times; " + client.describe());
    }
}

void Oracle::noteUnlogged(const std::vector<OperationsClient::Made>& made) {
    if (m_epoch.empty())
        return;
    for (const OperationsClient::Made& one : made) {
        if (!m_log.contains({one.entry.replica, one.entry.first}))
            note(decodeChange(one.entry.bytes).value());
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
