#include "storage/sql/sql_checkpoints.h"

namespace tandem {

namespace {

constexpr std::int64_t everyMs = 1'000;
constexpr int mostRounds = 5;

// In rounds, each shorter than the one before, until nothing was committed meanwhile: then the log begins
// anew in its place. Where it grows instead, the disk needs many times as long for each commit.
Result<void> checkpoint(SqlConnection& connection) {
    std::int64_t before = -1;
    for (int round = 0; round < mostRounds; ++round) {
        auto rows = connection.run(connection.dialect().checkpoint);
        if (!rows)
            return rows.error();
        if (!rows->next())
            return rows->fault();
        if (rows->integer(1) == before && rows->integer(2) == before)
            break;
        before = rows->integer(1);
    }
    return {};
}

} // namespace

SqlCheckpoints::SqlCheckpoints(const Clock& clock, SqlThread& writer)
    : m_clock(clock), m_writer(writer), m_thread(&runEach) {}

Result<void> SqlCheckpoints::start(const DatabaseAddress& address) {
    m_isNeeded = dialectOf(address).checkpoint != nullptr;
    return m_isNeeded ? m_thread.start(address, SqlPurpose::writing) : Result<void>();
}

void SqlCheckpoints::written() {
    const std::int64_t now = m_clock.monotonicMs();
    if (!m_isNeeded || now < m_nextMs)
        return;
    m_nextMs = now + everyMs;
    SqlTask task;
    task.work = [this](SqlConnection& connection) {
        m_writer.holdGivingWay(true);
        auto made = checkpoint(connection);
        m_writer.holdGivingWay(false);
        return made;
    };
    task.done = [](const Result<void>&) {}; // the writer makes one when these fail for long
    m_thread.post(std::move(task));
}

void SqlCheckpoints::stop() {
    m_thread.stop();
}

} // namespace tandem
