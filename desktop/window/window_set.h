// All windows of the program: opens documents in tabs, each once, and hands each window the commands of the
// whole program. Owned by main(); lives on the event-loop thread.
#pragma once

#include "commands/command.h"
#include "qt/document_url.h"

#include <QObject>
#include <QPointer>

namespace tandem {

class DocumentPage;
class HistoryPage;
class Library;
class MainWindow;
class NetworkSharing;
class OpenDocument;
class OutboxCourier;
class Preferences;
class StartPage;

class WindowSet final : public QObject {
    Q_OBJECT
public:
    // Both must outlive it.
    WindowSet(Preferences& preferences, Library& library, QObject* parent = nullptr);
    ~WindowSet() override;

    // Brings the tab of the document to the front, or makes one.
    void open(const DocumentUrl& document);
    // What this or another start of the program was given, a document or a server; empty: it only wants to be
    // seen.
    void openAddress(const QString& address);
    void showStartPage();
    // A new document that is on this computer only.
    void openNewLocal(const QString& title = {}, const QString& text = {});
    // With the documents of this server, which is one of the known ones from now on.
    void showStartPage(const QUrl& server);
    // The tabs that were open when the program ended.
    void restoreTabs();
    // From now on the tabs are remembered for that.
    void rememberTabs() { m_remembersTabs = true; }

    // The one used last; one is made if there is none.
    MainWindow& window();
    QList<MainWindow*> windows() const;

    // Null without a store.
    NetworkSharing* sharing() { return m_sharing; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    MainWindow* makeWindow();
    QList<Command> applicationCommands(MainWindow* window);
    DocumentPage* pageOf(const DocumentUrl& document, MainWindow** window) const;
    DocumentPage* addDocumentPage(MainWindow& at, const DocumentUrl& document);
    StartPage* showStartPage(MainWindow& window);
    void listenTo(DocumentPage* page);
    void renameDocument(DocumentPage* page);
    void closePagesOf(const DocumentUrl& document);
    void moveToBin(DocumentPage& page, MainWindow& window);
    void publish(DocumentPage& page);
    QList<Command> historyCommands(MainWindow* window);
    void showHistory(DocumentPage& page, MainWindow& window);
    HistoryPage* makeHistory(DocumentPage& page);
    void bringNames(DocumentPage* page);
    QList<Command> sharingCommands(MainWindow* window);
    void askHowToShare(DocumentPage& page);
    static QString ownerSecretOf(const OpenDocument& document);
    void tell(const QString& sentence);
    void noteTabs();
    void choosePerson(QWidget* parent);
    void closeAll();

    Preferences& m_preferences;
    Library& m_library;
    OutboxCourier* m_courier = nullptr; // where documents are kept on this computer, both
    NetworkSharing* m_sharing = nullptr;
    QList<QPointer<MainWindow>> m_windows;
    bool m_remembersTabs = false;
};

} // namespace tandem
