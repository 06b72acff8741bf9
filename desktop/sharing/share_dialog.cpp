#include "sharing/share_dialog.h"

#include "access/voice.h"
#include "protocol/limits.h"
#include "sharing/expiry_choice.h"
#include "sharing/link_field.h"
#include "sharing/qr_code.h"
#include "theme/fitted_window.h"
#include "theme/theme.h"

#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>

#include <algorithm>

namespace tandem {

namespace {
constexpr int usualWidthPx = 680;
constexpr int listPx = 150;
constexpr int leastListPx = 80;
constexpr int labelPx = 110;

// As wide as its rows.
class RowsArea final : public QScrollArea {
public:
    QSize minimumSizeHint() const override { return {neededWidth(), leastListPx}; }
    QSize sizeHint() const override { return {neededWidth(), listPx}; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (watched == widget() && event->type() == QEvent::LayoutRequest)
            updateGeometry();
        return QScrollArea::eventFilter(watched, event);
    }

private:
    int neededWidth() const {
        return widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width() +
               2 * frameWidth();
    }
};

QComboBox* makeRoles(const QString& chosen) {
    auto* roles = new QComboBox;
    for (const QString& role :
         {QStringLiteral("viewer"), QStringLiteral("editor"), QStringLiteral("owner")}) {
        roles->addItem(roleName(role), role);
        roles->setItemData(roles->count() - 1, roleMeaning(role), Qt::ToolTipRole);
    }
    roles->setCurrentIndex(roles->findData(chosen));
    roles->setAccessibleName(ShareDialog::tr("What the link allows"));
    return roles;
}

QLabel* makeWords(const QString& text = {}) {
    auto* label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setMinimumWidth(labelPx); // the longest word may be an address
    return label;
}

QLabel* makeHeading(const QString& text) {
    auto* label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    QFont font = label->font();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    return label;
}
} // namespace

QString roleName(const QString& role) {
    if (role == QStringLiteral("owner"))
        return ShareDialog::tr("Owner");
    return role == QStringLiteral("editor") ? ShareDialog::tr("Editor") : ShareDialog::tr("Viewer");
}

QString roleMeaning(const QString& role) {
    if (role == QStringLiteral("owner"))
        return ShareDialog::tr("Writes, gives out links, and may delete the document.");
    return role == QStringLiteral("editor") ? ShareDialog::tr("Reads and writes.")
                                            : ShareDialog::tr("Reads, and sees the history.");
}

ShareDialog::ShareDialog(ShareLinks& links, const QString& title, QWidget* parent)
    : QDialog(parent)
    , m_links(links)
    , m_state(makeWords())
    , m_caption(makeWords())
    , m_address(new QLineEdit)
    , m_code(new QrCode)
    , m_role(makeRoles(QStringLiteral("editor")))
    , m_expiry(new ExpiryChoice)
    , m_label(new QLineEdit)
    , m_make(new QPushButton(tr("&Make Link")))
    , m_rows(nullptr)
    , m_problem(makeWords())
    , m_again(new QPushButton(tr("Try &Again"))) {
    setWindowTitle(tr("Share “%1”").arg(title));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(14);
    column->addWidget(m_state);
    column->addWidget(makeCard());
    m_form = makeForm();
    column->addWidget(m_form);
    m_list = makeList();
    column->addWidget(m_list, 1);
    column->addWidget(makeFoot());

    connect(&m_links, &ShareLinks::changed, this, [this] {
        tell({});
        showState();
        showLinks();
        // There is more in it than when it was opened.
        resize(width(), std::max(height(), layout()->totalHeightForWidth(width())));
    });
    connect(&m_links, &ShareLinks::created, this, [this](qint64 number) {
        m_shown = number;
        m_label->clear();
        showLinks();
        m_address->setFocus();
        m_address->selectAll();
    });
    connect(&m_links, &ShareLinks::failed, this, [this](const QString& sentence) {
        tell(sentence);
        showState();
    });
    showState();
    showLinks();
    m_links.refresh();
    new theme::FittedWindow(*this, usualWidthPx);
    resize(minimumWidth(), sizeHint().height());
}

QWidget* ShareDialog::makeCard() {
    m_address->setAccessibleName(tr("Address of the link"));
    auto* copy = new QPushButton(tr("&Copy"));
    copy->setObjectName(QStringLiteral("copy"));
    copy->setAutoDefault(false);
    connect(copy, &QPushButton::clicked, this, [this, copy] {
        QGuiApplication::clipboard()->setText(m_address->text());
        copy->setText(tr("Copied"));
    });
    connect(m_address, &QLineEdit::textChanged, copy, [copy] { copy->setText(tr("&Copy")); });

    m_code->setMinimumSize(m_code->sizeHint());
    auto* line = new QHBoxLayout;
    line->addWidget(m_address, 1);
    line->addWidget(copy);
    auto* words = new QVBoxLayout;
    words->setSpacing(8);
    words->addStretch();
    words->addWidget(m_caption);
    words->addLayout(line);
    words->addStretch();
    auto* card = new QFrame;
    auto* row = new QHBoxLayout(card);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(18);
    row->addWidget(m_code);
    row->addLayout(words, 1);
    return card;
}

QWidget* ShareDialog::makeForm() {
    m_label->setPlaceholderText(tr("For whom (optional)"));
    m_label->setAccessibleName(tr("For whom the link is"));
    m_label->setMaxLength(static_cast<int>(limits::nameLength));
    m_make->setDefault(true);
    connect(m_make, &QPushButton::clicked, this, [this] {
        m_links.create(m_role->currentData().toString(), m_label->text().simplified(), m_expiry->expires());
    });
    auto* form = new QWidget;
    auto* column = new QVBoxLayout(form);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(makeHeading(tr("A new link")));
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_role);
    row->addWidget(m_expiry);
    row->addWidget(m_label, 1);
    row->addWidget(m_make);
    column->addLayout(row);
    return form;
}

