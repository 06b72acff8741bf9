#include "sharing/invitation_dialog.h"

#include "access/voice.h"
#include "sharing/link_field.h"
#include "sharing/qr_code.h"
#include "theme/fitted_window.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace tandem {

namespace {
constexpr int leastWidthPx = 460; // a link can be seen, at least where it leads
}

InvitationDialog::InvitationDialog(const QUrl& link, const QString& words, QWidget* parent)
    : QDialog(parent), m_link(new QLineEdit), m_message(new QLabel) {
    setWindowTitle(tr("Invitation"));
    auto* said = new QLabel(words);
    said->setTextFormat(Qt::PlainText);
    said->setWordWrap(true);
    showAddressIn(*m_link, link);
    m_link->setAccessibleName(tr("Link to this document"));
    m_message->setTextFormat(Qt::PlainText);

    auto* code = new QrCode;
    code->setAccessibleName(tr("The link as a QR code"));
    code->setText(link.toString());

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto* copyButton = buttons->addButton(tr("&Copy Link"), QDialogButtonBox::ActionRole);
    copyButton->setDefault(true);
    connect(copyButton, &QPushButton::clicked, this, &InvitationDialog::copy);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* column = new QVBoxLayout(this);
    column->addWidget(said);
    column->addWidget(code, 0, Qt::AlignHCenter);
    column->addWidget(m_link);
    column->addWidget(m_message);
    column->addWidget(buttons);
    new theme::FittedWindow(*this, leastWidthPx);
}

QString InvitationDialog::link() const {
    return m_link->text();
}

void InvitationDialog::copy() {
    QGuiApplication::clipboard()->setText(m_link->text());
    m_link->selectAll();
    m_message->setText(tr("The link is on the clipboard."));
    say(*this, m_message->text());
}

} // namespace tandem
