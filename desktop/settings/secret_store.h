// The secrets of share links, by document: in the keychain of the system, never in the settings. Where no
// keychain answers they are in a file that only this user may read (mode 600); whoever can read this user's
// files can then read them, as is so with the keys of SSH. Owned by main(); lives on the event-loop thread.
#pragma once

#include "qt/document_url.h"
#include "settings/keychain.h"

#include <QMap>
#include <QObject>

#include <chrono>

namespace tandem {

class SecretStore final : public QObject {
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds patience{5'000}; // with a keychain that says nothing

    // `file` is the one for when there is no keychain.
    SecretStore(std::unique_ptr<Keychain> keychain, QString file, QObject* parent = nullptr);
    // In the folder of this person's settings.
    static QString usualFile();

    void setPatience(std::chrono::milliseconds shorter) { m_patience = shorter; } // for tests

    // The secret is in `document`. Known at once, written in the background; then `kept` is called.
    void keep(const DocumentUrl& document, std::function<void()> kept = {});
    // `use` gets the secret, or nothing, at once or later.
    void fetch(const DocumentUrl& document, std::function<void(const QString& secret)> use);
    void forget(const DocumentUrl& document);

private:
    QMap<QString, QString> readFile() const;
    bool writeFile(const QMap<QString, QString>& secrets) const;
    bool keepInFile(const QString& key, const QString& secret);
    void removeFromFile(const QString& key);

    std::unique_ptr<Keychain> m_keychain;
    QString m_file;
    QMap<QString, QString> m_known;
    std::chrono::milliseconds m_patience = patience;
};

} // namespace tandem
