// Asks how others shall see this person: name and colour.
#pragma once

#include "client/client_session.h"

#include <QDialog>

class QButtonGroup;
class QLineEdit;

namespace tandem {

class PersonDialog final : public QDialog {
    Q_OBJECT
public:
    explicit PersonDialog(const ClientSession::Person& person, QWidget* parent = nullptr);

    ClientSession::Person person() const;

private:
    QLineEdit* m_name;
    QButtonGroup* m_colors;
};

} // namespace tandem
