// All windows of the program: opens documents, each in its own, and carries a choice made in one to the
// others. Owned by main(); lives on the event-loop thread.
#pragma once

#include "qt/document_url.h"
#include "theme/theme.h"

#include <QList>
#include <QObject>
#include <QPointer>

namespace tandem {

class MainWindow;
class Preferences;

class WindowSet final : public QObject {
    Q_OBJECT
public:
    // Both must outlive it.
    WindowSet(Preferences& preferences, theme::Theme& theme, QObject* parent = nullptr);
    ~WindowSet() override;

    // Brings the window of the document to the front, or makes one.
    void open(const DocumentUrl& document);
    void showOpenDialog(QWidget* parent = nullptr);

private:
    void closeAll();

    Preferences& m_preferences;
    theme::Theme& m_theme;
    QList<QPointer<MainWindow>> m_windows;
};

} // namespace tandem
