#include "sharing/share_dialog.h"

#include "sharing/invitation_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace tandem {

namespace {
constexpr int NumberRole = Qt::UserRole;
constexpr int labelLength = 64;

QString wordFor(const QString& role) {
    if (role == QStringLiteral("owner"))
        return ShareDialog::tr("May do everything");
    if (role == QStringLiteral("editor"))
        return ShareDialog::tr("May write");
    return ShareDialog::tr("May read");
}

QString shortTime(const QDateTime& time) {
    return QLocale().toString(time.toLocalTime(), QLocale::ShortFormat);
}
} // namespace

ShareDialog::ShareDialog(const DocumentUrl& document, QWidget* parent, const QString& token,
                         const QUrl& outside)
    : QDialog(parent)
    , m_links(document, token)
    , m_outside(outside)
    , m_list(new QTreeWidget)
    , m_revoke(new QPushButton(tr("&Take Back")))
    , m_role(new QComboBox)
    , m_expiry(new QComboBox)
    , m_label(new QLineEdit)
    , m_message(new QLabel) {
    setWindowTitle(tr("Share"));
    resize(620, 380);
    m_list->setHeaderLabels({tr("Role"), tr("For"), tr("Made"), tr("Until")});
    m_list->setRootIsDecorated(false);
    m_list->setAccessibleName(tr("Links to this document"));
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_revoke->setEnabled(false);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->addButton(m_revoke, QDialogButtonBox::ActionRole);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_list, 1);
    column->addWidget(makeNewPart());
    column->addWidget(m_message);
    column->addWidget(buttons);

    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_revoke, &QPushButton::clicked, this, &ShareDialog::revokeSelected);
    connect(m_list, &QTreeWidget::itemSelectionChanged, this,
            [this] { m_revoke->setEnabled(!m_list->selectedItems().isEmpty()); });
    connect(&m_links, &LinksClient::listed, this, &ShareDialog::showLinks);
    connect(&m_links, &LinksClient::failed, this, &ShareDialog::tell);
    connect(&m_links, &LinksClient::revoked, this, [this] { m_links.list(); });
    connect(&m_links, &LinksClient::made, this, [this](int, const DocumentUrl& link) {
        m_links.list();
        showInvitation(link);
    });
    m_links.list();
}

QWidget* ShareDialog::makeNewPart() {
    for (const char* role : {"editor", "viewer", "owner"})
        m_role->addItem(wordFor(QString::fromLatin1(role)), QString::fromLatin1(role));
    m_role->setAccessibleName(tr("What the new link allows"));
    m_expiry->addItem(tr("For ever"), 0);
    m_expiry->addItem(tr("For a day"), 1);
    m_expiry->addItem(tr("For a week"), 7);
    m_expiry->addItem(tr("For 30 days"), 30);
    m_expiry->setAccessibleName(tr("How long the new link lasts"));
    m_label->setPlaceholderText(tr("For whom"));
    m_label->setAccessibleName(tr("For whom the new link is"));
    m_label->setMaxLength(labelLength);
    auto* make = new QPushButton(tr("&New Link"));
    make->setDefault(true);
    connect(make, &QPushButton::clicked, this, &ShareDialog::makeLink);

    auto* part = new QWidget;
    auto* row = new QHBoxLayout(part);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_role);
    row->addWidget(m_expiry);
    row->addWidget(m_label, 1);
    row->addWidget(make);
    return part;
}

void ShareDialog::makeLink() {
    m_message->clear();
    const int days = m_expiry->currentData().toInt();
    m_links.make({m_role->currentData().toString(), m_label->text().simplified(),
                  days == 0 ? QDateTime() : QDateTime::currentDateTimeUtc().addDays(days)});
}

void ShareDialog::showLinks(const QList<ShareLink>& links) {
    m_list->clear();
    for (const ShareLink& link : links) {
        auto* item =
            new QTreeWidgetItem(m_list, {wordFor(link.role), link.label, shortTime(link.created),
                                         link.expires.isValid() ? shortTime(link.expires) : tr("For ever")});
        item->setData(0, NumberRole, link.number);
    }
}

void ShareDialog::showInvitation(DocumentUrl link) {
    if (!m_outside.isEmpty())
        link.server = m_outside;
    auto* dialog = new InvitationDialog(
        link.link(), tr("%1, who has this link. It is shown only once.").arg(m_role->currentText()), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ShareDialog::revokeSelected() {
    m_message->clear();
    for (const QTreeWidgetItem* item : m_list->selectedItems())
        m_links.revoke(item->data(0, NumberRole).toInt());
}

void ShareDialog::tell(const QString& sentence) {
    m_message->setText(sentence);
}

} // namespace tandem
