#include "history/past_client.h"

#include "connection/rest.h"

#include <QNetworkReply>
#include <QTimer>
#include <QUrlQuery>

#include <utility>

namespace tandem {

namespace {
constexpr int pollMs = 300;

QDateTime timeOf(const QJsonValue& value) {
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
}
} // namespace

QList<AuthorSpan> authorSpans(const QJsonArray& authors, const QString& text) {
    QList<AuthorSpan> spans;
    qsizetype at = 0;
    for (const QJsonValue& value : authors) {
        const qsizetype start = at;
        for (qint64 left = value["length"].toInteger(); left > 0 && at < text.size(); --left)
            at += text[at].isHighSurrogate() ? 2 : 1;
        spans.append({value["replica"].toInteger(), value["name"].toString(), start, at - start});
    }
    return spans;
}

PastClient::PastClient(const DocumentUrl& document, QObject* parent)
    : QObject(parent), m_document(document) {}

QNetworkRequest PastClient::request(const QString& path, qint64 version) const {
    QUrl url = m_document.rest();
    url.setPath(url.path() + path);
    if (version >= 0)
        url.setQuery(QStringLiteral("version=%1").arg(version));
    return rest::request(url, m_document.token);
}

void PastClient::get(const QNetworkRequest& request, std::function<void(const QJsonObject&)> use) {
    rest::whenDone(m_network.get(request), this, std::move(use),
                   [this](const QString& sentence) { emit failed(sentence); });
}

void PastClient::showNewest() {
    get(request({}), [this](const QJsonObject& answer) {
        emit newestArrived(answer["version"].toInteger(), answer["text"].toString());
    });
}

void PastClient::show(qint64 version) {
    m_wanted = version;
    if (!m_isAsking)
        fetch();
}

void PastClient::fetch() {
    const qint64 version = std::exchange(m_wanted, -1);
    m_isAsking = version >= 0;
    if (!m_isAsking)
        return;
    rest::whenDone(
        m_network.get(request({}, version)), this,
        [this, version](const QJsonObject& answer) {
            emit arrived(version, answer["text"].toString());
            fetch();
        },
        [this](const QString& sentence) {
            emit failed(sentence);
            fetch();
        });
}

void PastClient::showAuthors(qint64 version) {
    get(request(QStringLiteral("/authors"), version), [this](const QJsonObject& answer) {
        emit authorsArrived(answer["version"].toInteger(), answer["authors"].toArray());
    });
}

QNetworkRequest PastClient::jobRequest(const QString& path) const {
    QUrl url = m_document.rest();
    url.setPath(QStringLiteral("/v1/jobs/") + path);
    return rest::request(url, m_document.token);
}

// What fails here is no loss: the server is asked for each version, as long as there is nothing better.
void PastClient::fetchArchive() {
    const auto ignore = [](const QString&) {};
    rest::whenDone(
        m_network.post(request(QStringLiteral("/export")), rest::bodyOf({{"format", "archive"}})), this,
        [this](const QJsonObject& job) { waitForArchive(job["id"].toString()); }, ignore);
}

void PastClient::waitForArchive(const QString& job) {
    const auto ignore = [](const QString&) {};
    rest::whenDone(
        m_network.get(jobRequest(job)), this,
        [this, job](const QJsonObject& answer) {
            const QString status = answer["status"].toString();
            if (status == QStringLiteral("completed")) {
                QNetworkReply* reply = m_network.get(jobRequest(job + QStringLiteral("/result")));
                connect(reply, &QNetworkReply::finished, this, [this, reply] {
                    reply->deleteLater();
                    if (reply->error() == QNetworkReply::NoError)
                        emit archiveArrived(reply->readAll());
                });
            } else if (status != QStringLiteral("discarded") && status != QStringLiteral("cancelled")) {
                QTimer::singleShot(pollMs, this, [this, job] { waitForArchive(job); });
            }
        },
        ignore);
}

void PastClient::listSessions() {
    m_sessions.clear();
    listSessions(-1);
}

void PastClient::listSessions(qint64 before) {
    QNetworkRequest asked = request(QStringLiteral("/history"));
    QUrl url = asked.url();
    url.setQuery(before < 0 ? QStringLiteral("limit=100")
                            : QStringLiteral("limit=100&before=%1").arg(before));
    asked.setUrl(url);
    get(asked, [this](const QJsonObject& answer) {
        for (const QJsonValue& value : answer["sessions"].toArray()) {
            PastSession session{value["from"].toInteger(),
                                value["to"].toInteger(),
                                timeOf(value["started"]),
                                timeOf(value["ended"]),
                                {}};
            for (const QJsonValue& author : value["authors"].toArray())
                session.authors.append(author["name"].toString());
            m_sessions.append(session);
        }
        emit sessionsListed(m_sessions);
        if (const QJsonValue next = answer["next"]; next.isDouble())
            listSessions(next.toInteger());
    });
}

void PastClient::listNames() {
    get(request(QStringLiteral("/versions")), [this](const QJsonObject& answer) {
        QList<NamedVersion> names;
        for (const QJsonValue& value : answer["versions"].toArray())
            names.append({value["version"].toInteger(), value["label"].toString()});
        emit namesListed(names);
    });
}

void PastClient::giveName(qint64 version, const QString& label) {
    const QByteArray body = rest::bodyOf({{"label", label}, {"version", version}});
    rest::whenDone(
        m_network.post(request(QStringLiteral("/versions")), body), this,
        [this](const QJsonObject&) { listNames(); },
        [this](const QString& sentence) { emit failed(sentence); });
}

void PastClient::restore(qint64 version, const QString& author) {
    const QByteArray body = rest::bodyOf({{"version", version}, {"name", author}});
    rest::whenDone(
        m_network.post(request(QStringLiteral("/revert")), body), this,
        [this, version](const QJsonObject&) { emit restored(version); },
        [this](const QString& sentence) { emit failed(sentence); });
}

} // namespace tandem
