// Any version of a log that is here, in milliseconds: the log is played once, with a copy of the document
// kept every thousand changes or more, so that all copies stay below a size, and a version is the copy before
// it and the changes from there on. Lives
// on a thread of its own, so that nobody waits for it; asked and answering by signals. Owned by PastPlayer.
#pragma once

#include "crdt/history.h"
#include "history/past_client.h"
#include "history/past_log.h"

#include <QObject>
#include <QThread>

#include <atomic>
#include <map>
#include <memory>
#include <vector>

namespace tandem {

// A version as it is shown.
struct PastText {
    qint64 version = 0;
    QString text;
    QList<AuthorSpan> authors;
};

class PastReplay final : public HistorySource {
public:
    // Plays it all. An error when its changes do not fit together; in a log that may have holes, what has no
    // place is left out.
    static Result<std::unique_ptr<PastReplay>> of(PastLog log);

    Seq head() const { return m_log.head(); }
    Result<PastText> at(Seq version);
    // When the element at this UTF-16 position of the last version shown was written; 0: not known.
    std::int64_t writtenMs(qsizetype position) const;

    Result<std::optional<Checkpoint>> checkpointAt(Seq version) override;
    Result<void> readChanges(Seq after, Seq through,
                             const std::function<Result<void>(std::string_view)>& visit) override;

private:
    explicit PastReplay(PastLog log) : m_log(std::move(log)) {}
    Result<void> play();
    void thinCheckpoints(Seq interval);

    PastLog m_log;
    std::map<Seq, std::string> m_checkpoints;
    std::size_t m_checkpointBytes = 0;
    // What has its place, by versions. Checkpoints, and what a HistorySource is asked, count only that.
    std::vector<Seq> m_placed;
    // Of each replica: first counters and versions of its changes, in their order.
    std::map<ReplicaId, std::vector<std::pair<Counter, Seq>>> m_changesOf;
    Replica m_shown;
};

class PastPlayer final : public QObject {
    Q_OBJECT
public:
    explicit PastPlayer(QObject* parent = nullptr);
    ~PastPlayer() override;

    // A file of an archive; ready() follows, or nothing when it cannot be used.
    void load(const QByteArray& archive);
    void play(PastLog log); // the same for a log
    // The last one asked for always comes; others may be left out.
    void show(qint64 version);
    // When what stands there in the version shown last was written: writtenTold() follows, if that is known.
    void askWritten(int position);

signals:
    void ready(qint64 head);
    void arrived(const tandem::PastText& past);
    void writtenTold(int position, const QDateTime& time);

private:
    void begin(Result<PastLog> log); // on the thread

    QThread m_thread;
    QObject* m_worker;                    // its place is the thread
    std::unique_ptr<PastReplay> m_replay; // of the thread
    std::atomic<qint64> m_wanted = -1;
};

} // namespace tandem
