// A TCP proxy for tests, in whose middle a network fails: it can swallow bytes, let only part of them
// through, or end all connections. Owned by a test; lives on its thread.
#pragma once

#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <vector>

namespace tandem {

class TcpProxy final : public QObject {
    Q_OBJECT
public:
    enum class Direction { toServer, toClient };
    // What becomes of the bytes of one direction. `hole`: they vanish, as on a line that is half open.
    enum class Line { whole, hole };

    // Listens on a free port of 127.0.0.1. Connections go to the targets in turn, whether they are there or
    // not; whoever meets one that is not comes again and gets the next.
    explicit TcpProxy(std::vector<QUrl> targets);
    ~TcpProxy() override { cut(); }

    // As `url`, which names a target, but through this proxy.
    QUrl through(QUrl url) const;

    void setLine(Direction direction, Line line);
    // The next `bytes` of this direction pass, then the connection they went over is cut, in the middle of
    // whatever it is.
    void cutAfter(Direction direction, qint64 bytes);
    // Ends all connections at once.
    void cut();

    int connectionCount() const { return static_cast<int>(m_pairs.size()); }

private:
    struct Pair {
        QTcpSocket* client = nullptr;
        QTcpSocket* server = nullptr;
    };
    struct Way {
        Line line = Line::whole;
        qint64 left = -1; // bytes until the cut; negative: none is due
    };

    void accept();
    void pass(QTcpSocket* from, QTcpSocket* to, Direction direction);
    void end(QTcpSocket* socket);
    Way& way(Direction direction) { return direction == Direction::toServer ? m_toServer : m_toClient; }

    std::vector<QUrl> m_targets;
    std::size_t m_turn = 0;
    QTcpServer m_listener;
    std::vector<Pair> m_pairs;
    Way m_toServer;
    Way m_toClient;
};

} // namespace tandem
