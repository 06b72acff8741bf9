#include "cli/rest.h"

#include "base/ids.h"

#include <nlohmann/json.hpp>

#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <memory>

namespace tandem::rest {

namespace {
using Json = nlohmann::json;

constexpr int timeoutMs = 60'000;

std::string stringField(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Error refusal(int status, const Json& answer) {
    ErrorCode code = ErrorCode::internal;
    if (status == 404)
        code = ErrorCode::notFound;
    else if (status == 401 || status == 403)
        code = ErrorCode::notAllowed;
    else if (status == 413)
        code = ErrorCode::limitExceeded;
    else if (status == 503)
        code = ErrorCode::unavailable;
    std::string detail = answer.is_object() ? stringField(answer, "detail") : std::string();
    if (detail.empty())
        detail = "the server answered with status " + std::to_string(status);
    return {code, std::move(detail)};
}

// The body of a 2xx answer, which must be an object.
Result<Json> finish(QNetworkReply* pending) {
    const std::unique_ptr<QNetworkReply> reply(pending);
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    if (!reply->isFinished())
        loop.exec();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0)
        return Error{ErrorCode::unavailable,
                     reply->url().authority().toStdString() + ": " + reply->errorString().toStdString()};
    const QByteArray body = reply->readAll();
    Json answer = Json::parse(body.constData(), body.constData() + body.size(), nullptr, false);
    if (status < 200 || status > 299)
        return refusal(status, answer);
    if (!answer.is_object())
        return Error{ErrorCode::internal, "the server's answer is not a JSON object"};
    return answer;
}

QNetworkRequest requestTo(const QUrl& url) {
    QNetworkRequest request(url);
    request.setTransferTimeout(timeoutMs);
    return request;
}
} // namespace

Result<DocumentUrl> createDocument(const QUrl& server, const std::string& title, const std::string& text) {
    Json wanted = {{"title", title}};
    if (!text.empty())
        wanted["text"] = text;
    QNetworkRequest request = requestTo(documentsUrl(server));
    request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
    QNetworkAccessManager network;
    const Result<Json> answer = finish(network.post(request, QByteArray::fromStdString(wanted.dump())));
    if (!answer)
        return answer.error();
    const std::string id = stringField(*answer, "id");
    if (!isDocumentId(id))
        return Error{ErrorCode::internal, "the server's answer names no document"};
    const auto link = answer->find("link");
    const std::string url =
        link != answer->end() && link->is_object() ? stringField(*link, "url") : std::string();
    const auto opened = DocumentUrl::parse(QString::fromStdString(url));
    return DocumentUrl{server, QString::fromStdString(id), opened ? opened->token : QString()};
}

Result<std::string> fetchText(const DocumentUrl& document) {
    QNetworkAccessManager network;
    QNetworkRequest request = requestTo(document.rest());
    if (!document.token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + document.token.toUtf8());
    const Result<Json> answer = finish(network.get(request));
    if (!answer)
        return answer.error();
    return stringField(*answer, "text");
}

} // namespace tandem::rest
