#include "documents/document_page.h"

#include "access/voice.h"
#include "documents/refused_bar.h"
#include "documents/side_panel.h"
#include "documents/status_row.h"
#include "editor/editor_view.h"
#include "editor/tools/editor_tools.h"
#include "exchange/document_file.h"
#include "offline/document_place.h"
#include "offline/local_store.h"
#include "offline/stored_journal.h"
#include "people/arrivals.h"
#include "people/following.h"
#include "people/known_authors.h"
#include "people/people_list.h"
#include "settings/preferences.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSplitter>
#include <QTextBlock>
#include <QVBoxLayout>

namespace tandem {

namespace {
constexpr int countdownMs = 500;

Page::Mark markOf(const ConnectionStatus& status) {
    if (status.isLocalOnly || status.hasSharingEnded)
        return status.kept == ConnectionStatus::Kept::onDisk ? Page::Mark::none : Page::Mark::unsaved;
    switch (status.state) {
    case ClientSession::State::offline:
    case ClientSession::State::stopped:
        return Page::Mark::offline;
    case ClientSession::State::connecting:
    case ClientSession::State::joining:
    case ClientSession::State::live:
        break;
    }
    return status.unsaved > 0 ? Page::Mark::unsaved : Page::Mark::none;
}
} // namespace

DocumentPage::DocumentPage(DocumentUrl url, Preferences& preferences, LocalStore* store, QWidget* parent)
    : Page(parent)
    , m_url(std::move(url))
    , m_preferences(preferences)
    , m_store(store)
    , m_isNew(store && isLocalOnly(m_url) && !store->has(storeKeyOf(m_url)))
    , m_document(m_random)
    , m_journal(store ? store->keep(storeKeyOf(m_url), storeLinkOf(m_url), m_document) : nullptr)
    , m_editor(new EditorView(m_document, m_clock, this))
    , m_authors(std::make_unique<KnownAuthors>(m_document, m_preferences))
    , m_tools(std::make_unique<EditorTools>(*m_editor, m_document, m_clock, m_preferences, m_url.id,
                                            m_authors.get())) {
    m_authors->setPlace(m_url);
    if (m_store)
        m_authors->setKept(m_store->namesOf(storeKeyOf(m_url)).authors);
    layOut();
    m_following = new Following(m_document.peers(), *m_editor, m_editor);
    m_arrivals = std::make_unique<Arrivals>(m_document.peers());
    makeCommands();
    listen();
    if (m_store)
        listenTo(*m_store);
    if (const std::optional<qreal> size = m_preferences.textSize())
        m_editor->setTextSize(*size);
    m_side->showPanel(m_preferences.sidePanel());
    showPeople();
    showPlace();
    if (isLocalOnly(m_url))
        refreshStatus();
    else
        showStatus({.state = ClientSession::State::connecting});
    setFocusProxy(m_editor);
}

DocumentPage::~DocumentPage() {
    m_client.reset();
    m_tools.reset();
    delete m_editor; // it shows the document, which goes next
    m_journal.reset();
    if (m_isNew && isLocalOnly(m_url) && m_document.outbox().empty() && m_document.title().empty())
        m_store->forget(storeKeyOf(m_url)); // nobody has written anything into it
}

void DocumentPage::layOut() {
    m_side = new SidePanel;
    m_people = new PeopleList;
    m_row = new StatusRow;
    m_place = new QLabel;
    m_row->addFact(m_place);
    m_row->addFact(m_tools->languageButton());

    auto* middle = new QWidget;
    m_middle = new QVBoxLayout(middle);
    m_middle->setContentsMargins(0, 0, 0, 0);
    m_middle->setSpacing(0);
    m_middle->addWidget(m_editor, 1);
    addBar(m_tools->goToLine(), Edge::beneath);
    addBar(m_tools->findBar(), Edge::beneath);
    m_refused = new RefusedBar;
    addBar(m_refused, Edge::above);

    auto* splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(middle);
    splitter->addWidget(m_tools->preview());
    splitter->addWidget(m_side);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(splitter, 1);
    column->addWidget(m_row);
}

void DocumentPage::addBar(QWidget* bar, Edge edge) {
    m_middle->insertWidget(edge == Edge::above ? m_middle->indexOf(m_editor) : m_middle->count(), bar);
}

void DocumentPage::listen() {
    connect(m_editor, &EditorView::textSizeChanged, &m_preferences, &Preferences::setTextSize);
    connect(&m_preferences, &Preferences::textSizeChanged, m_editor, &EditorView::setTextSize);
    connect(&m_preferences, &Preferences::personChanged, this, &DocumentPage::start);
    connect(m_side, &SidePanel::shownChanged, &m_preferences, &Preferences::setSidePanel);
    connect(m_editor, &QPlainTextEdit::cursorPositionChanged, this, &DocumentPage::showPlace);
    connect(m_editor, &EditorView::historyChanged, this, &DocumentPage::showHistory);
    connect(m_editor, &EditorView::selectionMoved, this, [this](const Selection& selection) {
        if (m_client)
            m_client->setSelection(selection);
    });
    connect(&m_editor->binding(), &DocumentBinding::editRefused, this,
            [this](const QString& reason) { m_row->tell(tr("That edit was taken back: %1").arg(reason)); });
    connect(m_people, &PeopleList::followRequested, this,
            [this](const QString& session) { m_following->toggle(session.toStdString()); });
    connect(m_people, &PeopleList::jumpRequested, this,
            [this](const QString& session) { m_following->jumpTo(session.toStdString()); });
    connect(m_following, &Following::changed, this, &DocumentPage::showPeople);
    connect(m_following, &Following::changed, this, [this] {
        const QString followed = m_following->words();
        say(*this, followed.isEmpty() ? tr("Nobody is followed any more.") : followed);
    });
    connect(m_arrivals.get(), &Arrivals::told, this,
            [this](const QString& sentence) { say(*this, sentence); });
    connect(&m_editor->binding(), &DocumentBinding::editsShown, m_following, &Following::peersChanged);
    connect(m_editor, &EditorView::insertionRefused, m_row, &StatusRow::tell);
    connect(m_authors.get(), &KnownAuthors::changed, this, [this] {
        m_editor->viewport()->update();
        if (m_store) // for when the server is away
            m_store->nameAuthors(storeKeyOf(m_url), m_authors->names());
    });
    connect(m_people, &PeopleList::ownNameChosen, this, &DocumentPage::personRequested);
    connect(m_refused, &RefusedBar::saveRequested, this, &DocumentPage::saveCopy);
    connect(m_refused, &RefusedBar::copyRequested, this,
            [this] { emit copyRequested(title(), QString::fromStdString(m_document.replica().text())); });
    connect(&m_row->status(), &StatusItem::retryRequested, this, [this] {
        if (m_client)
            m_client->retryNow();
    });
    m_document.onPeersChanged = [this] { showPeople(); };
    m_document.onTitleChanged = [this] {
        m_tools->setTitle(title());
        emit titleChanged();
    };
    m_countdown.setInterval(countdownMs);
    connect(&m_countdown, &QTimer::timeout, this, &DocumentPage::refreshStatus);
}

void DocumentPage::listenTo(LocalStore& store) {
    connect(&store, &LocalStore::problemChanged, this, &DocumentPage::refreshStatus);
    connect(&store, &LocalStore::noticed, m_row, &StatusRow::tell);
    if (!store.notice().isEmpty())
        m_row->tell(store.notice());
}

void DocumentPage::start() {
    m_client.reset(); // first: it lets go of the document
    m_document.mutablePeers().reset({});
    if (isLocalOnly(m_url) || m_hosting == Hosting::ended) {
        m_document.onEdited = [this] { refreshStatus(); };
        showPeople();
        return refreshStatus();
    }
    m_client = std::make_unique<QtClient>(m_document, m_url, m_preferences.person(),
                                          "tandem-desktop/" TANDEM_VERSION);
    connect(m_client.get(), &QtClient::stateChanged, this, &DocumentPage::refreshStatus);
    connect(m_client.get(), &QtClient::edited, this, &DocumentPage::refreshStatus);
    connect(m_client.get(), &QtClient::outboxChanged, this, &DocumentPage::refreshStatus);
    m_client->setSelection(m_editor->selection());
    m_client->start();
    showPeople();
    refreshStatus();
}

void DocumentPage::useLink(const DocumentUrl& url) {
    if (url.token == m_url.token || url.token.isEmpty())
        return;
    m_url = url;
    m_authors->setPlace(m_url);
    if (m_client)
        start();
}

void DocumentPage::moveTo(const DocumentUrl& url) {
    const QString before = storeKeyOf(m_url);
    m_url = url;
    m_hosting = Hosting::elsewhere; // until someone says otherwise
    m_authors->setPlace(m_url);
    if (m_store) {
        m_journal = m_store->move(std::move(m_journal), storeKeyOf(m_url), storeLinkOf(m_url), m_document);
        m_store->forget(before); // behind the new one, so that one of them is there at any moment
    }
    start();
    emit moved();
    emit titleChanged();
}

void DocumentPage::setHosting(Hosting hosting) {
    const Hosting before = std::exchange(m_hosting, hosting);
    if ((before == Hosting::ended) == (hosting == Hosting::ended))
        return;
    start();
    if (before == Hosting::shared)
        m_row->tell(tr("You can go on writing. Others see it when you share this document again."));
    emit titleChanged();
}

bool DocumentPage::isLive() const {
    return m_client && m_client->session().state() == ClientSession::State::live;
}

// --- what is shown

QString DocumentPage::title() const {
    const QString title = QString::fromStdString(m_document.title()).simplified();
    return title.isEmpty() ? tr("Untitled") : title;
}

Page::Mark DocumentPage::mark() const {
    return m_mark;
}

QString DocumentPage::description() const {
    const QString place = isLocalOnly(m_url)                ? tr("On this computer only")
                          : m_hosting == Hosting::elsewhere ? m_url.server.authority()
                          : m_hosting == Hosting::shared    ? tr("On this computer, shared on the network")
                                                            : tr("On this computer, not shared now");
    return QStringLiteral("%1\n%2\n%3").arg(title(), place, m_words.words);
}

ConnectionStatus DocumentPage::status() const {
    ConnectionStatus status;
    if (m_client)
        status = statusOf(m_client->session(), m_document);
    status.isLocalOnly = isLocalOnly(m_url);
    status.hasSharingEnded = m_hosting == Hosting::ended;
    if (!m_store || !m_store->isKeeping())
        status.kept = ConnectionStatus::Kept::inMemory;
    if (m_store && status.problem.isEmpty())
        status.problem = m_store->problem();
    return status;
}

void DocumentPage::refreshStatus() {
    const ConnectionStatus status = this->status();
    showStatus(status);
    if (status.retryInMs)
        m_countdown.start();
    else
        m_countdown.stop();
    const bool isSaved = status.state == ClientSession::State::live && status.unsaved == 0;
    if (isSaved && !std::exchange(m_isSaved, isSaved))
        emit saved();
    m_isSaved = isSaved;
    if (m_closing == Closing::whenSaved && m_document.outbox().empty()) {
        m_closing = Closing::no;
        // Not from within the client's signal: the page goes.
        QMetaObject::invokeMethod(this, &Page::closeAllowed, Qt::QueuedConnection);
    }
}

void DocumentPage::showStatus(const ConnectionStatus& status) {
    m_words = stateWords(status);
    m_row->status().show(m_words);
    m_arrivals->setConnected(status.state == ClientSession::State::live);
    const bool isRefused = status.state == ClientSession::State::stopped;
    m_refused->show(isRefused ? status.problem : QString(), status.kept);
    if (status.mayEdit != m_mayEdit)
        showRole(status.mayEdit);
    showReach(status);
    showHistory();
    if (m_mark != markOf(status)) {
        m_mark = markOf(status);
        emit titleChanged();
    }
}

// What is of no use while nobody can reach it.
void DocumentPage::showReach(const ConnectionStatus& status) {
    m_publish->setVisible(status.isLocalOnly);
    m_bin->setVisible(status.isLocalOnly);
    setAvailable(m_copyLink, !status.isLocalOnly && !status.hasSharingEnded,
                 status.isLocalOnly ? tr("It is on this computer only. Publish it first.")
                                    : tr("It is not shared now. Share it again first."));
    if (m_mayEdit)
        setAvailable(m_rename, !status.hasSharingEnded, tr("It is not shared now. Share it again first."));
}

void DocumentPage::showRole(bool mayEdit) {
    m_mayEdit = mayEdit;
    m_editor->setReadOnly(!mayEdit);
    for (const Command& command : m_commands)
        if (command.needs == Command::Needs::editing)
            setAvailable(command.action, mayEdit, tr("With this link you may only read."));
    m_row->tell(mayEdit ? tr("You may edit this document now.") : tr("With this link you may only read."));
}

void DocumentPage::showHistory() {
    if (!m_mayEdit)
        return; // off as a whole
    m_undo->setEnabled(m_editor->canUndo());
    m_redo->setEnabled(m_editor->canRedo());
}

void DocumentPage::showPeople() {
    m_following->peersChanged();
    m_arrivals->peersChanged();
    m_people->show(m_preferences.person(), m_document.peers(), m_following->session());
    m_editor->showPeers();
    for (const Command& command : m_commands)
        if (command.section == Section::peopleHere)
            setAvailable(command.action, !m_document.peers().all().empty(), tr("Nobody else is here."));
}

void DocumentPage::showPlace() {
    const QTextCursor cursor = m_editor->textCursor();
    m_place->setText(
        tr("Line %1, column %2").arg(cursor.blockNumber() + 1).arg(cursor.positionInBlock() + 1));
}

// --- what is asked

DocumentUrl DocumentPage::urlForOthers() const {
    return {m_addressForOthers ? m_addressForOthers(m_url.server) : m_url.server, m_url.id, m_url.token};
}

void DocumentPage::copyLink() {
    QGuiApplication::clipboard()->setText(urlForOthers().link().toString());
    m_row->tell(tr("The link is on the clipboard. Whoever has it can open this document."));
}

void DocumentPage::saveCopy() {
    const QString file =
        QFileDialog::getSaveFileName(this, tr("Save a Copy"), title() + QStringLiteral(".txt"));
    if (file.isEmpty())
        return;
    const QString problem = writeWholeFile(file, m_document.replica().text());
    m_row->tell(problem.isEmpty() ? tr("The text is in %1.").arg(file) : problem);
}

bool DocumentPage::askToClose() {
    const std::size_t unsaved = m_document.outbox().size();
    if (unsaved == 0)
        return true;
    if (m_store && m_store->flush()) {
        if (!isLocalOnly(m_url) && m_hosting != Hosting::ended)
            emit closedWithEdits(unsaved == 1
                                     ? tr("1 edit of “%1” is kept on this computer, and goes to the "
                                          "server when it can be reached.")
                                           .arg(title())
                                     : tr("%2 edits of “%1” are kept on this computer, and go to the "
                                          "server when it can be reached.")
                                           .arg(title())
                                           .arg(unsaved));
        return true;
    }
    askAboutUnsaved();
    return false;
}

// The disk keeps nothing now: say so.
void DocumentPage::askAboutUnsaved() {
    const std::size_t unsaved = m_document.outbox().size();
    auto* question = new QMessageBox(QMessageBox::NoIcon, tr("Not everything is saved"),
                                     unsaved == 1 ? tr("1 edit has not reached the server.")
                                                  : tr("%1 edits have not reached the server.").arg(unsaved),
                                     QMessageBox::NoButton, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setInformativeText(
        tr("What the server does not have is only in this window, and is lost if it closes now. It can close "
           "by itself as soon as everything is saved."));
    QPushButton* wait = question->addButton(tr("Close when saved"), QMessageBox::AcceptRole);
    QPushButton* lose = question->addButton(tr("Close anyway"), QMessageBox::DestructiveRole);
    question->addButton(QMessageBox::Cancel);
    question->setDefaultButton(wait);
    connect(wait, &QPushButton::clicked, this, [this] {
        m_closing = Closing::whenSaved;
        if (m_client) {
            m_client->retryNow();
            refreshStatus();
        }
    });
    connect(lose, &QPushButton::clicked, this, [this] {
        // Not from within the question, which goes with the page.
        QMetaObject::invokeMethod(this, &Page::closeAllowed, Qt::QueuedConnection);
    });
    connect(question, &QDialog::rejected, this, &Page::closeRefused);
    question->open();
}

} // namespace tandem
