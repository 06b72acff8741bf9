#include "documents/start_page.h"

#include "access/voice.h"
#include "commands/fuzzy_match.h"
#include "connection/failure_words.h"
#include "documents/title_question.h"
#include "documents/when_words.h"
#include "offline/document_place.h"
#include "offline/local_store.h"

#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QToolButton>

namespace tandem {

namespace {
constexpr int typingPauseMs = 200;
constexpr int placeRowPx = 36;
const QString restoreLink = QStringLiteral("restore");
const QString newLocalLink = QStringLiteral("new-local");
constexpr int KindRole = Qt::UserRole;
constexpr int ServerRole = Qt::UserRole + 1;
} // namespace

StartPage::StartPage(Library& library, QWidget* parent) : Page(parent), m_library(library) {
    layOut();
    makeCommands();
    listen();
    showPlaces();
    // Who has opened nothing yet begins where it works without a server.
    if (m_library.recent().isEmpty() && m_library.store())
        showPlace({Place::Kind::thisComputer, {}});
    else if (m_library.recent().isEmpty() && !m_library.servers().isEmpty())
        showPlace({Place::Kind::server, m_library.servers().front()});
    setFocusProxy(m_field);
    if (const LocalStore* store = m_library.store())
        tell(store->problem() + store->notice());
}

void StartPage::listen() {
    m_typingPause.setSingleShot(true);
    m_typingPause.setInterval(typingPauseMs);
    connect(&m_typingPause, &QTimer::timeout, this, &StartPage::refresh);
    connect(m_field, &QLineEdit::textChanged, this, [this] {
        if (shownPlace().kind == Place::Kind::server)
            m_typingPause.start();
        else
            showFiltered();
    });
    connect(m_field, &QLineEdit::returnPressed, this, &StartPage::submitField);
    connect(m_places, &QListWidget::currentRowChanged, this, &StartPage::turn);
    connect(m_binButton, &QToolButton::toggled, this, &StartPage::turn);
    connect(m_list, &DocumentList::opened, this, &StartPage::openChosen);
    connect(m_list, &DocumentList::currentMoved, this, &StartPage::showAvailable);
    connect(m_list, &DocumentList::leftUpwards, m_field, qOverload<>(&QWidget::setFocus));
    connect(m_list, &QWidget::customContextMenuRequested, this, &StartPage::showContextMenu);
    connect(&m_library, &Library::recentChanged, this, [this] {
        if (isVisible() && shownPlace().kind != Place::Kind::server) // else when it is shown
            showFiltered();
    });
    connect(&m_library, &Library::serversChanged, this, &StartPage::showPlaces);
    connect(m_message, &QLabel::linkActivated, this, [this](const QString& what) {
        if (what == newLocalLink)
            return emit newLocalRequested();
        m_library.restore(m_binned, ifAlive([this] {
                              tell({});
                              refresh();
                          }),
                          telling());
    });
}

// --- places

void StartPage::showPlaces() {
    const Place before = shownPlace();
    const QSignalBlocker quiet(m_places);
    m_places->clear();
    const auto add = [this](const QString& text, const Place& place) {
        auto* item = new QListWidgetItem(text, m_places);
        item->setSizeHint({0, placeRowPx});
        item->setData(KindRole, static_cast<int>(place.kind));
        item->setData(ServerRole, place.server);
        item->setToolTip(place.server.toString());
    };
    add(tr("Recent"), {});
    if (m_library.store())
        add(tr("On This Computer"), {Place::Kind::thisComputer});
    for (const QUrl& server : m_library.servers())
        add(server.authority(), {Place::Kind::server, server});
    showPlace(before);
}

StartPage::Place StartPage::placeAt(int row) const {
    const QListWidgetItem* item = m_places->item(row);
    if (!item)
        return {};
    return {static_cast<Place::Kind>(item->data(KindRole).toInt()), item->data(ServerRole).toUrl()};
}

void StartPage::showPlace(const Place& place) {
    int row = 0;
    for (int i = 0; i < m_places->count(); ++i)
        if (placeAt(i) == place)
            row = i;
    const QSignalBlocker quiet(m_places);
    m_places->setCurrentRow(row);
    turn();
}

StartPage::Place StartPage::shownPlace() const {
    return placeAt(m_places->currentRow());
}

void StartPage::addServer(const QString& address) {
    const std::optional<QUrl> server = DocumentsClient::parseServer(address);
    if (!server)
        return tell(
            tr("“%1” is not the address of a server. It looks like http://server:8000.").arg(address));
    m_library.addServer(*server);
    m_field->clear();
    showPlace({Place::Kind::server, *server});
}

void StartPage::askForServer() {
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Add a server"));
    dialog->setLabelText(tr("Address of the server, such as http://server:8000"));
    connect(dialog, &QInputDialog::textValueSelected, this, &StartPage::addServer);
    dialog->open();
}

void StartPage::removeServer() {
    const Place place = shownPlace();
    showPlace({});
    m_library.removeServer(place.server);
}

// --- the list

bool StartPage::showsBin() const {
    return shownPlace().kind != Place::Kind::recent && m_binButton->isChecked();
}

void StartPage::turn() {
    m_list->showRows({});
    tell({});
    refresh();
}

void StartPage::refresh() {
    m_typingPause.stop();
    const Place place = shownPlace();
    const bool isServer = place.kind == Place::Kind::server;
    m_binButton->setVisible(place.kind != Place::Kind::recent);
    setAvailable(m_removeServer, isServer, tr("No server is shown."));
    ++m_question;
    if (isServer)
        refreshFromServer(place.server);
    else
        showFiltered();
}

void StartPage::showFiltered() {
    if (shownPlace().kind == Place::Kind::recent)
        showRecent();
    else if (showsBin())
        showBinned();
    else
        showKept();
}

bool StartPage::isTyped(const QString& title) const {
    return DocumentUrl::parse(m_field->text()) || fuzzyMatch(m_field->text(), title);
}

void StartPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    refresh(); // documents have been open since
}

