#include "window/window_set.h"

#include "connection/outbox_courier.h"
#include "documents/document_page.h"
#include "documents/library.h"
#include "documents/publish_dialog.h"
#include "documents/start_page.h"
#include "documents/status_row.h"
#include "documents/title_question.h"
#include "editor/editor_view.h"
#include "exchange/importing.h"
#include "history/history_page.h"
#include "hosting/network_sharing.h"
#include "offline/document_place.h"
#include "offline/local_store.h"
#include "people/person_dialog.h"
#include "settings/preferences.h"
#include "window/main_window.h"

#include <QDir>
#include <QRegularExpression>
#include <QTextBlock>

namespace tandem {

WindowSet::WindowSet(Preferences& preferences, Library& library, QObject* parent)
    : QObject(parent), m_preferences(preferences), m_library(library) {
    connect(&library, &Library::renamed, this, [this](const DocumentUrl& document, const QString& title) {
        MainWindow* window = nullptr;
        if (DocumentPage* page = pageOf(document, &window))
            page->document().setTitle(title.toStdString());
    });
    connect(&library, &Library::binnedHere, this, &WindowSet::closePagesOf);
    if (!library.store())
        return;
    const auto notePerson = [this] { m_library.store()->setPersonName(m_preferences.person().name); };
    connect(&preferences, &Preferences::personChanged, this, notePerson);
    notePerson();
    const auto isOpen = [this](const DocumentUrl& document) {
        MainWindow* window = nullptr;
        return pageOf(document, &window) != nullptr || (m_sharing && m_sharing->isAway(document.server));
    };
    const auto complete = [this](const DocumentUrl& document, OutboxCourier::Use use) {
        m_library.complete(document, std::move(use));
    };
    m_courier = new OutboxCourier(*library.store(), m_preferences, isOpen, complete, this);
    m_courier->wake();
    m_sharing = new NetworkSharing(QDir(library.store()->folder()).filePath(QStringLiteral("server")), this);
    library.setOwnServers(
        [sharing = QPointer(m_sharing)](const QUrl& server) { return sharing && sharing->isOwn(server); });
    connect(m_sharing, &NetworkSharing::changed, this, [this] {
        for (MainWindow* window : windows())
            for (Page* each : window->pages())
                if (auto* page = qobject_cast<DocumentPage*>(each))
                    m_sharing->bringAlong(*page);
        m_courier->wake();
    });
}

WindowSet::~WindowSet() {
    for (const QPointer<MainWindow>& window : m_windows)
        delete window;
}

QList<MainWindow*> WindowSet::windows() const {
    QList<MainWindow*> windows;
    for (const QPointer<MainWindow>& window : m_windows)
        if (window)
            windows.append(window);
    return windows;
}

MainWindow& WindowSet::window() {
    const QList<MainWindow*> open = windows();
    for (MainWindow* each : open)
        if (each->isActiveWindow())
            return *each;
    return open.isEmpty() ? *makeWindow() : *open.last();
}

MainWindow* WindowSet::makeWindow() {
    auto* window = new MainWindow(m_preferences);
    window->setAttribute(Qt::WA_DeleteOnClose);
    m_windows.removeAll(nullptr);
    m_windows.append(window);
    window->commands().add(applicationCommands(window) + historyCommands(window) + sharingCommands(window));
    window->installEventFilter(this);
    // Where the document in front is, else at the first server that is known, else on this computer.
    auto* importing = new Importing(*window, [this, window] {
        const auto* page = qobject_cast<DocumentPage*>(window->currentPage());
        const QUrl server = page ? page->url().server : m_library.servers().value(0);
        return m_sharing && m_sharing->isOwn(server) ? QUrl() : server; // that one takes what is shared only
    });
    connect(importing, &Importing::imported, this, &WindowSet::open);
    connect(importing, &Importing::importedHere, this, &WindowSet::openNewLocal);
    window->commands().add(importing->commands());
    connect(window, &MainWindow::lastPageClosed, this, [this, window] { showStartPage(*window); });
    connect(window, &MainWindow::tabsChanged, this, &WindowSet::noteTabs);
    window->show();
    return window;
}

DocumentPage* WindowSet::pageOf(const DocumentUrl& document, MainWindow** window) const {
    for (MainWindow* each : windows()) {
        for (Page* page : each->pages()) {
            auto* open = qobject_cast<DocumentPage*>(page);
            if (!open || !open->url().isSameDocument(document))
                continue;
            *window = each;
            return open;
        }
    }
    return nullptr;
}

void WindowSet::open(const DocumentUrl& document) {
    m_library.noteOpened(document, {});
    MainWindow* at = nullptr;
    DocumentPage* page = pageOf(document, &at);
    if (page) {
        page->useLink(document);
    } else {
        at = &window();
        page = addDocumentPage(*at, document);
    }
    at->showPage(page);
    at->bringToFront();
}

// The tab is there at once; the keychain, which knows the secret, may take its time.
DocumentPage* WindowSet::addDocumentPage(MainWindow& at, const DocumentUrl& document) {
    if (m_courier)
        m_courier->letGo(document);
    auto* page = new DocumentPage(document, m_preferences, m_library.store());
    const std::optional<RecentDocument> known = m_preferences.recent().find(document);
    if (known && page->document().title().empty())
        page->document().setTitle(known->title.toStdString()); // until the server tells
    listenTo(page);
    bringNames(page);
    at.addPage(page);
    if (m_sharing) {
        page->setAddressForOthers(
            [sharing = m_sharing](const QUrl& server) { return sharing->addressForOthers(server); });
        m_sharing->bringAlong(*page);
    }
    m_library.complete(document, [page = QPointer(page)](const DocumentUrl& whole) {
        if (!page)
            return;
        page->useLink(whole);
        page->start();
    });
    return page;
}

void WindowSet::listenTo(DocumentPage* page) {
    connect(page, &DocumentPage::personRequested, this, [this, page] { choosePerson(page->window()); });
    connect(page, &DocumentPage::renameRequested, this, [this, page] { renameDocument(page); });
    connect(page, &DocumentPage::binRequested, this,
            [this, page] { moveToBin(*page, *static_cast<MainWindow*>(page->window())); });
    connect(page, &DocumentPage::publishRequested, this, [this, page] { publish(*page); });
    connect(page, &DocumentPage::shareRequested, this, [this, page] { askHowToShare(*page); });
    connect(page, &DocumentPage::copyRequested, this, &WindowSet::openNewLocal);
    connect(page, &DocumentPage::moved, this, [this, page] {
        m_library.noteOpened(page->url(), QString::fromStdString(page->document().title()));
        noteTabs();
        bringNames(page);
    });
    connect(page, &Page::titleChanged, this, [this, page] {
        m_library.noteTitle(page->url(), QString::fromStdString(page->document().title()));
    });
    connect(page, &DocumentPage::closedWithEdits, this, [this](const QString& sentence) {
        // Behind the closing, where something else is shown; the courier tries once the document is closed.
        QMetaObject::invokeMethod(
            this, [this, sentence] { tell(sentence); }, Qt::QueuedConnection);
    });
}

void WindowSet::openNewLocal(const QString& title, const QString& text) {
    SystemRandom random;
    MainWindow& at = window();
    DocumentPage* page = addDocumentPage(at, makeLocalOnly(random));
    page->document().setTitle(title.toStdString());
    if (!text.isEmpty())
        page->editor().binding().insertText(page->editor().textCursor(), text);
    at.bringToFront();
}

void WindowSet::publish(DocumentPage& page) {
    auto* dialog = new PublishDialog(
        {QString::fromStdString(page.document().title()), page.url().id, ownerSecretOf(page.document())},
        m_library, &page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PublishDialog::published, &page,
            [this, &page](const DocumentUrl& url, const QString& title) {
                page.document().setTitle(title.toStdString());
                page.moveTo(url);
            });
    dialog->open();
}

// Where people look now.
void WindowSet::tell(const QString& sentence) {
    for (MainWindow* each : windows()) {
        if (auto* document = qobject_cast<DocumentPage*>(each->currentPage()))
            document->statusRow().tell(sentence);
        else if (auto* start = qobject_cast<StartPage*>(each->currentPage()))
            start->tell(sentence);
    }
    if (m_courier)
        m_courier->wake();
}

void WindowSet::openAddress(const QString& address) {
    if (const std::optional<DocumentUrl> document = DocumentUrl::parse(address))
        open(*document);
    else if (const std::optional<QUrl> server =
                 address.isEmpty() ? std::nullopt : DocumentsClient::parseServer(address))
        showStartPage(*server);
    else
        window().bringToFront();
}

void WindowSet::showStartPage() {
    MainWindow& at = window();
    showStartPage(at);
    at.bringToFront();
}

void WindowSet::showStartPage(const QUrl& server) {
    m_preferences.addServer(server);
    MainWindow& at = window();
    showStartPage(at)->showPlace({StartPage::Place::Kind::server, server});
    at.bringToFront();
}

StartPage* WindowSet::showStartPage(MainWindow& window) {
    for (Page* page : window.pages()) {
        if (auto* start = qobject_cast<StartPage*>(page)) {
            window.showPage(start);
            return start;
        }
    }
    auto* page = new StartPage(m_library);
    connect(page, &StartPage::chosen, this, &WindowSet::open);
    connect(page, &StartPage::newLocalRequested, this, [this] { openNewLocal(); });
    window.addPage(page);
    return page;
}

void WindowSet::closePagesOf(const DocumentUrl& document) {
    for (MainWindow* window : windows()) {
        for (Page* each : window->pages()) {
            const auto* page = qobject_cast<DocumentPage*>(each);
            const auto* history = qobject_cast<HistoryPage*>(each);
            if ((page && page->url().isSameDocument(document)) ||
                (history && history->url().isSameDocument(document)))
                window->closePage(each);
        }
    }
}

// The start page says what has become of it, and offers it back.
void WindowSet::moveToBin(DocumentPage& page, MainWindow& window) {
    const DocumentUrl document = page.url();
    StartPage* start = showStartPage(window);
    start->showPlace({StartPage::Place::Kind::thisComputer, {}});
    start->moveToBin(document, page.title());
}

namespace {
// What a document without a title is about, as its first line says.
QString firstWords(const QTextDocument& text) {
    constexpr int most = 60;
    static const QRegularExpression marks(QStringLiteral("^[\\s#>*+-]+"));
    for (QTextBlock block = text.begin(); block.isValid() && block.blockNumber() < most;
         block = block.next()) {
        const QString words = block.text().remove(marks).simplified();
        if (words.size() > most)
            return words.left(std::max<qsizetype>(words.lastIndexOf(u' ', most), most / 2));
        if (!words.isEmpty())
            return words;
    }
    return {};
}
} // namespace

void WindowSet::renameDocument(DocumentPage* page) {
    const bool isUntitled = page->document().title().empty();
    const QString words = isUntitled ? firstWords(*page->editor().document()) : QString();
    askForTitle(page, tr("Rename"), tr("Title of the document"), words.isEmpty() ? page->title() : words,
                [this, page = QPointer(page)](const QString& title) {
                    if (!page)
                        return;
                    m_library.rename(
                        page->url(), title, [] {},
                        [page](const QString& sentence) {
                            if (page)
                                page->statusRow().tell(sentence);
                        });
                });
}

void WindowSet::restoreTabs() {
    const Preferences::OpenTabs tabs = m_preferences.openTabs();
    if (tabs.documents.isEmpty())
        return;
    MainWindow& at = window();
    for (const DocumentUrl& document : tabs.documents)
        addDocumentPage(at, document);
    if (tabs.current >= 0 && tabs.current < at.pages().size())
        at.showPage(at.pages()[tabs.current]);
}

void WindowSet::noteTabs() {
    if (!m_remembersTabs)
        return;
    Preferences::OpenTabs tabs;
    for (const MainWindow* each : windows()) {
        for (Page* page : each->pages()) {
            const auto* document = qobject_cast<DocumentPage*>(page);
            if (!document)
                continue;
            if (page == each->currentPage())
                tabs.current = static_cast<int>(tabs.documents.size());
            tabs.documents.append(document->url());
        }
    }
    m_preferences.setOpenTabs(tabs);
}

void WindowSet::choosePerson(QWidget* parent) {
    auto* dialog = new PersonDialog(m_preferences.person(), parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { m_preferences.setPerson(dialog->person()); });
    dialog->open();
}

void WindowSet::closeAll() {
    for (MainWindow* window : windows())
        window->close(); // may ask, and stay
}

} // namespace tandem
