// Asks under which title and at which server a document of this computer is published, and makes it there.
// Asking again, after an answer that was lost, finds the same document. Owned by its parent; the library must
// outlive it.
#pragma once

#include "documents/library.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace tandem {

class PublishDialog final : public QDialog {
    Q_OBJECT
public:
    // Its id and the owner's secret have to be the same each time.
    PublishDialog(DocumentsClient::NewDocument document, Library& library, QWidget* parent);

signals:
    void published(const tandem::DocumentUrl& url, const QString& title);

private:
    void publish();
    void tell(const QString& sentence);

    DocumentsClient::NewDocument m_document;
    Library& m_library;
    QLineEdit* m_title;
    QLineEdit* m_server;
    QLabel* m_message;
    QPushButton* m_publish;
};

} // namespace tandem
