#include "integration/browser.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QEventLoop>
#include <QJsonDocument>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QRegularExpression>
#include <QTimer>

#include <csignal>
#include <memory>
#include <sys/prctl.h>
#include <unistd.h>

namespace tandem {

namespace {
constexpr int callTimeoutMs = 60'000;
// The name of element references, fixed by the WebDriver specification, section 12.
const QString elementKey = "element-6066-11e4-a52e-4f735466cecf";

void pause(int ms) {
    QEventLoop loop;
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
}
} // namespace

Browser::Browser() {
    m_network.setProxy(QNetworkProxy::NoProxy);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("XDG_CONFIG_HOME", m_folder.filePath("config"));
    environment.insert("XDG_CACHE_HOME", m_folder.filePath("cache"));
    m_driver.setProcessEnvironment(environment);
    m_driver.setProcessChannelMode(QProcess::MergedChannels);
    m_driver.setChildProcessModifier([] {
        setpgid(0, 0);
        prctl(PR_SET_PDEATHSIG, SIGTERM); // when a test crashes
    });
}

Browser::~Browser() {
    quit();
}

bool Browser::start() {
    return startDriver() && startSession();
}

bool Browser::startDriver() {
    m_driver.start("/usr/bin/chromedriver", {"--port=0"});
    static const QRegularExpression started("started successfully on port (\\d+)");
    QByteArray said;
    const QDeadlineTimer deadline(callTimeoutMs);
    while (!deadline.hasExpired()) {
        pause(20);
        said += m_driver.readAll();
        const QRegularExpressionMatch match = started.match(QString::fromUtf8(said));
        if (match.hasMatch()) {
            m_driverUrl = QUrl("http://127.0.0.1:" + match.captured(1));
            return true;
        }
        if (m_driver.state() == QProcess::NotRunning)
            break;
    }
    m_problem = "chromedriver did not start: " + m_driver.errorString() + "\n" + QString::fromUtf8(said);
    return false;
}

bool Browser::startSession() {
    const QJsonArray arguments{"--headless",
                               "--no-sandbox",
                               "--disable-gpu",
                               "--disable-quic",
                               "--disable-dev-shm-usage",
                               "--disable-crash-reporter",
                               "--no-first-run",
                               "--disable-background-networking",
                               "--disable-component-update",
                               "--disable-sync",
                               "--window-size=1000,700",
                               "--user-data-dir=" + m_folder.filePath("profile")};
    if (!writeLauncher())
        return false;
    const QJsonObject options{{"binary", launcher()}, {"args", arguments}};
    const QJsonObject wanted{{"browserName", "chrome"}, {"goog:chromeOptions", options}};
    const auto value = call("POST", "/session", {{"capabilities", QJsonObject{{"alwaysMatch", wanted}}}});
    if (!value)
        return false;
    m_session = value->toObject().value("sessionId").toString();
    return !m_session.isEmpty();
}

// Chromium would outlive a driver that dies because its test crashed; started by this it does not.
bool Browser::writeLauncher() {
    QFile file(launcher());
    if (file.open(QIODevice::WriteOnly) &&
        file.write("#!/bin/sh\nexec setpriv --pdeathsig KILL /usr/bin/chromium \"$@\"\n") > 0 &&
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        return true;
    m_problem = launcher() + ": " + file.errorString();
    return false;
}

void Browser::quit() {
    if (!m_session.isEmpty()) {
        call("DELETE", sessionPath(""));
        m_session.clear();
    }
    if (m_driver.state() != QProcess::NotRunning) {
        ::kill(-static_cast<pid_t>(m_driver.processId()), SIGKILL);
        m_driver.waitForFinished();
    }
    killRemaining();
}

void Browser::killRemaining() {
    const QDeadlineTimer deadline(callTimeoutMs);
    for (QList<pid_t> left = remaining(); !left.isEmpty() && !deadline.hasExpired(); left = remaining()) {
        for (const pid_t process : left)
            ::kill(process, SIGKILL);
        pause(10);
    }
}

// Processes that outlived their driver, known by the folder that is only theirs.
QList<pid_t> Browser::remaining() const {
    const QByteArray folder = m_folder.path().toUtf8();
    QList<pid_t> found;
    for (const QString& process : QDir("/proc").entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        bool isNumber = false;
        const pid_t id = process.toInt(&isNumber);
        QFile commandLine("/proc/" + process + "/cmdline");
        if (isNumber && id != getpid() && commandLine.open(QIODevice::ReadOnly) &&
            commandLine.readAll().contains(folder))
            found.append(id);
    }
    return found;
}

bool Browser::open(const QUrl& url) {
    return call("POST", sessionPath("/url"), {{"url", url.toString(QUrl::FullyEncoded)}}).has_value();
}

QJsonValue Browser::run(const QString& script, const QJsonArray& arguments) {
    return call("POST", sessionPath("/execute/sync"), {{"script", script}, {"args", arguments}})
        .value_or(QJsonValue(QJsonValue::Undefined));
}

bool Browser::waitUntil(const QString& script, int timeoutMs) {
    const QDeadlineTimer deadline(timeoutMs);
    do {
        const QJsonValue value = run(script);
        if (value.isUndefined())
            return false;
        if (value.toBool())
            return true;
        pause(20);
    } while (!deadline.hasExpired());
    m_problem = "this did not become true: " + script;
    return false;
}

QString Browser::element(const QString& selector) {
    const auto found =
        call("POST", sessionPath("/element"), {{"using", "css selector"}, {"value", selector}});
    return found ? found->toObject().value(elementKey).toString() : QString();
}

bool Browser::type(const QString& selector, const QString& text) {
    const QString id = element(selector);
    return !id.isEmpty() &&
           call("POST", sessionPath("/element/" + id + "/value"), {{"text", text}}).has_value();
}

QJsonValue Browser::property(const QString& selector, const QString& name) {
    const QString id = element(selector);
    if (id.isEmpty())
        return QJsonValue::Undefined;
    return call("GET", sessionPath("/element/" + id + "/property/" + name))
        .value_or(QJsonValue(QJsonValue::Undefined));
}

QByteArray Browser::screenshot() {
    const auto image = call("GET", sessionPath("/screenshot"));
    return image ? QByteArray::fromBase64(image->toString().toLatin1()) : QByteArray();
}

std::optional<QJsonValue> Browser::call(const QByteArray& verb, const QString& path,
                                        const QJsonObject& body) {
    QUrl url = m_driverUrl;
    url.setPath(path);
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json; charset=utf-8");
    request.setTransferTimeout(callTimeoutMs);
    const QByteArray bytes =
        verb == "POST" ? QJsonDocument(body).toJson(QJsonDocument::Compact) : QByteArray();
    const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, verb, bytes));
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    if (!reply->isFinished())
        loop.exec();
    const QJsonValue value = QJsonDocument::fromJson(reply->readAll()).object().value("value");
    if (reply->error() == QNetworkReply::NoError)
        return value;
    const QString said = value.toObject().value("message").toString();
    m_problem =
        QString::fromLatin1(verb) + ' ' + path + ": " + (said.isEmpty() ? reply->errorString() : said);
    return std::nullopt;
}

} // namespace tandem