void StartPage::refreshFromServer(const QUrl& server) {
    tell({});
    m_list->setEmptyText(tr("Asking %1 …").arg(server.authority()));
    const bool addressTyped = DocumentUrl::parse(m_field->text()).has_value();
    m_library.list(server, showsBin() ? Library::Shelf::bin : Library::Shelf::present,
                   addressTyped ? QString() : m_field->text().simplified(),
                   ifAlive([this, server, question = m_question](const QList<DocumentEntry>& entries) {
                       if (question == m_question)
                           showEntries(server, entries);
                   }),
                   ifAlive([this, question = m_question](const QString& sentence) {
                       if (question != m_question)
                           return;
                       m_list->showRows({});
                       m_list->setEmptyText({});
                       tell(sentence, m_library.store() ? Offer::newLocal : Offer::none);
                   }));
}

void StartPage::showEntries(const QUrl& server, const QList<DocumentEntry>& entries) {
    QList<DocumentList::Row> rows;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const DocumentEntry& entry : entries)
        rows.append({{server, entry.url.id}, entry.title.simplified(), {}, whenWords(entry.updated, now)});
    m_list->setEmptyText(!m_field->text().isEmpty() ? tr("No document is called so.")
                         : showsBin()               ? tr("The bin is empty.")
                                                    : tr("No documents yet. Ctrl+N makes the first one."));
    m_list->showRows(rows);
}

void StartPage::showRecent() {
    QList<DocumentList::Row> rows;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QList<RecentDocument> recent = m_library.recent();
    for (const RecentDocument& each : recent) {
        const QString title = each.title.isEmpty() ? tr("Untitled") : each.title;
        if (isTyped(title))
            rows.append({each.url, title, m_library.placeOf(each.url), whenWords(each.opened, now)});
    }
    m_list->setEmptyText(recent.isEmpty()
                             ? tr("What you open stands here.\nPaste a link above, or make a new document.")
                             : tr("No document is called so."));
    m_list->showRows(rows);
}

void StartPage::showKept() {
    QList<DocumentList::Row> rows;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const Library::Kept& each : m_library.kept()) {
        const QString title = each.title.isEmpty() ? tr("Untitled") : each.title;
        QString place = m_library.placeOf(each.url);
        if (each.unsent > 0 && !isLocalOnly(each.url))
            place = tr("%1 · %2 not sent yet").arg(place).arg(each.unsent);
        if (isTyped(title))
            rows.append({each.url, title, place, whenWords(each.used, now)});
    }
    m_list->setEmptyText(m_field->text().isEmpty()
                             ? tr("“New Document” begins one here, without any server.\nWhat you open from "
                                  "servers is kept here as well.")
                             : tr("No document is called so."));
    m_list->showRows(rows);
}

void StartPage::showBinned() {
    QList<DocumentList::Row> rows;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const Library::Kept& each : m_library.binned()) {
        const QString title = each.title.isEmpty() ? tr("Untitled") : each.title;
        if (isTyped(title))
            rows.append({each.url, title, m_library.placeOf(each.url), whenWords(each.used, now)});
    }
    m_list->setEmptyText(m_field->text().isEmpty() ? tr("The bin is empty.")
                                                   : tr("No document is called so."));
    m_list->showRows(rows);
}

void StartPage::showAvailable() {
    const std::optional<DocumentList::Row> row = m_list->current();
    const QString whyNot = !row         ? tr("No document is chosen.")
                           : showsBin() ? tr("It is in the bin.")
                                        : QString();
    setAvailable(m_rename, whyNot.isEmpty(), whyNot);
    setAvailable(m_bin, whyNot.isEmpty(), whyNot);
    setAvailable(m_restore, row && showsBin(), tr("Only what is in a bin can be restored."));
    setAvailable(m_purge, row && showsBin() && isLocalOnly(row->url),
                 tr("Only what is in the bin of this computer can be deleted for ever."));
    setAvailable(m_forget, row && shownPlace().kind == Place::Kind::recent,
                 tr("Only recent documents can be left out."));
}

