#include "storage/sql/log_writer.h"

#include <QString>

#include <algorithm>
#include <set>
#include <span>

namespace tandem {

namespace {

// Does one task under a savepoint. An error means that the whole transaction is lost; the task's own is in
// `outcome`.
Result<void> attempt(SqlConnection& connection, const SqlTask& task, Result<void>& outcome) {
    if (auto begun = connection.execute(QStringLiteral("SAVEPOINT task")); !begun)
        return begun;
    outcome = task.work(connection);
    if (!outcome) {
        // Fails when the fault made the database end the transaction, e.g. a full disk or a deadlock.
        if (auto undone = connection.execute(QStringLiteral("ROLLBACK TO SAVEPOINT task")); !undone)
            return outcome.error();
    }
    return connection.execute(QStringLiteral("RELEASE SAVEPOINT task"));
}

// The appends to documents of which nothing else waits.
std::vector<LogAppend*> loneAppends(std::span<const SqlTask> tasks) {
    std::vector<LogAppend*> appends;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        const bool followsOne = i > 0 && tasks[i - 1].document == tasks[i].document;
        const bool precedesOne = i + 1 < tasks.size() && tasks[i + 1].document == tasks[i].document;
        if (tasks[i].append && !followsOne && !precedesOne)
            appends.push_back(tasks[i].append);
    }
    return appends;
}

// Does all these appends at once, and gives them; none when one of them is at fault. An error means that the
// whole transaction is lost.
Result<std::set<LogAppend*>> attemptTogether(SqlConnection& connection,
                                             const std::vector<LogAppend*>& appends, std::int64_t timeMs) {
    if (appends.size() < 2)
        return std::set<LogAppend*>();
    if (auto begun = connection.execute(QStringLiteral("SAVEPOINT task")); !begun)
        return begun.error();
    const Result<void> done = appendTogether(connection, appends, timeMs);
    if (!done) {
        if (auto undone = connection.execute(QStringLiteral("ROLLBACK TO SAVEPOINT task")); !undone)
            return done.error();
    }
    if (auto released = connection.execute(QStringLiteral("RELEASE SAVEPOINT task")); !released)
        return released.error();
    return done ? std::set<LogAppend*>(appends.begin(), appends.end()) : std::set<LogAppend*>();
}

Result<void> commit(SqlConnection& connection, std::span<const SqlTask> tasks,
                    std::span<Result<void>> outcomes, const Clock& clock) {
    const bool mayVanish =
        std::all_of(tasks.begin(), tasks.end(), [](const SqlTask& task) { return task.mayVanish; });
    if (auto set = connection.setLasting(!mayVanish); !set)
        return set;
    if (auto begun = connection.execute(connection.dialect().beginWriting); !begun)
        return begun;
    const auto together = attemptTogether(connection, loneAppends(tasks), clock.wallMs());
    if (!together)
        return together.error();
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        outcomes[i] = {};
        if (tasks[i].append && together->contains(tasks[i].append))
            continue;
        if (auto tried = attempt(connection, tasks[i], outcomes[i]); !tried)
            return tried;
    }
    return connection.execute(QStringLiteral("COMMIT"));
}

// What a conflict with another server undid is done again, each task in a transaction of its own, so that one
// that keeps meeting others does not take the rest along. Nobody is told what is not known: a COMMIT whose
// answer was lost may have happened.
void settle(SqlConnection& connection, std::span<const SqlTask> tasks, std::span<Result<void>> outcomes,
            const Clock& clock) {
    constexpr int attempts = 4;
    for (int i = 0; i < attempts; ++i) {
        (void)connection.takeConflict();
        const Result<void> committed = commit(connection, tasks, outcomes, clock);
        if (committed)
            return;
        // May find no transaction: then there is nothing to undo.
        (void)connection.execute(QStringLiteral("ROLLBACK"));
        for (Result<void>& outcome : outcomes)
            outcome = Error{ErrorCode::unavailable, committed.error().detail};
        if (!connection.takeConflict() || connection.isLost())
            return;
        if (tasks.size() > 1)
            break;
    }
    for (std::size_t i = 0; tasks.size() > 1 && i < tasks.size(); ++i)
        settle(connection, tasks.subspan(i, 1), outcomes.subspan(i, 1), clock);
}

// A task that the database refuses for what it asks, e.g. a duplicate, is no sign that it cannot be written.
// Nothing: none of them tells.
std::optional<Result<void>> healthIn(std::span<const SqlTask> tasks,
                                     const std::vector<Result<void>>& outcomes) {
    std::optional<Result<void>> health;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        if (!tasks[i].tellsHealth)
            continue;
        if (!outcomes[i] && outcomes[i].error().code == ErrorCode::unavailable)
            return outcomes[i];
        health = Result<void>();
    }
    return health;
}

} // namespace

void commitTogether(SqlConnection& connection, std::vector<SqlTask>& tasks, WriteHealth& health,
                    const Clock& clock) {
    // Servers that write into the same documents take them in the same order, so that they wait for each
    // other and not for ever.
    std::stable_sort(tasks.begin(), tasks.end(),
                     [](const SqlTask& a, const SqlTask& b) { return a.document < b.document; });
    std::vector<Result<void>> outcomes(tasks.size());
    settle(connection, tasks, outcomes, clock);
    if (const auto told = healthIn(tasks, outcomes))
        health.note(*told);
    for (std::size_t i = 0; i < tasks.size(); ++i)
        tasks[i].done(outcomes[i]);
}

} // namespace tandem
