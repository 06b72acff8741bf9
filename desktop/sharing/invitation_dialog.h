// A link to give to others: as text, on the clipboard, and as a QR code for whoever has a camera. Owned by
// its parent.
#pragma once

#include <QDialog>
#include <QUrl>

class QLabel;
class QLineEdit;

namespace tandem {

class InvitationDialog final : public QDialog {
    Q_OBJECT
public:
    // `words` say whom the link lets do what.
    InvitationDialog(const QUrl& link, const QString& words, QWidget* parent);

    QString link() const;

private:
    void copy();

    QLineEdit* m_link;
    QLabel* m_message;
};

} // namespace tandem
