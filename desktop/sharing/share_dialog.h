// The share links of a document: who may do what with it, until when; new ones, and taking them back. For
// owners; others are told that they are none. Owned by its parent.
#pragma once

#include "connection/links_client.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace tandem {

class ShareDialog final : public QDialog {
    Q_OBJECT
public:
    // `token` in place of the link's secret, if given. `outside` is the address of the server for others,
    // where it is another one than for this computer.
    explicit ShareDialog(const DocumentUrl& document, QWidget* parent, const QString& token = {},
                         const QUrl& outside = {});

private:
    QWidget* makeNewPart();
    void makeLink();
    void showLinks(const QList<ShareLink>& links);
    void showInvitation(DocumentUrl link);
    void revokeSelected();
    void tell(const QString& sentence);

    LinksClient m_links;
    QUrl m_outside;
    QTreeWidget* m_list;
    QPushButton* m_revoke;
    QComboBox* m_role;
    QComboBox* m_expiry;
    QLineEdit* m_label;
    QLabel* m_message;
};

} // namespace tandem
