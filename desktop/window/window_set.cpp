#include "window/window_set.h"

#include "connection/outbox_courier.h"
#include "documents/document_page.h"
#include "documents/publish_dialog.h"
#include "documents/start_page.h"
#include "documents/status_row.h"
#include "editor/editor_view.h"
#include "exchange/importing.h"
#include "offline/document_place.h"
#include "offline/local_store.h"
#include "people/person_dialog.h"
#include "settings/preferences.h"
#include "window/main_window.h"

#include <QApplication>
#include <QCryptographicHash>

namespace tandem {

namespace {
// The same each time for the same document, so that publishing can be repeated; nobody else can know it.
QString ownerSecretOf(const OpenDocument& document) {
    const std::vector<OpenDocument::Author> authors = document.authorsOfOutbox();
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData("tandem owner secret ");
    hash.addData(QByteArray::fromStdString(authors.empty() ? std::string() : authors.front().key));
    return QString::fromLatin1(
        hash.result().toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}
} // namespace

WindowSet::WindowSet(Preferences& preferences, LocalStore* store, QObject* parent)
    : QObject(parent), m_preferences(preferences), m_store(store) {
    if (!m_store)
        return;
    const auto isOpen = [this](const DocumentUrl& document) {
        MainWindow* window = nullptr;
        return pageOf(document, &window) != nullptr;
    };
    m_courier = new OutboxCourier(*m_store, m_preferences, isOpen, this);
    m_courier->wake();
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
    window->commands().add(applicationCommands(window));
    // Where the document in front is, else where documents were opened last.
    auto* importing = new Importing(*window, [this, window] {
        const auto* page = qobject_cast<DocumentPage*>(window->currentPage());
        return page && !isLocalOnly(page->url()) ? page->url().server : m_preferences.server();
    });
    connect(importing, &Importing::imported, this, &WindowSet::open);
    window->commands().add(importing->commands());
    connect(window, &MainWindow::lastPageClosed, this, [this, window] { showStartPage(*window); });
    window->show();
    return window;
}

DocumentPage* WindowSet::pageOf(const DocumentUrl& document, MainWindow** window) const {
    for (MainWindow* each : windows()) {
        for (Page* page : each->pages()) {
            auto* open = qobject_cast<DocumentPage*>(page);
            if (!open || open->url().id != document.id || open->url().server != document.server)
                continue;
            *window = each;
            return open;
        }
    }
    return nullptr;
}

void WindowSet::open(const DocumentUrl& document) {
    MainWindow* at = nullptr;
    if (DocumentPage* page = pageOf(document, &at)) {
        page->useLink(document);
        at->showPage(page);
        at->bringToFront();
        return;
    }
    addDocument(document)->window()->raise();
}

DocumentPage* WindowSet::addDocument(const DocumentUrl& document) {
    if (m_courier)
        m_courier->letGo(document);
    MainWindow& at = window();
    auto* page = new DocumentPage(document, m_preferences, m_store);
    connect(page, &DocumentPage::personRequested, this, [this, page] { choosePerson(page->window()); });
    connect(page, &DocumentPage::publishRequested, this, [this, page] { publish(*page); });
    connect(page, &DocumentPage::copyRequested, this, &WindowSet::openNewLocal);
    connect(page, &DocumentPage::closedWithEdits, this, [this](const QString& sentence) {
        // Behind the closing, where something else is shown; the courier tries once the document is closed.
        QMetaObject::invokeMethod(
            this, [this, sentence] { tell(sentence); }, Qt::QueuedConnection);
    });
    at.addPage(page);
    page->start();
    at.bringToFront();
    return page;
}

void WindowSet::openNewLocal(const QString& title, const QString& text) {
    SystemRandom random;
    DocumentPage* page = addDocument(makeLocalOnly(random));
    page->document().setTitle(title.toStdString());
    if (!text.isEmpty())
        page->editor().binding().insertText(page->editor().textCursor(), text);
}

void WindowSet::publish(DocumentPage& page) {
    auto* dialog = new PublishDialog(
        {page.url().id, QString::fromStdString(page.document().title()), ownerSecretOf(page.document())},
        m_preferences, &page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PublishDialog::published, &page, [&page](const DocumentUrl& url, const QString& title) {
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

void WindowSet::showStartPage() {
    MainWindow& at = window();
    showStartPage(at);
    at.bringToFront();
}

void WindowSet::showStartPage(MainWindow& window) {
    for (Page* page : window.pages()) {
        if (qobject_cast<StartPage*>(page)) {
            window.showPage(page);
            return;
        }
    }
    auto* page = new StartPage(m_preferences, m_store);
    connect(page, &StartPage::chosen, this, &WindowSet::open);
    connect(page, &StartPage::newLocalRequested, this, [this] { openNewLocal(); });
    window.addPage(page);
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