void StartPage::showContextMenu(const QPoint& at) {
    if (!m_list->current())
        return;
    QMenu menu;
    for (QAction* action : {m_rename, m_bin, m_restore, m_purge, m_forget})
        if (action->isEnabled())
            menu.addAction(action);
    menu.exec(m_list->viewport()->mapToGlobal(at));
}

// --- what is asked

void StartPage::submitField() {
    const QString text = m_field->text().trimmed();
    if (const std::optional<DocumentUrl> document = DocumentUrl::parse(text)) {
        m_field->clear();
        emit chosen(*document);
        return;
    }
    if (text.contains(QStringLiteral("://"))) {
        const QUrl url(text);
        if ((url.path().isEmpty() || url.path() == QLatin1String("/")) && DocumentsClient::parseServer(text))
            return addServer(text);
        return tell(addressWords(text));
    }
    if (const std::optional<DocumentList::Row> row = m_list->current())
        openChosen(row->url);
}

void StartPage::openChosen(const DocumentUrl& document) {
    if (!showsBin())
        return emit chosen(document);
    m_binned = document;
    tell(tr("It is in the bin."), Offer::restoreBinned);
}

QUrl StartPage::serverForNew() const {
    const Place place = shownPlace();
    if (place.kind == Place::Kind::server)
        return place.server;
    const QList<QUrl> servers = m_library.servers();
    if (!m_library.store())
        return servers.value(0);
    if (place.kind == Place::Kind::thisComputer)
        return {};
    for (const RecentDocument& each : m_library.recent())
        if (isLocalOnly(each.url) || servers.contains(each.url.server))
            return each.url.server;
    return {};
}

void StartPage::createDocument() {
    const QUrl server = serverForNew();
    if (server.isEmpty() && m_library.store())
        return emit newLocalRequested();
    if (server.isEmpty())
        return tell(tr("A new document needs a server. Add one first."));
    askForTitle(this, tr("New document"), tr("Title of the document on %1").arg(server.authority()), {},
                [this, server](const QString& title) {
                    m_library.create(server, {title},
                                     ifAlive([this](const DocumentUrl& document) { emit chosen(document); }),
                                     telling());
                });
}

void StartPage::rename() {
    const std::optional<DocumentList::Row> row = m_list->current();
    if (!row)
        return;
    askForTitle(this, tr("Rename"), tr("Title of the document"), row->title,
                [this, url = row->url](const QString& title) {
                    m_library.rename(url, title, ifAlive([this] { refresh(); }), telling());
                });
}

void StartPage::moveCurrentToBin() {
    if (const std::optional<DocumentList::Row> row = m_list->current())
        moveToBin(row->url, row->title);
}

void StartPage::moveToBin(const DocumentUrl& document, const QString& title) {
    m_library.bin(document, ifAlive([this, document, title] {
                      m_binned = document;
                      refresh();
                      tell(isLocalOnly(document) ? tr("“%1” is in the bin.").arg(title)
                                                 : tr("“%1” is in the bin, for 30 days.").arg(title),
                           Offer::restoreBinned);
                  }),
                  telling());
}

void StartPage::restore() {
    if (const std::optional<DocumentList::Row> row = m_list->current())
        m_library.restore(row->url, ifAlive([this, row] {
                              refresh();
                              tell(tr("“%1” is back.").arg(row->title));
                          }),
                          telling());
}

void StartPage::askToPurge() {
    const std::optional<DocumentList::Row> row = m_list->current();
    if (!row)
        return;
    auto* question = new QMessageBox(QMessageBox::NoIcon, tr("Delete for ever"),
                                     tr("Delete “%1” for ever?").arg(row->title), QMessageBox::Cancel, this);
    question->setTextFormat(Qt::PlainText);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setInformativeText(
        tr("It is on this computer only. Its text and its history are gone then, and nothing brings them "
           "back."));
    question->setDefaultButton(QMessageBox::Cancel);
    const QPushButton* purge = question->addButton(tr("&Delete for Ever"), QMessageBox::DestructiveRole);
    connect(purge, &QPushButton::clicked, this, [this, row] {
        m_library.purge(row->url);
        refresh();
        tell(tr("“%1” is deleted.").arg(row->title));
    });
    question->open();
}

void StartPage::forget() {
    if (const std::optional<DocumentList::Row> row = m_list->current())
        m_library.forget(row->url);
}

DocumentsClient::Failed StartPage::telling() {
    return ifAlive([this](const QString& sentence) { tell(sentence); });
}

void StartPage::tell(const QString& sentence, Offer offer) {
    const auto linked = [this](const QString& target, const QString& words) {
        return QStringLiteral(" <a href=\"%1\" style=\"color:%2\">%3</a>")
            .arg(target, palette().color(QPalette::Link).name(), words.toHtmlEscaped());
    };
    QString shown = sentence.toHtmlEscaped();
    if (offer == Offer::restoreBinned)
        shown += linked(restoreLink, tr("Restore"));
    else if (offer == Offer::newLocal)
        shown += linked(newLocalLink, tr("Write on this computer"));
    m_message->setText(shown);
    m_message->setVisible(!sentence.isEmpty());
    if (!sentence.isEmpty())
        say(*this, sentence);
}

} // namespace tandem
