// What this person has chosen, kept on this computer by QSettings. What changes is told, so that every window
// and page follows. Owned by main(); lives on the event-loop thread.
#pragma once

#include "client/client_session.h"
#include "settings/recent_documents.h"
#include "theme/theme.h"

#include <QByteArray>
#include <QObject>
#include <QSettings>
#include <QUrl>

#include <optional>

namespace tandem {

class Preferences final : public QObject {
    Q_OBJECT
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

    // Whose documents are offered, in the order in which they were added.
    QList<QUrl> servers() const;
    void addServer(const QUrl& server);
    void removeServer(const QUrl& server);

    RecentDocuments& recent() { return m_recent; }

    theme::Choice theme() const;
    void setTheme(theme::Choice choice);

    std::optional<qreal> textSize() const;
    void setTextSize(qreal points);

    // The panel beside a text, by its name; empty: none.
    QString sidePanel() const;
    void setSidePanel(const QString& name);

    // What the editor keeps by names of its own.
    QVariant editorValue(const QString& name, const QVariant& otherwise = {}) const;
    void setEditorValue(const QString& name, const QVariant& value);

    QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray& geometry);

    // The documents that were open, in the order of their tabs, without their secrets; `current` may be -1.
    struct OpenTabs {
        QList<DocumentUrl> documents;
        int current = -1;
    };
    OpenTabs openTabs() const;
    void setOpenTabs(const OpenTabs& tabs);

signals:
    void personChanged();
    void serversChanged();
    void themeChanged(tandem::theme::Choice choice);
    void textSizeChanged(qreal points);
    void editorValueChanged(const QString& name);

private:
    void chooseColor();
    void writeServers(const QList<QUrl>& servers);

    QSettings m_settings;
    RecentDocuments m_recent{m_settings};
    QString m_nameForNow;
};

} // namespace tandem
