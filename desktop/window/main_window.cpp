#include "window/main_window.h"

#include "editor/editor_view.h"
#include "settings/preferences.h"
#include "window/people_list.h"
#include "window/person_dialog.h"
#include "window/status_item.h"
#include "window/title_label.h"

#include <QClipboard>
#include <QCloseEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QStatusBar>
#include <QTextBlock>

namespace tandem {

namespace {
constexpr int countdownMs = 500;
constexpr int messageMs = 6'000;
constexpr QSize usualSize(1080, 720);
} // namespace

MainWindow::MainWindow(DocumentUrl url, Preferences& preferences, QWidget* parent)
    : QMainWindow(parent)
    , m_url(std::move(url))
    , m_preferences(preferences)
    , m_document(m_random)
    , m_editor(new EditorView(m_document, m_clock, this)) {
    setCentralWidget(m_editor);
    resize(usualSize);
    makePeople();
    makeActions();
    makeToolBar();
    makeStatusBar();
    tintIcons();

    if (const std::optional<qreal> size = m_preferences.textSize())
        m_editor->setTextSize(*size);
    connect(m_editor, &EditorView::textSizeChanged, this,
            [this](qreal points) { m_preferences.setTextSize(points); });
    connect(m_editor, &QPlainTextEdit::cursorPositionChanged, this, &MainWindow::showPlace);
    connect(m_editor, &EditorView::historyChanged, this, &MainWindow::showHistory);
    connect(m_editor, &EditorView::selectionMoved, this, [this](const Selection& selection) {
        if (m_client)
            m_client->setSelection(selection);
    });
    connect(&m_editor->binding(), &DocumentBinding::editRefused, this, [this](const QString& reason) {
        statusBar()->showMessage(tr("That edit was taken back: %1").arg(reason), messageMs);
    });
    m_document.onPeersChanged = [this] { showPeople(); };
    m_document.onTitleChanged = [this] { showTitle(); };
    m_countdown.setInterval(countdownMs);
    connect(&m_countdown, &QTimer::timeout, this, &MainWindow::refreshStatus);

    showTitle();
    showPeople();
    showPlace();
    showStatus({});
    restoreGeometry(m_preferences.windowGeometry());
    restoreState(m_preferences.windowState());
    m_editor->setFocus();
}

MainWindow::~MainWindow() {
    m_client.reset();
    delete m_editor; // it shows the document, which goes next
}

void MainWindow::start() {
    m_client.reset(); // first: it lets go of the document
    m_client = std::make_unique<QtClient>(m_document, m_url, m_preferences.person(),
                                          "tandem-desktop/" TANDEM_VERSION);
    connect(m_client.get(), &QtClient::stateChanged, this, &MainWindow::refreshStatus);
    connect(m_client.get(), &QtClient::edited, this, &MainWindow::refreshStatus);
    connect(m_client.get(), &QtClient::outboxChanged, this, &MainWindow::refreshStatus);
    m_client->setSelection(m_editor->selection());
    m_client->start();
    showPeople();
    refreshStatus();
}

// --- what is shown

void MainWindow::refreshStatus() {
    const ConnectionStatus status = statusOf(m_client->session(), m_document);
    showStatus(status);
    if (status.retryInMs)
        m_countdown.start();
    else
        m_countdown.stop();
    if (m_closing == Closing::whenSaved && m_document.outbox().empty()) {
        m_closing = Closing::now;
        QMetaObject::invokeMethod(this, &QWidget::close,
                                  Qt::QueuedConnection); // not from within the client's signal
    }
}

void MainWindow::showStatus(const ConnectionStatus& status) {
    m_status->show(stateWords(status));
    m_editor->setReadOnly(!status.mayEdit);
    showHistory();
}

void MainWindow::showHistory() {
    m_undo->setEnabled(m_editor->canUndo());
    m_redo->setEnabled(m_editor->canRedo());
}

void MainWindow::showPeople() {
    m_people->show(m_preferences.person(), m_document.peers());
    m_editor->showPeers();
}

void MainWindow::showTitle() {
    const QString title = QString::fromStdString(m_document.title()).simplified();
    m_titleLabel->setText(title);
    setWindowTitle(title.isEmpty() ? tr("Tandem") : tr("%1 – Tandem").arg(title));
}

void MainWindow::showPlace() {
    const QTextCursor cursor = m_editor->textCursor();
    m_place->setText(
        tr("Line %1, column %2").arg(cursor.blockNumber() + 1).arg(cursor.positionInBlock() + 1));
}

void MainWindow::revealPerson(const QString& session) {
    for (const Peer& peer : m_document.peers().all()) {
        if (peer.session != session.toStdString() || !peer.selection)
            continue;
        if (const std::optional<int> position = m_editor->binding().positionOf(peer.selection->head))
            m_editor->reveal(*position);
    }
}

// --- what is asked

void MainWindow::copyLink() {
    QGuiApplication::clipboard()->setText(m_url.link().toString());
    statusBar()->showMessage(tr("The link is on the clipboard. Whoever has it can open this document."),
                             messageMs);
}

void MainWindow::choosePerson() {
    auto* dialog = new PersonDialog(m_preferences.person(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_preferences.setPerson(dialog->person());
        emit personChosen();
    });
    dialog->open();
}

// Edits are not kept on this computer's disk: say so.
void MainWindow::askBeforeClosing() {
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
        m_closing = Closing::now;
        close();
    });
    question->open();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (m_closing != Closing::now && !m_document.outbox().empty()) {
        event->ignore();
        askBeforeClosing();
        return;
    }
    m_preferences.setWindow(saveGeometry(), saveState());
    event->accept();
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_status)
        tintIcons();
}

} // namespace tandem
