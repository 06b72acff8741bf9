#include "documents/publish_dialog.h"

#include "protocol/limits.h"
#include "settings/preferences.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace tandem {

PublishDialog::PublishDialog(Document document, Preferences& preferences, QWidget* parent)
    : QDialog(parent)
    , m_document(std::move(document))
    , m_preferences(preferences)
    , m_title(new QLineEdit(m_document.title))
    , m_server(new QLineEdit(preferences.server().toString()))
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
    connect(buttons, &QDialogButtonBox::accepted, this, &PublishDialog::publish);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&m_documents, &DocumentsClient::failed, this, [this](const QString& sentence) {
        m_publish->setEnabled(true);
        tell(sentence);
    });
    connect(&m_documents, &DocumentsClient::created, this, [this](const DocumentUrl& url) {
        m_preferences.setServer(url.server);
        emit published(url, m_title->text().simplified());
        accept();
    });
}

void PublishDialog::publish() {
    const std::optional<QUrl> server = DocumentsClient::parseServer(m_server->text());
    const QString title = m_title->text().simplified();
    if (!server)
        return tell(tr("That is not the address of a server. It looks like http://server:8000."));
    if (title.isEmpty())
        return tell(tr("On a server a document needs a title."));
    m_publish->setEnabled(false);
    m_documents.create(*server, {title, m_document.id, m_document.ownerSecret});
}

void PublishDialog::tell(const QString& sentence) {
    m_message->setText(sentence);
    m_message->setVisible(true);
}

} // namespace tandem
