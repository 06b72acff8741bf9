// From a call on the event loop to a task on a database thread and back: the answer comes queued, on the
// thread that owns this object, in order (see AnswerOrder), and not at all once this object is gone. Owned by
// SqlStorage, which stops the threads first.
#pragma once

#include "storage/sql/answer_order.h"
#include "storage/sql/document_rows.h"
#include "storage/sql/sql_thread.h"

#include <QMetaObject>
#include <QObject>

namespace tandem {

class SqlCalls {
public:
    // See SqlTask::tellsHealth.
    enum class Health { told, untold };

    // Whether what is written gives way to what others write, see SqlTask::givesWay.
    enum class Turn { usual, behindOthers };

    SqlCalls(SqlThread& reader, SqlThread& writer, Health health = Health::told, Turn turn = Turn::usual)
        : m_reader(reader), m_writer(writer), m_health(health), m_turn(turn) {}

    template <typename T>
    using Work = std::function<Result<T>(SqlConnection& connection)>;
    template <typename T>
    using Done = std::function<void(Result<T> answer)>;

    template <typename T>
    void read(const DocumentId& document, Work<T> work, Done<T> done) {
        post(m_reader, taskOf(document), std::move(work), std::move(done));
    }
    template <typename T>
    void write(const DocumentId& document, Work<T> work, Done<T> done) {
        post(m_writer, writingTask(document), std::move(work), std::move(done));
    }
    // As write, of what a power cut may undo for a moment after it is done, see SqlTask::mayVanish.
    template <typename T>
    void writeLoosely(const DocumentId& document, Work<T> work, Done<T> done) {
        SqlTask task = writingTask(document);
        task.mayVanish = true;
        post(m_writer, std::move(task), std::move(work), std::move(done));
    }
    // As write, for work that reads of the document in order to write it: nobody else does meanwhile.
    template <typename T>
    void change(const DocumentId& document, Work<T> work, Done<T> done) {
        write<T>(document, alone(document, std::move(work)), std::move(done));
    }
    template <typename T>
    void changeLoosely(const DocumentId& document, Work<T> work, Done<T> done) {
        writeLoosely<T>(document, alone(document, std::move(work)), std::move(done));
    }

    // `clock` is asked on the writing thread.
    void append(LogAppend append, const Clock& clock, Done<Appended> done) {
        auto shared = std::make_shared<LogAppend>(std::move(append));
        SqlTask task = writingTask(shared->document);
        task.append = shared.get();
        task.work = [shared, &clock](SqlConnection& connection) {
            LogAppend* const alone = shared.get();
            return appendTogether(connection, {&alone, 1}, clock.wallMs());
        };
        post<Appended>(
            m_writer, std::move(task), [shared] { return Result<Appended>(shared->appended); },
            std::move(done));
    }

private:
    static SqlTask taskOf(const DocumentId& document) {
        SqlTask task;
        task.document = document;
        return task;
    }
    SqlTask writingTask(const DocumentId& document) const {
        SqlTask task = taskOf(document);
        task.givesWay = m_turn == Turn::behindOthers;
        return task;
    }
    template <typename T>
    static Work<T> alone(const DocumentId& document, Work<T> work) {
        return [document, work = std::move(work)](SqlConnection& connection) -> Result<T> {
            if (auto locked = lockDocument(connection, document); !locked)
                return locked.error();
            return work(connection);
        };
    }
    template <typename T>
    void post(SqlThread& thread, SqlTask task, Work<T> work, Done<T> done) {
        auto found = std::make_shared<std::optional<Result<T>>>();
        task.work = [work = std::move(work), found](SqlConnection& connection) -> Result<void> {
            found->emplace(work(connection));
            return (*found)->ok() ? Result<void>() : Result<void>((*found)->error());
        };
        post<T>(
            thread, std::move(task), [found] { return std::move(**found); }, std::move(done));
    }
    // `answer` gives it when the task has succeeded.
    template <typename T>
    void post(SqlThread& thread, SqlTask task, std::function<Result<T>()> answer, Done<T> done) {
        task.tellsHealth = m_health == Health::told;
        const AnswerOrder::Ticket ticket = m_order.ask(task.document);
        task.done = [this, ticket, answer = std::move(answer), done = std::move(done)](Result<void> outcome) {
            QMetaObject::invokeMethod(
                &m_context,
                [this, ticket, answer, done, outcome = std::move(outcome)] {
                    m_order.answer(ticket, [answer, done, outcome] {
                        done(outcome ? answer() : Result<T>(outcome.error()));
                    });
                },
                Qt::QueuedConnection);
        };
        thread.post(std::move(task));
    }

    SqlThread& m_reader;
    SqlThread& m_writer;
    const Health m_health;
    const Turn m_turn;
    AnswerOrder m_order;
    QObject m_context;
};

} // namespace tandem
