// How a link is shown that one may copy. Plain function.
#pragma once

class QLineEdit;
class QUrl;

namespace tandem {

// From its beginning, which tells where it leads, and letter by letter: no two are drawn as one sign.
void showAddressIn(QLineEdit& field, const QUrl& address);

} // namespace tandem
