#include "http/tls_certificate.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>

#include <openssl/ssl.h>

namespace tandem {

namespace {

constexpr int lookEveryMs = 30'000;

Error unusable(const std::string& setting, const std::string& file, const std::string& why) {
    return {ErrorCode::unavailable, setting + ": " + file + " " + why + "."};
}

// OpenSSL itself says whether it can work with the files, and whether they belong together.
Result<void> check(const TlsFiles& files) {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_server_method()),
                                                                    &SSL_CTX_free);
    if (!context || SSL_CTX_use_certificate_chain_file(context.get(), files.certificate.c_str()) != 1)
        return unusable("TLS_CERT", files.certificate, "holds no certificate in PEM");
    SSL_CTX_set_default_passwd_cb(context.get(), [](char*, int, int, void*) { return 0; }); // nobody is asked
    if (SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_check_private_key(context.get()) != 1)
        return unusable("TLS_KEY", files.key, "holds no key in PEM that belongs to the certificate");
    return {};
}

QSslKey keyIn(const QByteArray& pem) {
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        if (QSslKey key(pem, algorithm); !key.isNull())
            return key;
    }
    return {};
}

} // namespace

Result<std::unique_ptr<TlsCertificate>> TlsCertificate::open(const TlsFiles& files, HttpServer& server,
                                                             const Log& log) {
    auto certificate = std::unique_ptr<TlsCertificate>(new TlsCertificate(files, server, log));
    if (const auto read = certificate->read(); !read)
        return read.error();
    return certificate;
}

TlsCertificate::TlsCertificate(TlsFiles files, HttpServer& server, const Log& log)
    : m_files(std::move(files)), m_server(server), m_log(log) {
    connect(&m_timer, &QTimer::timeout, this, &TlsCertificate::readAgain);
    m_timer.start(lookEveryMs);
}

void TlsCertificate::readAgain() {
    const QByteArray before = m_seen;
    const auto result = read();
    if (m_seen == before)
        return;
    if (result)
        m_log.info("the TLS certificate was replaced");
    else
        m_log.error("the TLS certificate was not replaced", {{"detail", result.error().detail}});
}

Result<void> TlsCertificate::read() {
    QFile certificateFile(QString::fromStdString(m_files.certificate));
    if (!certificateFile.open(QIODevice::ReadOnly))
        return unusable("TLS_CERT", m_files.certificate, "cannot be read");
    QFile keyFile(QString::fromStdString(m_files.key));
    if (!keyFile.open(QIODevice::ReadOnly))
        return unusable("TLS_KEY", m_files.key, "cannot be read");
    const QByteArray certificate = certificateFile.readAll();
    const QByteArray key = keyFile.readAll();
    const QByteArray both = certificate + key;
    if (both == m_seen)
        return {};
    m_seen = both;
    if (auto checked = check(m_files); !checked)
        return checked;
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain(QSslCertificate::fromData(certificate, QSsl::Pem));
    configuration.setPrivateKey(keyIn(key));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    if (configuration.localCertificateChain().isEmpty() || configuration.privateKey().isNull())
        return unusable("TLS_KEY", m_files.key, "is of a kind that this version cannot use");
    m_server.useTls(configuration);
    return {};
}

} // namespace tandem
