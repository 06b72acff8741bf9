// Where to start: an address that someone sent, a document of a server's list, or a new one. Owned by main()
// or a window; emits chosen() and closes.
#pragma once

#include "connection/documents_client.h"
#include "documents/page.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace tandem {

class Preferences;

class StartPage final : public Page {
    Q_OBJECT
public:
    // `preferences` must outlive the dialog.
    explicit StartPage(Preferences& preferences, QWidget* parent = nullptr);

    QString title() const override { return tr("Start"); }

signals:
    void chosen(const tandem::DocumentUrl& document);

private:
    QWidget* makeAddressPart();
    QWidget* makeServerPart();
    void openAddress();
    void listDocuments();
    void createDocument();
    void showDocuments(const QList<DocumentEntry>& documents);
    void openSelected();
    void choose(const DocumentUrl& document);
    void tell(const QString& sentence);
    std::optional<QUrl> server();

    Preferences& m_preferences;
    DocumentsClient m_documents;
    QLineEdit* m_address;
    QLineEdit* m_server;
    QLineEdit* m_newTitle;
    QTreeWidget* m_list;
    QPushButton* m_openButton;
    QPushButton* m_createButton;
    QLabel* m_message;
};

} // namespace tandem
