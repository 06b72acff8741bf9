// What KWallet says on the bus to someone who keeps a password.
#pragma once

#include "fake_service.h"

#include <QMap>
#include <QMutex>

namespace tandem {

class FakeWallet {
public:
    struct State {
        QMutex mutex;
        QMap<QString, QString> secrets; // by folder and key
    };

    FakeWallet();
    QMap<QString, QString> secrets();

private:
    State m_state;
    FakeService m_service;
};

// --- on the bus

class FakeWalletDaemon final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.KWallet")
public:
    FakeWalletDaemon(FakeWallet::State& state, QObject* parent) : QObject(parent), m_state(state) {}

public slots:
    QString networkWallet() const { return QStringLiteral("kdewallet"); }
    int open(const QString& wallet, qlonglong window, const QString& application);
    int entryType(int handle, const QString& folder, const QString& key, const QString& application);
    QString readPassword(int handle, const QString& folder, const QString& key, const QString& application);
    int writePassword(int handle, const QString& folder, const QString& key, const QString& value,
                      const QString& application);
    int removeEntry(int handle, const QString& folder, const QString& key, const QString& application);

private:
    FakeWallet::State& m_state;
};

} // namespace tandem
