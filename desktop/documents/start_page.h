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

class LocalList;
class LocalStore;
class Preferences;

class StartPage final : public Page {
    Q_OBJECT
public:
    // Both must outlive it. Without a store there are no documents of this computer.
    explicit StartPage(Preferences& preferences, LocalStore* store = nullptr, QWidget* parent = nullptr);

    QString title() const override { return tr("Start"); }

    void tell(const QString& sentence);

signals:
    void chosen(const tandem::DocumentUrl& document);
    void newLocalRequested();

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeAddressPart();
    QWidget* makeServerPart();
    void openAddress();
    void listDocuments();
    void createDocument();
    void showDocuments(const QList<DocumentEntry>& documents);
    void openSelected();
    void choose(const DocumentUrl& document);
    std::optional<QUrl> server();

    Preferences& m_preferences;
    DocumentsClient m_documents;
    LocalList* m_local = nullptr;
    QLineEdit* m_address;
    QLineEdit* m_server;
    QLineEdit* m_newTitle;
    QTreeWidget* m_list;
    QPushButton* m_openButton;
    QPushButton* m_createButton;
    QLabel* m_message;
};

} // namespace tandem
