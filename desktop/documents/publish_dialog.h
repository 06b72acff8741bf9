// Asks under which title and at which server a document of this computer is published, and makes it there.
// Asking again, after an answer that was lost, finds the same document. Owned by its parent; Preferences must
// outlive it.
#pragma once

#include "connection/documents_client.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace tandem {

class Preferences;

class PublishDialog final : public QDialog {
    Q_OBJECT
public:
    struct Document {
        QString id;
        QString title;
        QString ownerSecret; // the same each time
    };
    PublishDialog(Document document, Preferences& preferences, QWidget* parent);

signals:
    void published(const tandem::DocumentUrl& url, const QString& title);

private:
    void publish();
    void tell(const QString& sentence);

    Document m_document;
    Preferences& m_preferences;
    DocumentsClient m_documents;
    QLineEdit* m_title;
    QLineEdit* m_server;
    QLabel* m_message;
    QPushButton* m_publish;
};

} // namespace tandem
