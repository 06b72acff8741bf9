// What all calls over REST share: how they are asked, and what of an answer people are told. Plain functions.
#pragma once

#include <QJsonObject>
#include <QNetworkRequest>

#include <functional>

class QNetworkReply;
class QObject;

namespace tandem::rest {

// `token`: the secret of a link, or the admin's; empty: none.
QNetworkRequest request(const QUrl& url, const QString& token = {});
QByteArray bodyOf(const QJsonObject& json);

// Calls `use` with the answer, or `fail` with a sentence, unless `context` goes before; the reply goes behind
// it. An answer without a body is an empty object.
void whenDone(QNetworkReply* reply, QObject* context, std::function<void(const QJsonObject&)> use,
              std::function<void(const QString&)> fail);

} // namespace tandem::rest
