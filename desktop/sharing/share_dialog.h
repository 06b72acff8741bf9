// Gives out a document: links by role, made, copied, shown as QR codes, changed and revoked. What this person
// may not do is off, with the reason; what goes wrong stands beneath, and what was entered stays. Owned by
// the page's feature; ShareLinks must outlive it.
#pragma once

#include "sharing/share_links.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace tandem {

class ExpiryChoice;
class QrCode;

class ShareDialog final : public QDialog {
    Q_OBJECT
public:
    ShareDialog(ShareLinks& links, const QString& title, QWidget* parent = nullptr);

private:
    QWidget* makeCard();
    QWidget* makeForm();
    QWidget* makeList();
    QWidget* makeFoot();
    QWidget* makeRow(const ShareLink& link);
    void askToRevoke(const ShareLink& link);

    void showState();
    void showLinks();
    void showAddress(const QUrl& address, const QString& caption);
    void showCard();
    void tell(const QString& sentence);

    ShareLinks& m_links;
    qint64 m_shown = 0; // whose address the card shows; 0: that of the page
    QLabel* m_state;
    QLabel* m_caption;
    QLineEdit* m_address;
    QrCode* m_code;
    QWidget* m_form;
    QComboBox* m_role;
    ExpiryChoice* m_expiry;
    QLineEdit* m_label;
    QPushButton* m_make;
    QWidget* m_list;
    QVBoxLayout* m_rows;
    QLabel* m_problem;
    QPushButton* m_again;
};

// "Editor" and what that is.
QString roleName(const QString& role);
QString roleMeaning(const QString& role);

} // namespace tandem
