// A plain client of PROTOCOL.md for tests: a raw QWebSocket, JSON, one edit in flight; after a lost
// connection it comes back as the same author and sends the unanswered edit again under its id. Owned by a
// test; lives on its thread. Invariant: text() is what the server sent, never ahead of it; an insert leaves
// the queue only when it is acked.
#pragma once

#include <QJsonObject>
#include <QObject>
#include <QTimer>
#include <QUrl>
#include <QWebSocket>

#include <deque>
#include <functional>
#include <string>

namespace tandem {

class PlainClient final : public QObject {
    Q_OBJECT
public:
    // Where an insert goes in the text of that moment: an index up to its length.
    using Place = std::function<std::size_t(const std::u32string& text)>;

    explicit PlainClient(QUrl websocketUrl);
    ~PlainClient() override;

    void start();
    // Does not wait for the next attempt.
    void retryNow();
    void cutConnection();

    // Inserts `text` when its turn comes.
    void insert(std::u32string text, Place place);

    bool isJoined() const { return m_joined; }
    bool isSettled() const { return m_joined && m_waiting.empty(); }
    const std::u32string& text() const { return m_text; }
    quint64 version() const { return m_version; }
    // What the server said that it should not have; empty when all is well.
    const QString& problem() const { return m_problem; }

signals:
    void changed();

private:
    struct Insert {
        QString id;
        std::u32string text;
        Place place;
    };

    void connectNow();
    void connected();
    void lost();
    void received(const QString& frame);
    void handleSnapshot(const QJsonObject& snapshot);
    void handleUpdate(const QJsonObject& update);
    void handleAck(const QJsonObject& ack);
    void handleNack(const QJsonObject& nack);
    void sendNext();
    void send(const QJsonObject& message);

    QUrl m_url;
    QWebSocket* m_socket = nullptr;
    QTimer m_retry;
    bool m_joined = false;
    quint64 m_replica = 0; // as whom it writes; 0 before the first snapshot
    QString m_key;
    std::u32string m_text;
    quint64 m_version = 0;
    std::deque<Insert> m_waiting; // the first one is in flight while m_inFlight
    bool m_inFlight = false;
    int m_lastId = 0;
    QString m_problem;
};

} // namespace tandem
