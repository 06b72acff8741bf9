#include "documents/title_question.h"

#include "protocol/limits.h"

#include <QInputDialog>
#include <QLineEdit>

namespace tandem {

void askForTitle(QWidget* parent, const QString& heading, const QString& label, const QString& title,
                 std::function<void(const QString&)> use) {
    auto* dialog = new QInputDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(heading);
    dialog->setLabelText(label);
    dialog->setTextValue(title);
    dialog->resize(420, dialog->sizeHint().height());
    if (auto* field = dialog->findChild<QLineEdit*>())
        field->setMaxLength(static_cast<int>(limits::titleLength));
    QObject::connect(dialog, &QInputDialog::textValueSelected, parent,
                     [use = std::move(use)](const QString& typed) {
                         if (const QString given = typed.simplified(); !given.isEmpty())
                             use(given);
                     });
    dialog->open();
}

} // namespace tandem
