// One running program for each user: a second start hands what it should open to the first, and ends. A
// socket that a crashed program left behind is taken over; a first program that hangs is waited for a short
// time only, and then there are two. Owned by main(); lives on the event-loop thread.
#pragma once

#include <QLocalServer>
#include <QLockFile>
#include <QObject>

#include <chrono>

namespace tandem {

class SingleInstance final : public QObject {
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds usualPatience{3'000};

    // `folder` holds the lock and the socket; only this user may have access to it.
    explicit SingleInstance(const QString& folder, QObject* parent = nullptr);
    static QString usualFolder();

    enum class Role {
        first,      // from now on addresses of others come as addressReceived
        handedOver, // to the first, which said that it has it
        alone,      // the first one does not answer, or the folder is not ours
    };
    // `address` may be empty: then the first one just comes to the front.
    Role claim(const QString& address, std::chrono::milliseconds patience = usualPatience);

signals:
    void addressReceived(const QString& address);

private:
    bool handOver(const QString& address, std::chrono::milliseconds patience) const;
    void take();

    QString m_folder;
    QLockFile m_lock;
    QLocalServer m_server;
};

} // namespace tandem
