// All windows of the program: opens documents in tabs, each once, and hands each window the commands of the
// whole program. Owned by main(); lives on the event-loop thread.
#pragma once

#include "commands/command.h"
#include "qt/document_url.h"

#include <QObject>
#include <QPointer>

namespace tandem {

class DocumentPage;
class MainWindow;
class Preferences;
class StartPage;

class WindowSet final : public QObject {
    Q_OBJECT
public:
    // Preferences must outlive it.
    explicit WindowSet(Preferences& preferences, QObject* parent = nullptr);
    ~WindowSet() override;

    // Brings the tab of the document to the front, or makes one.
    void open(const DocumentUrl& document);
    void showStartPage();

    // The one used last; one is made if there is none.
    MainWindow& window();
    QList<MainWindow*> windows() const;

private:
    MainWindow* makeWindow();
    QList<Command> applicationCommands(MainWindow* window);
    DocumentPage* pageOf(const DocumentUrl& document, MainWindow** window) const;
    void showStartPage(MainWindow& window);
    void choosePerson(QWidget* parent);
    void closeAll();

    Preferences& m_preferences;
    QList<QPointer<MainWindow>> m_windows;
};

} // namespace tandem
