// One open document: its text, its connection, the people in it, and whether it is saved. It decides nothing
// about windows. Owned by the window whose tab it is in; owns the document, its connection and the actions of
// the document; lives on the event-loop thread. Preferences must outlive it.
//
// Room for features: addBar() above and beneath the text, sidePanel() beside it, statusRow() at the foot, and
// their commands in commands().
#pragma once

#include "connection/state_words.h"
#include "documents/page.h"
#include "qt/document_url.h"
#include "qt/qt_client.h"

#include <QTimer>

#include <functional>
#include <memory>

class QLabel;
class QMessageBox;
class QVBoxLayout;

namespace tandem {

class Arrivals;
class EditorTools;
class EditorView;
class Following;
class KnownAuthors;
class LocalStore;
class PeopleList;
class Preferences;
class RefusedBar;
class SidePanel;
class StatusRow;
class StoredJournal;

class DocumentPage final : public Page {
    Q_OBJECT
public:
    // Without a store nothing is kept on this computer; with one it opens with what is kept. A document
    // without a server (document_place.h) is on this computer only.
    DocumentPage(DocumentUrl url, Preferences& preferences, LocalStore* store = nullptr,
                 QWidget* parent = nullptr);
    ~DocumentPage() override;

    // Connects, or connects again as the person that the preferences name now.
    void start();

    const DocumentUrl& url() const { return m_url; }
    // The same document by another link, which may allow more; connects again if it is connected.
    void useLink(const DocumentUrl& url);
    // The document, which no server had, is at a server now, with nothing in it: what was written goes there.
    void moveTo(const DocumentUrl& url);

    // Is its server the one of this computer, and does that share it now? While it does not, nothing is
    // connected: everything stays here, and goes there once it shares again.
    enum class Hosting { elsewhere, shared, ended };
    void setHosting(Hosting hosting);
    Hosting hosting() const { return m_hosting; }
    bool isLive() const; // its server answers
    bool mayEdit() const { return m_mayEdit; }

    OpenDocument& document() { return m_document; }
    EditorView& editor() { return *m_editor; }
    SidePanel& sidePanel() { return *m_side; }
    StatusRow& statusRow() { return *m_row; }
    Following& following() { return *m_following; }
    Arrivals& arrivals() { return *m_arrivals; }
    enum class Edge { above, beneath };
    void addBar(QWidget* bar, Edge edge); // takes it
    EditorTools& tools() { return *m_tools; }

    QString title() const override;
    Mark mark() const override;
    QString description() const override;
    QList<Command> commands() const override { return m_commands; }
    bool askToClose() override;

    // By which address others reach a server that this computer reaches by another one.
    void setAddressForOthers(std::function<QUrl(const QUrl& server)> address) {
        m_addressForOthers = std::move(address);
    }
    DocumentUrl urlForOthers() const;

    void showStatus(const ConnectionStatus& status);
    void showPeople();

signals:
    void personRequested(); // the person wants another name or colour
    void renameRequested();
    void moved(); // to another server; its address and secret are new
    void saved(); // the server has everything
    void binRequested();
    void publishRequested();
    void shareRequested();                                         // while nobody else can reach it
    void copyRequested(const QString& title, const QString& text); // as a new document on this computer
    // It closes with edits that no server has.
    void closedWithEdits(const QString& sentence);

private:
    void layOut();
    void listen();
    void listenTo(LocalStore& store);
    void makeCommands();
    void makeFileCommands();
    void makeEditCommands();
    void makeViewCommands();
    void makePeopleCommands();

    ConnectionStatus status() const;
    void refreshStatus();
    void showRole(bool mayEdit);
    void showHistory();
    void showReach(const ConnectionStatus& status);
    void showPlace();
    void copyLink();
    std::string nextPerson(const std::string& after) const;
    void saveCopy();
    void askAboutUnsaved();

    DocumentUrl m_url;
    Preferences& m_preferences;
    SystemRandom m_random;
    SystemClock m_clock;
    LocalStore* m_store;
    bool m_isNew; // the store has not had it before, nor has any server
    OpenDocument m_document;
    std::unique_ptr<StoredJournal> m_journal;
    EditorView* m_editor;
    std::unique_ptr<KnownAuthors> m_authors;
    std::unique_ptr<EditorTools> m_tools; // goes before the editor
    std::unique_ptr<QtClient> m_client;   // after the document, before which it goes
    std::function<QUrl(const QUrl&)> m_addressForOthers;
    QTimer m_countdown; // while the words hold seconds

    QList<Command> m_commands;
    Following* m_following = nullptr;
    std::unique_ptr<Arrivals> m_arrivals;
    std::string m_jumpedTo; // session
    QAction* m_undo = nullptr;
    QAction* m_redo = nullptr;
    QAction* m_copyLink = nullptr;
    QAction* m_rename = nullptr;
    QAction* m_bin = nullptr;
    QAction* m_publish = nullptr;
    QVBoxLayout* m_middle = nullptr; // bars and text
    SidePanel* m_side = nullptr;
    PeopleList* m_people = nullptr;
    StatusRow* m_row = nullptr;
    QLabel* m_place = nullptr;
    RefusedBar* m_refused = nullptr;

    StateWords m_words;
    Mark m_mark = Mark::none;
    bool m_isSaved = false;
    Hosting m_hosting = Hosting::elsewhere;
    bool m_mayEdit = true;
    enum class Closing { no, whenSaved } m_closing = Closing::no;
};

} // namespace tandem
