// Says what is wrong with a world that has settled: the log against what was written and against what
// everyone shows. The naive model, run over the log, is the text that all must have. Lives as long as the
// world: a log only grows, so that each check reads on from where the last one ended; a restored one is read
// anew.
#pragma once

#include "client/outbox.h"
#include "model/naive_document.h"
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

    // The log, which was read to its end, has become this one, that of a backup.
    void restored(std::vector<LoggedChange> log);

    // All of these are in the log, with these bytes.
    void checkMade(const std::vector<Outbox::Entry>& made, const std::string& who);
    // Its acked tokens are in the log once, the others at most once.
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

    model::NaiveDocument m_document;
    Seq m_version = 0;
    std::map<ReplicaId, Counter> m_counters;
    std::map<std::pair<ReplicaId, Counter>, Logged> m_log;
    std::map<char32_t, int> m_inserted; // how often
    std::set<char32_t> m_lostTokens;    // were in the log that was replaced, and not in the backup
    std::set<char32_t> m_plainTokens;
    std::set<ReplicaId> m_plainAuthors;
    std::string m_text;
    std::optional<std::string> m_problem;
};

} // namespace tandem::simulation
