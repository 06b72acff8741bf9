#include "sharing/link_field.h"

#include <QLineEdit>
#include <QUrl>

namespace tandem {

void showAddressIn(QLineEdit& field, const QUrl& address) {
    QFont plain = field.font();
    plain.setStyleStrategy(QFont::PreferNoShaping); // the font would make a sign of multiplication of "0x5"
    field.setFont(plain);
    field.setReadOnly(true);
    field.setText(address.toString());
    field.setCursorPosition(0);
}

} // namespace tandem
