// Where to start: recent documents, those on this computer, those of each known server and in all their bins,
// a new one, or an address that someone sent. One field does the finding: what is typed filters the list, an
// address in it is opened. Owned by its window; emits chosen(); the library must outlive it.
#pragma once

#include "documents/document_list.h"
#include "documents/library.h"
#include "documents/page.h"

#include <QPointer>
#include <QTimer>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QToolButton;

namespace tandem {

class StartPage final : public Page {
    Q_OBJECT
public:
    explicit StartPage(Library& library, QWidget* parent = nullptr);

    QString title() const override { return tr("Start"); }
    QList<Command> commands() const override { return m_commands; }

    struct Place {
        enum class Kind { recent, thisComputer, server } kind = Kind::recent;
        QUrl server = {};

        friend bool operator==(const Place&, const Place&) = default;
    };
    void showPlace(const Place& place);
    Place shownPlace() const;

    // A sentence above the list, until another list is shown. Empty: none.
    void tell(const QString& sentence) { tell(sentence, Offer::none); }

    // On this computer at once, where its documents are shown; on a server it asks for a title, makes one
    // there and opens it. Among the recent ones: where the last of these is.
    void createDocument();

    // One of this computer, or of a server.
    void moveToBin(const DocumentUrl& document, const QString& title);

signals:
    void chosen(const tandem::DocumentUrl& document);
    void newLocalRequested();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void layOut();
    QWidget* makePlaces();
    QWidget* makeDocuments();
    void makeCommands();
    void listen();

    void showPlaces();
    Place placeAt(int row) const;
    void turn(); // to another list
    void refresh();
    void refreshFromServer(const QUrl& server);
    void showRecent();
    void showKept();
    void showBinned();
    void showFiltered();
    void showEntries(const QUrl& server, const QList<DocumentEntry>& entries);
    void showAvailable();
    void showContextMenu(const QPoint& at);

    void submitField();
    void addServer(const QString& address);
    void askForServer();
    void removeServer();
    void rename();
    void moveCurrentToBin();
    void restore();
    void askToPurge();
    void forget();
    void openChosen(const DocumentUrl& document);

    enum class Offer { none, restoreBinned, newLocal };
    void tell(const QString& sentence, Offer offer);
    DocumentsClient::Failed telling();
    // Answers may come when the page is gone.
    template <class Use>
    auto ifAlive(Use use) {
        return [alive = QPointer<StartPage>(this), use = std::move(use)](const auto&... what) {
            if (alive)
                use(what...);
        };
    }
    bool showsBin() const;
    QUrl serverForNew() const; // empty: this computer
    bool isTyped(const QString& title) const;

    Library& m_library;
    QListWidget* m_places = nullptr;
    QLineEdit* m_field = nullptr;
    QToolButton* m_binButton = nullptr;
    QPushButton* m_newButton = nullptr;
    DocumentList* m_list = nullptr;
    QLabel* m_message = nullptr;
    QTimer m_typingPause; // before a server is asked
    int m_question = 0;   // the last one that a server was asked; answers to others come too late
    DocumentUrl m_binned; // the last one

    QList<Command> m_commands;
    QAction* m_rename = nullptr;
    QAction* m_bin = nullptr;
    QAction* m_restore = nullptr;
    QAction* m_purge = nullptr;
    QAction* m_forget = nullptr;
    QAction* m_removeServer = nullptr;
};

} // namespace tandem
