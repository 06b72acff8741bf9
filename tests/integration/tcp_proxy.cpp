#include "integration/tcp_proxy.h"

#include <QNetworkProxy>

#include <algorithm>

namespace tandem {

TcpProxy::TcpProxy(std::vector<QUrl> targets) : m_targets(std::move(targets)) {
    connect(&m_listener, &QTcpServer::newConnection, this, &TcpProxy::accept);
    m_listener.listen(QHostAddress::LocalHost);
}

QUrl TcpProxy::through(QUrl url) const {
    url.setPort(m_listener.serverPort());
    return url;
}

void TcpProxy::setLine(Direction direction, Line line) {
    way(direction).line = line;
}

void TcpProxy::cutAfter(Direction direction, qint64 bytes) {
    way(direction).left = bytes;
}

void TcpProxy::cut() {
    while (!m_pairs.empty())
        end(m_pairs.front().client);
}

void TcpProxy::accept() {
    while (QTcpSocket* client = m_listener.nextPendingConnection()) {
        auto* server = new QTcpSocket(this);
        server->setProxy(QNetworkProxy::NoProxy);
        m_pairs.push_back({client, server});
        connect(client, &QTcpSocket::readyRead, this,
                [this, client, server] { pass(client, server, Direction::toServer); });
        connect(server, &QTcpSocket::readyRead, this,
                [this, client, server] { pass(server, client, Direction::toClient); });
        // What the client said before the way was open.
        connect(server, &QTcpSocket::connected, this,
                [this, client, server] { pass(client, server, Direction::toServer); });
        for (QTcpSocket* socket : {client, server}) {
            connect(socket, &QTcpSocket::disconnected, this, [this, socket] { end(socket); });
            connect(socket, &QTcpSocket::errorOccurred, this, [this, socket] { end(socket); });
        }
        const QUrl& target = m_targets[m_turn++ % m_targets.size()];
        server->connectToHost(target.host(), static_cast<quint16>(target.port()));
    }
}

void TcpProxy::pass(QTcpSocket* from, QTcpSocket* to, Direction direction) {
    if (to->state() != QAbstractSocket::ConnectedState)
        return;
    QByteArray bytes = from->readAll();
    Way& taken = way(direction);
    if (taken.line == Line::hole)
        return;
    const bool cutHere = taken.left >= 0 && bytes.size() >= taken.left;
    if (cutHere)
        bytes.truncate(taken.left);
    else if (taken.left >= 0)
        taken.left -= bytes.size();
    to->write(bytes);
    to->flush();
    if (cutHere) {
        taken.left = -1;
        end(from);
    }
}

void TcpProxy::end(QTcpSocket* socket) {
    const auto found = std::find_if(m_pairs.begin(), m_pairs.end(), [socket](const Pair& pair) {
        return pair.client == socket || pair.server == socket;
    });
    if (found == m_pairs.end())
        return;
    const Pair pair = *found;
    m_pairs.erase(found);
    for (QTcpSocket* each : {pair.client, pair.server}) {
        each->disconnect(this);
        each->abort();
        each->deleteLater();
    }
}

} // namespace tandem
