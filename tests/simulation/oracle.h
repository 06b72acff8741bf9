// Says what is wrong with a world that has settled: the log against what was written and against what
// everyone shows. The naive model, run over the log, is the text that all must have. Lives as long as the
// world: a log only grows, so that each check reads on from where the last one ended; a restored one is read
// anew.
#pragma once

#include "model/naive_document.h"
#include "simulation/operations_client.h"
#include "simulation/plain_client.h"
#include "storage/op_log.h"

#include <map>
#include <set>

namespace tandem::simulation {

class Oracle {
public:
    // How far it has read.
    Seq version() const { return m_version; }
    // The log after version(). Versions must have no holes and changes must decode.
    void read(std::vector<LoggedChange> changes);

    // The log, which was read to its end, has become this one, a backup's, of another epoch.
    void restored(std::vector<LoggedChange> log, std::string epoch);

    // Before checkMade() of anyone: what a restored log lost may have been deleted by another lost change.
    void noteUnlogged(const std::vector<OperationsClient::Made>& made);
    // All of these are in the log, with these bytes. After a restore that is so for what the client still had
    // and what names nothing but the backup and itself; the tokens of the rest are in the log again.
    void checkMade(const std::vector<OperationsClient::Made>& made, const std::string& who);
    // Its acked tokens are in the log once, the others at most once; it deleted no token that it did not want
    // to.
    void checkPlain(const PlainClient& client);
    void checkText(const std::string& text, const std::string& who);
    // After all clients: the log has nothing that nobody wrote. Under `strangers` there may be anything.
    void checkNothingElse(const std::set<ReplicaId>& strangers);

    void complain(const std::string& problem);
    // The first one found.
    const std::optional<std::string>& problem() const { return m_problem; }

private:
    struct Logged {
        Change change;
        std::string bytes;
        bool claimed = false;
    };

    bool take(LoggedChange& logged);
    void note(const Change& change);
    bool mayBeDoneAnew(const OperationsClient::Made& made, const Change& change,
                       std::map<ReplicaId, Counter>& stands) const;
    void checkDoneAnew(const OperationsClient::Made& made, const Change& change, const std::string& who);

    model::NaiveDocument m_document;
    Seq m_version = 0;
    std::map<ReplicaId, Counter> m_counters;
    std::map<std::pair<ReplicaId, Counter>, Logged> m_log;
    std::map<char32_t, int> m_inserted; // how often
    std::map<OpId, char32_t> m_tokens;  // by element
    std::map<ReplicaId, std::set<char32_t>> m_deletedBy;
    std::set<char32_t> m_deleted;                  // by anyone, in any log or none
    std::string m_epoch;                           // of the backup; empty: nothing was restored
    std::map<ReplicaId, Counter> m_backupCounters; // the last ones in the backup
    std::set<char32_t> m_lostTokens;               // were in the log that was replaced, and not in the backup
    std::set<char32_t> m_plainTokens;
    std::set<ReplicaId> m_plainAuthors;
    std::string m_text;
    std::optional<std::string> m_problem;
};

} // namespace tandem::simulation
