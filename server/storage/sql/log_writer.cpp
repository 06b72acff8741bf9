#include "storage/sql/log_writer.h"

#include <QString>

#include <algorithm>
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

Result<void> commit(SqlConnection& connection, std::span<const SqlTask> tasks,
                    std::span<Result<void>> outcomes) {
    if (auto begun = connection.execute(connection.dialect().beginWriting); !begun)
        return begun;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        if (auto tried = attempt(connection, tasks[i], outcomes[i]); !tried)
            return tried;
    }
    return connection.execute(QStringLiteral("COMMIT"));
}

// What a conflict with another server undid is done again, each task in a transaction of its own, so that one
// that keeps meeting others does not take the rest along. Nobody is told what is not known: a COMMIT whose
// answer was lost may have happened.
void settle(SqlConnection& connection, std::span<const SqlTask> tasks, std::span<Result<void>> outcomes) {
    constexpr int attempts = 4;
    for (int i = 0; i < attempts; ++i) {
        (void)connection.takeConflict();
        const Result<void> committed = commit(connection, tasks, outcomes);
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
        settle(connection, tasks.subspan(i, 1), outcomes.subspan(i, 1));
}

// A task that the database refuses for what it asks, e.g. a duplicate, is no sign that it cannot be written.
Result<void> healthIn(const std::vector<Result<void>>& outcomes) {
    for (const Result<void>& outcome : outcomes) {
        if (!outcome && outcome.error().code == ErrorCode::unavailable)
            return outcome;
    }
    return {};
}

} // namespace

void commitTogether(SqlConnection& connection, std::vector<SqlTask>& tasks, WriteHealth& health) {
    // Servers that write into the same documents take them in the same order, so that they wait for each
    // other and not for ever.
    std::stable_sort(tasks.begin(), tasks.end(),
                     [](const SqlTask& a, const SqlTask& b) { return a.document < b.document; });
    std::vector<Result<void>> outcomes(tasks.size());
    settle(connection, tasks, outcomes);
    health.note(healthIn(outcomes));
    for (std::size_t i = 0; i < tasks.size(); ++i)
        tasks[i].done(outcomes[i]);
}

} // namespace tandem