QWidget* ShareDialog::makeList() {
    auto* rows = new QWidget;
    rows->setAutoFillBackground(true);
    rows->setBackgroundRole(QPalette::Base);
    m_rows = new QVBoxLayout(rows);
    m_rows->setContentsMargins(10, 8, 10, 8);
    m_rows->setSpacing(6);
    auto* scroll = new RowsArea;
    scroll->setWidgetResizable(true);
    scroll->setWidget(rows);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* list = new QWidget;
    auto* column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(makeHeading(tr("Links given out")));
    column->addWidget(scroll, 1);
    return list;
}

QWidget* ShareDialog::makeFoot() {
    auto* close = new QPushButton(tr("Close"));
    close->setAutoDefault(false);
    m_again->setAutoDefault(false);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_again, &QPushButton::clicked, &m_links, &ShareLinks::refresh);
    auto* foot = new QWidget;
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_problem, 1);
    row->addWidget(m_again);
    row->addWidget(close);
    tell({});
    return foot;
}

QWidget* ShareDialog::makeRow(const ShareLink& link) {
    const qint64 number = link.number;
    auto* roles = makeRoles(link.role);
    connect(roles, &QComboBox::activated, this,
            [this, roles, number] { m_links.setRole(number, roles->currentData().toString()); });
    auto* expiry = new ExpiryChoice;
    expiry->showPresent(link.expires);
    connect(expiry, &ExpiryChoice::chosen, this,
            [this, number](const QDateTime& expires) { m_links.setExpiry(number, expires); });

    const QString made = QLocale().toString(link.created.toLocalTime().date(), QLocale::ShortFormat);
    auto* name = makeWords(link.label.isEmpty() ? tr("Made %1").arg(made) : link.label);
    name->setToolTip(tr("Made %1").arg(made));

    auto* show = new QPushButton(tr("Show"));
    show->setAutoDefault(false);
    const bool isKnown = !m_links.addressOf(number).isEmpty();
    show->setEnabled(isKnown);
    show->setToolTip(isKnown ? tr("Shows its address and QR code above")
                             : tr("Its secret was shown when it was made, and is kept nowhere. Make a new "
                                  "link instead."));
    connect(show, &QPushButton::clicked, this, [this, number] {
        m_shown = number;
        showCard();
    });
    auto* revoke = new QPushButton(tr("Revoke…"));
    revoke->setAutoDefault(false);
    connect(revoke, &QPushButton::clicked, this, [this, link] { askToRevoke(link); });

    // Which of the links each of them is about.
    for (QWidget* each : std::initializer_list<QWidget*>{roles, expiry->focusProxy(), show, revoke})
        each->setAccessibleDescription(name->text());

    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    line->addWidget(roles);
    line->addWidget(expiry);
    line->addWidget(name, 1);
    line->addWidget(show);
    line->addWidget(revoke);
    return row;
}

