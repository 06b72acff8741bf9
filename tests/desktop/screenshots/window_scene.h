// The program's window with a text and three other people in it, without a server: most of the pictures.
// Owned by main().
#pragma once

#include "documents/document_page.h"
#include "documents/library.h"
#include "offline/local_store.h"
#include "settings/preferences.h"
#include "theme/theme.h"
#include "window/main_window.h"

#include <QDir>
#include <QTemporaryDir>

namespace tandem::screenshots {

// Until idle time has done what it does, such as looking at the spelling.
void settle();
// Does what the command of the page does.
void trigger(Page& page, const QString& command);

class WindowScene {
public:
    explicit WindowScene(const QDir& folder);

    void drawAll();
    // The one with three people, in a process of its own for each scale of the screen.
    void drawTogether(const QString& name);
    bool hasSaved() const { return m_saved; }

    Preferences& preferences() { return m_preferences; }
    MainWindow& window() { return m_window; }
    // Writes the window as it is, with `over` in its middle.
    void picture(const QString& name, QWidget* over = nullptr);

private:
    DocumentPage* addDocument(const char* id, const char* title, std::u32string_view text);
    void addPeople();
    void drawStart(const QString& name);
    void drawPreview(const QString& name);
    void drawFinding(const QString& name);
    void drawOffline(const QString& name);
    void drawPalette(const QString& name);
    void drawRightToLeft(const QString& name);

    QDir m_folder;
    QTemporaryDir m_settings;
    Preferences m_preferences{m_settings.filePath(QStringLiteral("settings.ini"))};
    SecretStore m_secrets{systemKeychain(), m_settings.filePath(QStringLiteral("secrets.json"))};
    LocalStore m_store{m_settings.filePath(QStringLiteral("data"))};
    Library m_library{m_preferences, m_secrets, &m_store};
    MainWindow m_window{m_preferences};
    DocumentPage* m_page = nullptr;
    bool m_saved = true;
};

} // namespace tandem::screenshots
