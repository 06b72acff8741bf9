#include "documents/start_page.h"

#include "documents/local_list.h"
#include "offline/local_store.h"
#include "protocol/limits.h"
#include "settings/preferences.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace tandem {

namespace {
constexpr int AddressRole = Qt::UserRole;

QLabel* heading(const QString& text, QWidget* buddy) {
    auto* label = new QLabel(text);
    QFont font = label->font();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    label->setBuddy(buddy);
    return label;
}
} // namespace

StartPage::StartPage(Preferences& preferences, LocalStore* store, QWidget* parent)
    : Page(parent)
    , m_preferences(preferences)
    , m_address(new QLineEdit)
    , m_server(new QLineEdit(preferences.server().toString()))
    , m_newTitle(new QLineEdit)
    , m_list(new QTreeWidget)
    , m_openButton(new QPushButton(tr("&Open")))
    , m_createButton(new QPushButton(tr("&Create")))
    , m_message(new QLabel) {
    setFocusProxy(m_address);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->hide();

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 18);
    column->setSpacing(18);
    if (store) {
        m_local = new LocalList(*store);
        connect(m_local, &LocalList::chosen, this, &StartPage::chosen);
        connect(m_local, &LocalList::newRequested, this, &StartPage::newLocalRequested);
        column->addWidget(m_local, 1);
        if (const QString words = store->problem() + store->notice(); !words.isEmpty())
            tell(words);
    }
    column->addWidget(makeAddressPart());
    column->addWidget(makeServerPart(), 1);
    column->addWidget(m_message);

    connect(&m_documents, &DocumentsClient::listed, this,
            [this](const QUrl&, const QList<DocumentEntry>& documents) { showDocuments(documents); });
    connect(&m_documents, &DocumentsClient::created, this, [this](const DocumentUrl& document) {
        m_createButton->setEnabled(true);
        m_newTitle->clear();
        choose(document);
    });
    connect(&m_documents, &DocumentsClient::failed, this, [this](const QString& sentence) {
        m_createButton->setEnabled(true);
        tell(sentence);
    });
    listDocuments();
}

QWidget* StartPage::makeAddressPart() {
    m_address->setPlaceholderText(QStringLiteral("http://server:8000/ui/plain?doc=…"));
    m_address->setClearButtonEnabled(true);
    connect(m_address, &QLineEdit::returnPressed, this, &StartPage::openAddress);
    auto* open = new QPushButton(tr("Open"));
    open->setAutoDefault(false);
    connect(open, &QPushButton::clicked, this, &StartPage::openAddress);

    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(heading(tr("&Address of a document"), m_address));
    auto* row = new QHBoxLayout;
    row->addWidget(m_address);
    row->addWidget(open);
    column->addLayout(row);
    return part;
}

QWidget* StartPage::makeServerPart() {
    auto* refresh = new QToolButton;
    refresh->setIcon(theme::icon(QStringLiteral("refresh"), palette()));
    refresh->setToolTip(tr("Show the server's documents"));
    refresh->setAccessibleName(refresh->toolTip());
    connect(refresh, &QToolButton::clicked, this, &StartPage::listDocuments);
    connect(m_server, &QLineEdit::returnPressed, this, &StartPage::listDocuments);

    m_list->setHeaderLabels({tr("Title"), tr("Changed")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAccessibleName(tr("Documents of the server"));
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    connect(m_list, &QTreeWidget::itemActivated, this, &StartPage::openSelected);
    connect(m_list, &QTreeWidget::itemSelectionChanged, this,
            [this] { m_openButton->setEnabled(!m_list->selectedItems().isEmpty()); });
    m_openButton->setEnabled(false);
    m_openButton->setAutoDefault(false);
    connect(m_openButton, &QPushButton::clicked, this, &StartPage::openSelected);

    m_newTitle->setPlaceholderText(tr("Title of a new document"));
    m_newTitle->setAccessibleName(tr("Title of a new document"));
    m_newTitle->setMaxLength(static_cast<int>(limits::titleLength));
    m_createButton->setAutoDefault(false);
    connect(m_newTitle, &QLineEdit::returnPressed, this, &StartPage::createDocument);
    connect(m_createButton, &QPushButton::clicked, this, &StartPage::createDocument);

    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(heading(tr("&Server"), m_server));
    auto* serverRow = new QHBoxLayout;
    serverRow->addWidget(m_server);
    serverRow->addWidget(refresh);
    column->addLayout(serverRow);
    column->addWidget(m_list, 1);
    auto* newRow = new QHBoxLayout;
    newRow->addWidget(m_newTitle, 1);
    newRow->addWidget(m_createButton);
    newRow->addSpacing(16);
    newRow->addWidget(m_openButton);
    column->addLayout(newRow);
    return part;
}

void StartPage::openAddress() {
    if (const std::optional<DocumentUrl> document = DocumentUrl::parse(m_address->text()))
        choose(*document);
    else
        tell(tr(
            "That is not the address of a document. It looks like http://server:8000/ui/plain?doc=… and is "
            "copied by “Copy Link” in the window of the document."));
}

std::optional<QUrl> StartPage::server() {
    const std::optional<QUrl> url = DocumentsClient::parseServer(m_server->text());
    if (!url)
        tell(tr("That is not the address of a server. It looks like http://server:8000."));
    return url;
}

void StartPage::listDocuments() {
    m_list->clear();
    m_message->hide();
    if (const std::optional<QUrl> url = server())
        m_documents.list(*url);
}

void StartPage::showDocuments(const QList<DocumentEntry>& documents) {
    m_list->clear();
    for (const DocumentEntry& entry : documents) {
        const QString changed = QLocale().toString(entry.updated.toLocalTime(), QLocale::ShortFormat);
        auto* item = new QTreeWidgetItem(m_list, {entry.title.simplified(), changed});
        item->setData(0, AddressRole, entry.url.link());
    }
    if (documents.isEmpty())
        tell(tr("This server has no documents yet."));
}

void StartPage::createDocument() {
    const QString title = m_newTitle->text().simplified();
    if (title.isEmpty()) {
        tell(tr("A new document needs a title."));
        m_newTitle->setFocus();
        return;
    }
    if (const std::optional<QUrl> url = server()) {
        m_message->hide();
        m_createButton->setEnabled(false);
        m_documents.create(*url, {title});
    }
}

void StartPage::openSelected() {
    const QList<QTreeWidgetItem*> items = m_list->selectedItems();
    if (items.isEmpty())
        return;
    if (const auto document = DocumentUrl::parse(items.first()->data(0, AddressRole).toUrl().toString()))
        choose(*document);
}

void StartPage::choose(const DocumentUrl& document) {
    m_preferences.setServer(document.server);
    emit chosen(document);
}

void StartPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    if (m_local)
        m_local->refresh(); // documents have been open since
}

void StartPage::tell(const QString& sentence) {
    m_message->setText(sentence);
    m_message->show();
}

} // namespace tandem
