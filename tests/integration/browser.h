// A headless Chromium for tests, driven through chromedriver by the W3C WebDriver protocol. Owned by a test;
// lives on its thread, which has a QCoreApplication; every call waits in an event loop, so that clients in
// the same process go on. Invariant: no process of it is left when it is destroyed.
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

#include <optional>

namespace tandem {

class Browser {
public:
    Browser();
    ~Browser();

    // Starts chromedriver and, through it, a browser with a profile of its own. False: see problem().
    bool start();
    // Ends the browser and its driver; the destructor does it too.
    void quit();
    // What the last call that failed has to say.
    const QString& problem() const { return m_problem; }

    // Goes there and waits until the page is loaded.
    bool open(const QUrl& url);

    // The value that `script`, the body of a function with `arguments`, returns; undefined on an error.
    QJsonValue run(const QString& script, const QJsonArray& arguments = {});
    // Runs `script` until it returns true. False: it did not in this time, or failed.
    bool waitUntil(const QString& script, int timeoutMs = 20'000);

    // Types into the first element that the CSS selector finds, as a person does: key by key, at its caret.
    bool type(const QString& selector, const QString& text);
    // A property of that element, e.g. `value`; undefined on an error.
    QJsonValue property(const QString& selector, const QString& name);

    // The page as PNG; empty on an error.
    QByteArray screenshot();

private:
    bool startDriver();
    bool startSession();
    QString element(const QString& selector);
    // The `value` of the answer; nothing on an error.
    std::optional<QJsonValue> call(const QByteArray& verb, const QString& path, const QJsonObject& body = {});
    QString sessionPath(const QString& rest) const { return "/session/" + m_session + rest; }
    QString launcher() const { return m_folder.filePath("chromium"); }
    bool writeLauncher();
    QList<pid_t> remaining() const;
    void killRemaining();

    QTemporaryDir m_folder; // profile, configuration and cache
    QProcess m_driver;
    QNetworkAccessManager m_network;
    QUrl m_driverUrl;
    QString m_session;
    QString m_problem;
};

} // namespace tandem
