#include "integration/plain_client.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace tandem {

namespace {
constexpr int retryMs = 300;

std::u32string codePoints(const QString& text) {
    const QList<uint> points = text.toUcs4();
    return {points.begin(), points.end()};
}
} // namespace

PlainClient::PlainClient(QUrl websocketUrl) : m_url(std::move(websocketUrl)) {
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &PlainClient::connectNow);
}

PlainClient::~PlainClient() {
    if (m_socket)
        m_socket->disconnect(this);
}

void PlainClient::start() {
    connectNow();
}

void PlainClient::retryNow() {
    if (!m_socket)
        connectNow();
}

void PlainClient::cutConnection() {
    if (!m_socket)
        return;
    m_socket->abort();
    lost();
}

void PlainClient::insert(std::u32string text, Place place) {
    m_waiting.push_back({QString("edit-%1").arg(++m_lastId), std::move(text), std::move(place)});
    sendNext();
}

void PlainClient::connectNow() {
    m_retry.stop();
    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    connect(m_socket, &QWebSocket::connected, this, &PlainClient::connected);
    connect(m_socket, &QWebSocket::disconnected, this, &PlainClient::lost);
    connect(m_socket, &QWebSocket::textMessageReceived, this, &PlainClient::received);
    m_socket->open(m_url);
}

void PlainClient::connected() {
    if (m_replica == 0)
        return; // the snapshot comes by itself and says who we are
    send({{"type", "hello"},
          {"resume", QJsonObject{{"replica", static_cast<qint64>(m_replica)}, {"key", m_key}}}});
}

void PlainClient::lost() {
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket->deleteLater();
    m_socket = nullptr;
    m_joined = false;
    m_inFlight = false;
    m_retry.start(retryMs);
    emit changed();
}

void PlainClient::received(const QString& frame) {
    const QJsonObject message = QJsonDocument::fromJson(frame.toUtf8()).object();
    const QString type = message.value("type").toString();
    if (type == "snapshot")
        handleSnapshot(message);
    else if (type == "doc.update" && m_joined)
        handleUpdate(message);
    else if (type == "ack" && m_joined)
        handleAck(message);
    else if (type == "nack" && m_joined)
        handleNack(message);
    emit changed();
}

void PlainClient::handleSnapshot(const QJsonObject& snapshot) {
    const auto replica = static_cast<quint64>(snapshot.value("replica").toInteger());
    if (m_replica == 0) {
        m_replica = replica;
        m_key = snapshot.value("key").toString();
    }
    // After a reconnect the first snapshot is for a new author; the one that answers `resume` counts.
    if (replica != m_replica)
        return;
    m_text = codePoints(snapshot.value("text").toString());
    m_version = static_cast<quint64>(snapshot.value("version").toInteger());
    m_joined = true;
    m_inFlight = false;
    sendNext();
}

void PlainClient::handleUpdate(const QJsonObject& update) {
    const auto from = static_cast<quint64>(update.value("from").toInteger());
    if (from != m_version)
        m_problem = QString("an update from version %1 came at version %2").arg(from).arg(m_version);
    m_version = static_cast<quint64>(update.value("version").toInteger());
    for (const QJsonValue& edit : update.value("edits").toArray()) {
        const auto index = static_cast<std::size_t>(edit["index"].toInteger());
        const auto deleted = static_cast<std::size_t>(edit["delete"].toInteger());
        if (index > m_text.size() || deleted > m_text.size() - index) {
            m_problem = "an edit beyond the text came";
            return;
        }
        m_text.replace(index, deleted, codePoints(edit["insert"].toString()));
    }
}

void PlainClient::handleAck(const QJsonObject& ack) {
    if (!m_inFlight || ack.value("id").toString() != m_waiting.front().id) {
        m_problem = "an ack came for an edit that was not sent";
        return;
    }
    m_inFlight = false;
    m_waiting.pop_front();
    sendNext();
}

void PlainClient::handleNack(const QJsonObject& nack) {
    const QString code = nack.value("code").toString();
    m_inFlight = false;
    if (code == "version_too_old")
        return; // a snapshot follows, and with it the edit goes out again
    if (nack.value("retryable").toBool())
        QTimer::singleShot(retryMs, this, &PlainClient::sendNext);
    else
        m_problem = "refused: " + code + ", " + nack.value("detail").toString();
}

void PlainClient::sendNext() {
    if (!m_joined || m_inFlight || m_waiting.empty())
        return;
    const Insert& next = m_waiting.front();
    m_inFlight = true;
    send({{"type", "edit.insert"},
          {"id", next.id},
          {"index", static_cast<qint64>(next.place(m_text))},
          {"text", QString::fromUcs4(next.text.data(), static_cast<qsizetype>(next.text.size()))},
          {"version", static_cast<qint64>(m_version)}});
}

void PlainClient::send(const QJsonObject& message) {
    m_socket->sendTextMessage(QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact)));
}

} // namespace tandem
