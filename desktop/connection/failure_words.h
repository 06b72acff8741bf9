// What went wrong with a call to a server, in a sentence for people: what happened, and what to do. Pure.
#pragma once

#include <QString>

class QJsonDocument;
class QNetworkReply;

namespace tandem {

// `status` 0: no answer came.
QString failureWords(const QNetworkReply& reply, int status, const QJsonDocument& answer);

// Does a Tandem server answer that it does not know the call at all?
bool mayBeAnotherVersion(const QNetworkReply& reply, int status, const QJsonDocument& answer);
// `version` of the calls that the server describes; 0 when it does not tell.
QString versionWords(const QString& host, int version);

// Why `text` opens nothing; for texts that DocumentUrl::parse does not take.
QString addressWords(const QString& text);

} // namespace tandem
