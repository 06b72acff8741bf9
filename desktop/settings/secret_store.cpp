#include "settings/secret_store.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>
#include <QSaveFile>
#include <QStandardPaths>
#include <QTimer>

namespace tandem {

namespace {
QString keyOf(const DocumentUrl& document) {
    return document.server.toString() + u' ' + document.id;
}

// Calls `then` once: with what came, or after the patience with nothing.
template <class Then>
auto once(QObject* owner, std::chrono::milliseconds patience, Then then) {
    auto over = std::make_shared<bool>(false);
    QPointer<QObject> alive(owner);
    const auto call = [over, alive, then = std::move(then)](Keychain::Outcome outcome,
                                                            const QString& secret) {
        if (alive && !std::exchange(*over, true))
            then(outcome, secret);
    };
    QTimer::singleShot(patience, owner, [call] { call(Keychain::Outcome::unavailable, QString()); });
    return call;
}
} // namespace

SecretStore::SecretStore(std::unique_ptr<Keychain> keychain, QString file, QObject* parent)
    : QObject(parent), m_keychain(std::move(keychain)), m_file(std::move(file)) {}

QString SecretStore::usualFile() {
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) +
           QStringLiteral("/link-secrets.json");
}

void SecretStore::keep(const DocumentUrl& document, std::function<void()> kept) {
    const QString key = keyOf(document);
    const QString secret = document.token;
    if (secret.isEmpty() || (m_known.value(key) == secret && !kept))
        return;
    m_known.insert(key, secret);
    const auto told =
        once(this, m_patience,
             [this, key, secret, kept = std::move(kept)](Keychain::Outcome outcome, const QString&) {
                 const bool isInKeychain = outcome == Keychain::Outcome::done;
                 if (isInKeychain)
                     removeFromFile(key);
                 else if (m_known.value(key) != secret || !keepInFile(key, secret))
                     return;
                 if (kept)
                     kept();
             });
    m_keychain->write(key, secret, [told](Keychain::Outcome outcome) { told(outcome, QString()); });
}

void SecretStore::fetch(const DocumentUrl& document, std::function<void(const QString&)> use) {
    const QString key = keyOf(document);
    if (const QString known = m_known.value(key); !known.isEmpty())
        return use(known);
    if (const QString secret = readFile().value(key); !secret.isEmpty()) {
        m_known.insert(key, secret);
        return use(secret);
    }
    m_keychain->read(
        key, once(this, m_patience,
                  [this, key, use = std::move(use)](Keychain::Outcome outcome, const QString& secret) {
                      const bool found = outcome == Keychain::Outcome::done && !secret.isEmpty();
                      if (found)
                          m_known.insert(key, secret);
                      use(found ? secret : QString());
                  }));
}

void SecretStore::forget(const DocumentUrl& document) {
    const QString key = keyOf(document);
    m_known.remove(key);
    removeFromFile(key);
    m_keychain->remove(key);
}

// --- the file

QMap<QString, QString> SecretStore::readFile() const {
    QMap<QString, QString> secrets;
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly))
        return secrets;
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    for (auto each = json.begin(); each != json.end(); ++each)
        secrets.insert(each.key(), each.value().toString());
    return secrets;
}

bool SecretStore::writeFile(const QMap<QString, QString>& secrets) const {
    QJsonObject json;
    for (auto each = secrets.begin(); each != secrets.end(); ++each)
        json.insert(each.key(), each.value());
    QDir().mkpath(QFileInfo(m_file).path());
    QSaveFile file(m_file);
    // Before there is anything in it that others must not read.
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
        return false;
    file.write(QJsonDocument(json).toJson());
    return file.commit();
}

bool SecretStore::keepInFile(const QString& key, const QString& secret) {
    QMap<QString, QString> secrets = readFile();
    secrets.insert(key, secret);
    return writeFile(secrets);
}

void SecretStore::removeFromFile(const QString& key) {
    QMap<QString, QString> secrets = readFile();
    if (secrets.remove(key) > 0)
        writeFile(secrets);
}

} // namespace tandem
