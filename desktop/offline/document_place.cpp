#include "offline/document_place.h"

namespace tandem {

namespace {
const QString localMark = QStringLiteral("local:");
} // namespace

DocumentUrl makeLocalOnly(Random& random) {
    return {QUrl(), QString::fromStdString(makeRandomId(random))};
}

QString storeKeyOf(const DocumentUrl& document) {
    return isLocalOnly(document) ? localMark + document.id : document.rest().toString();
}

QString storeLinkOf(const DocumentUrl& document) {
    return isLocalOnly(document) ? localMark + document.id
                                 : DocumentUrl{document.server, document.id}.link().toString();
}

std::optional<DocumentUrl> documentOfStoreLink(const QString& link) {
    if (!link.startsWith(localMark))
        return DocumentUrl::parse(link);
    const QString id = link.mid(localMark.size());
    if (!isDocumentId(id.toStdString()))
        return std::nullopt;
    return DocumentUrl{QUrl(), id};
}

} // namespace tandem
