// The past of a document over REST: its text at any version, who wrote what of it, when people worked on it,
// and the versions that have a name. Answers come as signals. Owned by a HistoryPage; lives on the event-loop
// thread.
#pragma once

#include "qt/document_url.h"

#include <QDateTime>
#include <QJsonArray>
#include <QList>
#include <QNetworkAccessManager>
#include <QObject>

#include <functional>

namespace tandem {

// A part of a text by one author, in UTF-16 code units. Together they are the text.
struct AuthorSpan {
    qint64 replica = 0;
    QString name;
    qsizetype start = 0;
    qsizetype length = 0;
    int color = 0; // of the palette of twelve, as it is shown

    friend bool operator==(const AuthorSpan&, const AuthorSpan&) = default;
};

// Of the server's answer, which counts in code points.
QList<AuthorSpan> authorSpans(const QJsonArray& authors, const QString& text);

// Some people's work without a long pause.
struct PastSession {
    qint64 from = 0;
    qint64 to = 0;
    QDateTime started;
    QDateTime ended;
    QStringList authors;
};

struct NamedVersion {
    qint64 version = 0;
    QString label;
};

class PastClient final : public QObject {
    Q_OBJECT
public:
    explicit PastClient(const DocumentUrl& document, QObject* parent = nullptr);

    void showNewest();
    // Asked for faster than answers come, those in between are left out; the last one always comes.
    void show(qint64 version);
    void showAuthors(qint64 version);
    // Has the server write the whole log into an archive, and fetches it; nothing comes when that fails.
    void fetchArchive();
    void listSessions(); // all of them, the newest first
    void listNames();
    void giveName(qint64 version, const QString& label);
    // Its text again, as a new change by `author`.
    void restore(qint64 version, const QString& author);

signals:
    void newestArrived(qint64 version, const QString& text);
    void arrived(qint64 version, const QString& text);
    void authorsArrived(qint64 version, const QJsonArray& authors);
    void archiveArrived(const QByteArray& archive);
    void sessionsListed(const QList<tandem::PastSession>& sessions);
    void namesListed(const QList<tandem::NamedVersion>& names);
    void restored(qint64 version); // what it was
    void failed(const QString& sentence);

private:
    QNetworkRequest request(const QString& path, qint64 version = -1) const;
    void get(const QNetworkRequest& request, std::function<void(const QJsonObject&)> use);
    void fetch();
    void listSessions(qint64 before);
    void waitForArchive(const QString& job);
    QNetworkRequest jobRequest(const QString& path) const;

    DocumentUrl m_document;
    QNetworkAccessManager m_network;
    qint64 m_wanted = -1; // not asked for yet; -1: none
    bool m_isAsking = false;
    QList<PastSession> m_sessions; // so far
};

} // namespace tandem