void ShareDialog::askToRevoke(const ShareLink& link) {
    auto* question = new QMessageBox(QMessageBox::NoIcon, tr("Revoke the link"),
                                     link.label.isEmpty()
                                         ? tr("Revoke this link for a %1?").arg(roleName(link.role).toLower())
                                         : tr("Revoke the link of “%1”?").arg(link.label),
                                     QMessageBox::Cancel, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(
        tr("Whoever is in the document by it is sent out now, and it opens nothing any more. The text stays "
           "as it is."));
    QPushButton* revoke = question->addButton(tr("Revoke"), QMessageBox::DestructiveRole);
    connect(revoke, &QPushButton::clicked, this, [this, number = link.number] { m_links.revoke(number); });
    question->open();
}

void ShareDialog::showState() {
    using Access = ShareLinks::Access;
    const Access access = m_links.access();
    QString words;
    switch (access) {
    case Access::unknown:
        words = tr("Asking the server which links there are…");
        break;
    case Access::owner:
        words =
            tr("You own this document. A link opens it for whoever has it, as far as its role goes; you can "
               "change or revoke it at any time.");
        break;
    case Access::open:
        words =
            tr("This server is open: whoever reaches it may read and write every document. The plain link "
               "is all that others need.");
        break;
    case Access::notOwner:
        words =
            tr("Only an owner can make, change and revoke links, and yours does not make you one. You can "
               "pass on your own link.");
        break;
    case Access::noLink:
        words = tr("This server opens documents by links only, and this one was opened without.");
        break;
    }
    m_state->setText(words);
    const bool mayShare = access == Access::owner;
    const bool showsLinks = mayShare || access == Access::notOwner || access == Access::unknown;
    m_form->setVisible(showsLinks);
    m_form->setEnabled(mayShare);
    m_form->setToolTip(access == Access::notOwner ? words : QString());
    m_list->setVisible(mayShare);
    showCard();
}

void ShareDialog::showCard() {
    using Access = ShareLinks::Access;
    if (const QUrl made = m_links.addressOf(m_shown); !made.isEmpty()) {
        for (const ShareLink& link : m_links.links()) {
            if (link.number == m_shown)
                showAddress(made,
                            tr("%1: %2 Copy it now: its secret cannot be shown again once this document "
                               "is closed.")
                                .arg(link.label.isEmpty() ? roleName(link.role) : link.label,
                                     roleMeaning(link.role)));
        }
        return;
    }
    const bool isOpen = m_links.access() == Access::open;
    showAddress(m_links.ownAddress(),
                isOpen ? tr("The plain link. Whoever has it, and reaches the server, can read and write.")
                       : tr("The link that you have. Whoever gets it can do what you can."));
}

void ShareDialog::showAddress(const QUrl& address, const QString& caption) {
    m_caption->setText(caption);
    if (m_address->text() == address.toString())
        return;
    showAddressIn(*m_address, address);
    m_code->setText(address.toString());
}

void ShareDialog::showLinks() {
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        // Not at once: what is shown anew may be what was just clicked.
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    for (const ShareLink& link : m_links.links())
        m_rows->addWidget(makeRow(link));
    if (m_links.links().isEmpty())
        m_rows->addWidget(makeWords(tr("None yet.")));
    m_rows->addStretch();
    showCard();
}

void ShareDialog::tell(const QString& sentence) {
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, theme::toneColor(theme::Tone::bad, palette()));
    m_problem->setPalette(colors);
    m_problem->setText(sentence);
    m_again->setVisible(!sentence.isEmpty());
    if (!sentence.isEmpty())
        say(*this, sentence);
}

} // namespace tandem
