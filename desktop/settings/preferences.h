// What this person has chosen, kept on this computer by QSettings. Owned by main(); lives on the event-loop
// thread.
#pragma once

#include "client/client_session.h"
#include "theme/theme.h"

#include <QByteArray>
#include <QSettings>
#include <QUrl>

#include <optional>

namespace tandem {

class Preferences {
public:
    // The person's usual place for settings.
    Preferences();
    // A file, for tests and tools.
    explicit Preferences(const QString& file);

    // The name is the one of the login, and the colour a random one, until they are chosen.
    ClientSession::Person person() const;
    void setPerson(const ClientSession::Person& person);
    // Another name for this run of the program only.
    void useName(const QString& name) { m_nameForNow = name; }

    QUrl server() const;
    void setServer(const QUrl& server);

    theme::Choice theme() const;
    void setTheme(theme::Choice choice);

    std::optional<qreal> textSize() const;
    void setTextSize(qreal points);

    QByteArray windowGeometry() const;
    QByteArray windowState() const;
    void setWindow(const QByteArray& geometry, const QByteArray& state);

private:
    void chooseColor();

    QSettings m_settings;
    QString m_nameForNow;
};

} // namespace tandem
