// Transport over QWebSocket. Owned by QtClient; lives on its thread.
#pragma once

#include "client/transport.h"

#include <QObject>
#include <QUrl>
#include <QWebSocket>

#include <memory>

namespace tandem {

class WebsocketTransport final : public QObject, public Transport {
    Q_OBJECT
public:
    // `url` is ws:// or wss://.
    explicit WebsocketTransport(QUrl url, QObject* parent = nullptr);
    ~WebsocketTransport() override;

    void open() override;
    void send(std::string_view frame) override;
    void close() override;

signals:
    void opened();
    void frameReceived(const QByteArray& frame);
    void closed(int code, const QString& reason);

private:
    void drop();

    QUrl m_url;
    // A new one for each connection: what an old one still has to say is not heard.
    QWebSocket* m_socket = nullptr;
};

} // namespace tandem
