#include "storage/sql/log_writer.h"

#include <QString>

namespace tandem {

namespace {

// Does one task under a savepoint. An error means that the whole transaction is lost; the task's own is in
// `outcome`.
Result<void> attempt(SqlConnection& connection, const SqlTask& task, Result<void>& outcome) {
    if (auto begun = connection.execute(QStringLiteral("SAVEPOINT task")); !begun)
        return begun;
    outcome = task.work(connection);
    if (!outcome) {
        // Fails when the fault made the database end the transaction, e.g. on a full disk.
        if (auto undone = connection.execute(QStringLiteral("ROLLBACK TO SAVEPOINT task")); !undone)
            return outcome.error();
    }
    return connection.execute(QStringLiteral("RELEASE SAVEPOINT task"));
}

Result<void> commit(SqlConnection& connection, const std::vector<SqlTask>& tasks,
                    std::vector<Result<void>>& outcomes) {
    if (auto begun = connection.execute(connection.dialect().beginWriting); !begun)
        return begun;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        if (auto tried = attempt(connection, tasks[i], outcomes[i]); !tried)
            return tried;
    }
    return connection.execute(QStringLiteral("COMMIT"));
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
    std::vector<Result<void>> outcomes(tasks.size());
    const Result<void> committed = commit(connection, tasks, outcomes);
    if (!committed) {
        // May find no transaction: then there is nothing to undo.
        (void)connection.execute(QStringLiteral("ROLLBACK"));
        for (Result<void>& outcome : outcomes)
            outcome = Error{ErrorCode::unavailable, committed.error().detail};
    }
    health.note(healthIn(outcomes));
    for (std::size_t i = 0; i < tasks.size(); ++i)
        tasks[i].done(outcomes[i]);
}

} // namespace tandem
