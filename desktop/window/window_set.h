// All windows of the program: opens documents in tabs, each once, and hands each window the commands of the
// whole program. Owned by main(); lives on the event-loop thread.
#pragma once

#include "commands/command.h"
#include "qt/document_url.h"

#include <QObject>
#include <QPointer>

namespace tandem {

class DocumentPage;
class LocalStore;
class MainWindow;
class OutboxCourier;
class Preferences;
class StartPage;

class WindowSet final : public QObject {
    Q_OBJECT
public:
    // Both must outlive it. Without a store nothing is kept on this computer.
    explicit WindowSet(Preferences& preferences, LocalStore* store = nullptr, QObject* parent = nullptr);
    ~WindowSet() override;

    // Brings the tab of the document to the front, or makes one.
    void open(const DocumentUrl& document);
    void showStartPage();
    // A new document that is on this computer only.
    void openNewLocal(const QString& title = {}, const QString& text = {});

    // The one used last; one is made if there is none.
    MainWindow& window();
    QList<MainWindow*> windows() const;

private:
    MainWindow* makeWindow();
    QList<Command> applicationCommands(MainWindow* window);
    DocumentPage* pageOf(const DocumentUrl& document, MainWindow** window) const;
    void showStartPage(MainWindow& window);
    void choosePerson(QWidget* parent);
    DocumentPage* addDocument(const DocumentUrl& document);
    void publish(DocumentPage& page);
    void tell(const QString& sentence);
    void closeAll();

    Preferences& m_preferences;
    LocalStore* m_store;
    OutboxCourier* m_courier = nullptr; // with a store
    QList<QPointer<MainWindow>> m_windows;
};

} // namespace tandem
