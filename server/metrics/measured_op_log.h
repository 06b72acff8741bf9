// An OpLog whose appends are measured; all else goes through. Lives on the event loop; owned by main, which
// also owns what it borrows.
#pragma once

#include "base/clock.h"
#include "metrics/measures.h"
#include "storage/op_log.h"

namespace tandem {

class MeasuredOpLog final : public OpLog {
public:
    MeasuredOpLog(OpLog& log, const Clock& clock, Measures& measures)
        : m_log(log), m_clock(clock), m_measures(measures) {}

    void append(DocumentId document, std::string epoch, std::vector<AppendEntry> entries,
                std::function<void(Result<Appended>)> done) override;
    void readAfter(DocumentId document, std::string epoch, Seq after, std::size_t limit,
                   std::function<void(Result<std::vector<LoggedChange>>)> done) override {
        m_log.readAfter(std::move(document), std::move(epoch), after, limit, std::move(done));
    }
    void readHeads(std::vector<DocumentId> documents,
                   std::function<void(Result<std::vector<LogHead>>)> done) override {
        m_log.readHeads(std::move(documents), std::move(done));
    }
    void readBindings(DocumentId document,
                      std::function<void(Result<std::vector<ReplicaBinding>>)> done) override {
        m_log.readBindings(std::move(document), std::move(done));
    }
    void readEditIds(DocumentId document, ReplicaId replica,
                     std::function<void(Result<std::vector<EditId>>)> done) override {
        m_log.readEditIds(std::move(document), replica, std::move(done));
    }

private:
    OpLog& m_log;
    const Clock& m_clock;
    Measures& m_measures;
};

} // namespace tandem
