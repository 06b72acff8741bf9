// One document in one window: menus, text, people, state. It forwards and decides nothing. Owned by a
// WindowSet; owns the document and its connection; lives on the event-loop thread. Preferences must outlive
// it.
#pragma once

#include "connection/state_words.h"
#include "qt/document_url.h"
#include "qt/qt_client.h"

#include <QMainWindow>
#include <QTimer>

#include <memory>

class QLabel;

namespace tandem {

class EditorView;
class PeopleList;
class Preferences;
class StatusItem;
class TitleLabel;

class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(DocumentUrl url, Preferences& preferences, QWidget* parent = nullptr);
    ~MainWindow() override;

    // Connects, or connects again as the person that the preferences name now.
    void start();

    const DocumentUrl& url() const { return m_url; }
    OpenDocument& document() { return m_document; }
    EditorView& editor() { return *m_editor; }
    void showStatus(const ConnectionStatus& status);
    void showPeople();
    void showTitle();

signals:
    void openRequested();
    void quitRequested();
    void personChosen();
    void themeChosen(tandem::theme::Choice choice);

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void makeActions();
    void makeFileMenu();
    void makeEditMenu();
    void makeViewMenu();
    void makeHelpMenu();
    void makeToolBar();
    void makePeople();
    void makeStatusBar();
    QAction* makeAction(const QString& text, const QKeySequence& shortcut, std::function<void()> use);
    void tintIcons();

    void refreshStatus();
    void showHistory();
    void showPlace();
    void copyLink();
    void choosePerson();
    void revealPerson(const QString& session);
    void askBeforeClosing();

    DocumentUrl m_url;
    Preferences& m_preferences;
    SystemRandom m_random;
    SystemClock m_clock;
    OpenDocument m_document;
    EditorView* m_editor;
    std::unique_ptr<QtClient> m_client; // after the document, before which it goes
    QTimer m_countdown;                 // while the words hold seconds

    QAction* m_open = nullptr;
    QAction* m_copyLink = nullptr;
    QAction* m_undo = nullptr;
    QAction* m_redo = nullptr;
    QAction* m_peopleShown = nullptr;
    TitleLabel* m_titleLabel = nullptr;
    PeopleList* m_people = nullptr;
    StatusItem* m_status = nullptr;
    QLabel* m_place = nullptr;

    enum class Closing { no, whenSaved, now } m_closing = Closing::no;
};

} // namespace tandem
