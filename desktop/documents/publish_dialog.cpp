#include "documents/publish_dialog.h"

#include "access/voice.h"
#include "protocol/limits.h"
#include "theme/fitted_window.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>

namespace tandem {

namespace {
constexpr int leastWidthPx = 420; // an address can be seen
}

PublishDialog::PublishDialog(DocumentsClient::NewDocument document, Library& library, QWidget* parent)
    : QDialog(parent)
    , m_document(std::move(document))
    , m_library(library)
    , m_title(new QLineEdit(m_document.title))
    , m_server(new QLineEdit(library.servers().value(0).toString()))
    , m_message(new QLabel) {
    setWindowTitle(tr("Publish to a Server"));
    m_title->setMaxLength(static_cast<int>(limits::titleLength));
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->setVisible(false);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_publish = buttons->addButton(tr("&Publish"), QDialogButtonBox::AcceptRole);
    auto* form = new QFormLayout(this);
    form->addRow(tr("&Title"), m_title);
    form->addRow(tr("&Server"), m_server);
    form->addRow(m_message);
    form->addRow(buttons);
    new theme::FittedWindow(*this, leastWidthPx);
    connect(buttons, &QDialogButtonBox::accepted, this, &PublishDialog::publish);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void PublishDialog::publish() {
    const std::optional<QUrl> server = DocumentsClient::parseServer(m_server->text());
    const QString title = m_title->text().simplified();
    if (!server)
        return tell(tr("That is not the address of a server. It looks like http://server:8000."));
    if (title.isEmpty())
        return tell(tr("On a server a document needs a title."));
    m_publish->setEnabled(false);
    m_library.create(
        *server, {title, m_document.id, m_document.ownerSecret},
        [self = QPointer(this), title](const DocumentUrl& url) {
            if (!self)
                return;
            self->m_library.addServer(url.server);
            emit self->published(url, title);
            self->accept();
        },
        [self = QPointer(this)](const QString& sentence) {
            if (!self)
                return;
            self->m_publish->setEnabled(true);
            self->tell(sentence);
        });
}

void PublishDialog::tell(const QString& sentence) {
    m_message->setText(sentence);
    m_message->setVisible(true);
    say(*this, sentence);
}

} // namespace tandem
