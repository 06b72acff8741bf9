// Letters: what is in them, where they go, and what becomes of them when a mail server does not take them.
// The server is a real one, which each test starts.
#include "mail/mail_address.h"
#include "mail/mail_message.h"
#include "mail/mail_server.h"
#include "mail/outbox_folder.h"
#include "mail/smtp_transport.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tandem {

namespace {

Mail someMail() {
    return {"jobid_-12345678", "tandem@example.org", "bo@example.com",
            "Notes",           "Hello.\n",           1'700'000'000'000};
}

bool never() {
    return false;
}

class MailTest : public testing::Test {
protected:
    // Of 127.0.0.1, made by itself.
    void makeCertificate() {
        m_certificate = m_folder.filePath(QStringLiteral("cert.pem"));
        m_key = m_folder.filePath(QStringLiteral("key.pem"));
        QProcess openssl;
        openssl.setProcessChannelMode(QProcess::MergedChannels);
        openssl.start(
            QStringLiteral("openssl"),
            QStringLiteral("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "
                           "/CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout %1 -out %2")
                .arg(m_key, m_certificate)
                .split(u' '));
        ASSERT_TRUE(openssl.waitForFinished());
        ASSERT_EQ(openssl.exitCode(), 0) << openssl.readAll().toStdString();
    }
    std::unique_ptr<MailServer> start(const char* mode) {
        QStringList arguments{QString::fromLatin1(mode)};
        if (!m_certificate.isEmpty())
            arguments += {m_certificate, m_key};
        return std::make_unique<MailServer>(arguments);
    }
    std::optional<MailRefusal> send(const std::string& url, const Mail& mail = someMail(),
                                    SmtpPatience patience = {}, const std::function<bool()>& stop = &never) {
        const auto server = parseSmtpUrl(url);
        EXPECT_TRUE(server) << server.error().detail;
        return server ? SmtpTransport(*server, patience).send(mail, stop) : MailRefusal{"no server"};
    }
    std::string trusted(const char* question = "?ca=") const {
        return question + m_certificate.toStdString();
    }

    QTemporaryDir m_folder;
    QString m_certificate;
    QString m_key;
};

} // namespace

TEST_F(MailTest, ALetterArrivesAsItWasWritten) {
    const auto server = start("plain");
    Mail mail = someMail();
    mail.subject = "Überblick – 中文 \"quoted\" =?UTF-8?Q?x?= " + std::string(150, 'x');
    mail.text = "First\n.\n..two dots\n.three\r\nFrom here on\n\n" + std::string(2'000, 'y') +
                "\nends with a space \n\ttab\t\n=3D 😀 ☃\nno line feed at the end";
    ASSERT_EQ(send("smtp://" + server->place(), mail), std::nullopt);
    const QJsonObject got = server->nextLetter();
    EXPECT_EQ(got["from"].toString().toStdString(), mail.from);
    EXPECT_EQ(got["to"].toArray(), QJsonArray{QStringLiteral("bo@example.com")});
    EXPECT_EQ(got["subject"].toString().toStdString(), mail.subject);
    EXPECT_EQ(got["defects"].toInt(), 0);
    EXPECT_EQ(got["id"].toString().toStdString(), "<jobid_-12345678@example.org>");
    QString text = QString::fromStdString(mail.text + "\n");
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    EXPECT_EQ(got["text"].toString().replace(QStringLiteral("\r\n"), QStringLiteral("\n")), text);
}

TEST_F(MailTest, NothingInALetterBecomesAHeaderOrACommand) {
    const auto server = start("plain");
    Mail mail = someMail();
    mail.subject = std::string("x\r\nBcc: evil@example.com\r\n\r\nbody\n.\r\nQUIT\0\x1B\u202E", 52);
    mail.text = "\r\n.\r\nMAIL FROM:<evil@example.com>\r\n";
    ASSERT_EQ(send("smtp://" + server->place(), mail), std::nullopt);
    const QJsonObject got = server->nextLetter();
    QStringList headers;
    for (const QJsonValue header : got["headers"].toArray())
        headers += header.toString();
    EXPECT_EQ(headers.join(u' ').toStdString(), "From To Subject Date Message-ID MIME-Version Content-Type "
                                                "Content-Transfer-Encoding Auto-Submitted");
    EXPECT_EQ(got["subject"].toString().toStdString().substr(0, 25), "xBcc: evil@example.combod");
    EXPECT_EQ(got["to"].toArray().size(), 1);
    EXPECT_TRUE(got["text"].toString().contains(QStringLiteral("MAIL FROM:<evil@example.com>")));
    EXPECT_FALSE(server->hasGotLetters()) << "there is one letter";
}

TEST_F(MailTest, APasswordGoesThroughStarttlsWithACertificateThatIsTrusted) {
    makeCertificate();
    const auto server = start("starttls");
    const std::string url = "smtp://ana:p%40ss%3Aword@" + server->place();
    ASSERT_EQ(send(url + trusted()), std::nullopt);
    EXPECT_TRUE(server->nextLetter()["tls"].toBool());

    const auto untrusted = send(url);
    ASSERT_TRUE(untrusted);
    EXPECT_FALSE(untrusted->isForGood);
    const auto wrongPassword = send("smtp://ana:wrong-word@" + server->place() + trusted());
    ASSERT_TRUE(wrongPassword);
    EXPECT_TRUE(wrongPassword->isForGood);
    EXPECT_NE(wrongPassword->why.find("535"), std::string::npos) << wrongPassword->why;
    EXPECT_EQ(wrongPassword->why.find("wrong-word"), std::string::npos);
    EXPECT_FALSE(server->hasGotLetters());
}

TEST_F(MailTest, APasswordIsNotShownToAServerWithoutTls) {
    const auto server = start("password-in-clear");
    const auto refusal = send("smtp://ana:p%40ss%3Aword@" + server->place());
    ASSERT_TRUE(refusal);
    EXPECT_FALSE(refusal->isForGood);
    EXPECT_EQ(refusal->why.find("p@ss"), std::string::npos);
    EXPECT_FALSE(server->hasGotLetters());
}

TEST_F(MailTest, SmtpsSpeaksTlsFromTheStart) {
    makeCertificate();
    const auto server = start("smtps");
    ASSERT_EQ(send("smtps://" + server->place() + trusted()), std::nullopt);
    EXPECT_TRUE(server->nextLetter()["tls"].toBool());
    EXPECT_TRUE(send("smtps://" + server->place())) << "nobody vouches for it";
}

TEST_F(MailTest, StarttlsCanBeRequiredWithoutAPassword) {
    const auto server = start("plain");
    EXPECT_TRUE(send("smtp://" + server->place() + "?starttls=required"));
    EXPECT_FALSE(server->hasGotLetters());
    EXPECT_FALSE(send("smtp://" + server->place() + "?starttls=never"));
}

TEST_F(MailTest, WhatTheServerRefusesForGoodIsNotTriedAgainAndTheRestIs) {
    struct Case {
        const char* mode;
        bool isForGood;
        const char* answer;
    };
    for (const Case& one : {Case{"mailbox-busy", false, "450"}, Case{"no-such-person", true, "550"},
                            Case{"letter-refused", true, "554"}}) {
        const auto server = start(one.mode);
        const auto refusal = send("smtp://" + server->place());
        ASSERT_TRUE(refusal) << one.mode;
        EXPECT_EQ(refusal->isForGood, one.isForGood) << one.mode << ": " << refusal->why;
        EXPECT_NE(refusal->why.find(one.answer), std::string::npos) << refusal->why;
        EXPECT_EQ(refusal->why.find("secret-detail"), std::string::npos);
    }
}

TEST_F(MailTest, AServerThatIsNotThereOrHangsIsGivenUpForNow) {
    const auto gone = send("smtp://127.0.0.1:1");
    ASSERT_TRUE(gone);
    EXPECT_FALSE(gone->isForGood);
    const auto server = start("hangs");
    const auto refusal = send("smtp://" + server->place(), someMail(), {300, 300});
    ASSERT_TRUE(refusal);
    EXPECT_FALSE(refusal->isForGood);
    EXPECT_NE(refusal->why.find("Timeout"), std::string::npos) << refusal->why;
}

TEST_F(MailTest, WhoeverWaitsForAServerThatHangsCanStop) {
    const auto server = start("hangs");
    int asked = 0;
    const auto refusal =
        send("smtp://" + server->place(), someMail(), {60'000, 600'000}, [&] { return ++asked > 3; });
    ASSERT_TRUE(refusal);
    EXPECT_FALSE(refusal->isForGood);
}

TEST_F(MailTest, WithoutAServerALetterIsAFileThatIsThereOnce) {
    const QString folder = m_folder.filePath(QStringLiteral("data/outbox"));
    OutboxFolder outbox(folder.toStdString());
    ASSERT_EQ(outbox.send(someMail(), &never), std::nullopt);
    const QString name = folder + QStringLiteral("/jobid_-12345678.eml");
    QFile file(name);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(file.readAll().toStdString(), encodeMail(someMail()));
    EXPECT_EQ(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());

    Mail later = someMail();
    later.dateMs += 5'000;
    ASSERT_EQ(outbox.send(later, &never), std::nullopt);
    EXPECT_EQ(QDir(folder).entryList(QDir::Files | QDir::Hidden).size(), 1) << "and nothing half written";
    file.seek(0);
    EXPECT_EQ(file.readAll().toStdString(), encodeMail(someMail()));
}

TEST_F(MailTest, AFolderThatCannotBeWrittenIsTriedAgainLater) {
    const QString inTheWay = m_folder.filePath(QStringLiteral("outbox"));
    QFile file(inTheWay);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    const auto refusal = OutboxFolder(inTheWay.toStdString()).send(someMail(), &never);
    ASSERT_TRUE(refusal);
    EXPECT_FALSE(refusal->isForGood);
}

TEST(MailMessage, LinesAreShortAndOfAsciiWhateverIsWritten) {
    EXPECT_TRUE(rc::check([](const std::string& subject, const std::string& text) {
        Mail mail = someMail();
        mail.subject = subject;
        mail.text = text;
        const std::string bytes = encodeMail(mail);
        std::size_t begin = 0;
        while (begin < bytes.size()) {
            const std::size_t end = bytes.find("\r\n", begin);
            RC_ASSERT(end != std::string::npos);
            RC_ASSERT(end - begin <= 76);
            RC_ASSERT(bytes[begin] != '.');
            for (std::size_t i = begin; i < end; ++i)
                RC_ASSERT(bytes[i] == '\t' || (bytes[i] >= ' ' && bytes[i] <= '~'));
            begin = end + 2;
        }
    }));
}

TEST(MailAddress, OnlyWhatCanStandInAHeaderIsOne) {
    for (const char* address : {"a@b", "ana.b+c@mail.example.org", "x_y-z!#$%&'*/=?^`{|}~@example-1.org"})
        EXPECT_TRUE(isMailAddress(address)) << address;
    for (const char* address :
         {"",       "a",         "@b",      "a@",     "a@b\r\nBcc: c@d", "a@b\n",   "a b@c",
          "<a@b>",  "a@b>,<c@d", "a@b,c@d", "a@@b",   "a@b@c",           ".a@b",    "a.@b",
          "a..b@c", "a@.b",      "a@b.",    "a@-b",   "a@b-.c",          "\"a\"@b", "a@[127.0.0.1]",
          "ä@b",    "a@bä",      "a@b ",    "a(c)@b", "a\x7F@b",         "a\\@b"})
        EXPECT_FALSE(isMailAddress(address)) << address;
    EXPECT_FALSE(isMailAddress(std::string("a@b\0c", 5)));
    EXPECT_FALSE(isMailAddress(std::string(65, 'a') + "@b"));
    EXPECT_FALSE(isMailAddress("a@" + std::string(64, 'b')));
    EXPECT_EQ(domainOf("a@example.org"), "example.org");
}

TEST(SmtpUrl, SaysWhereAndHow) {
    const auto plain = parseSmtpUrl("smtp://mail.example.org");
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->host, "mail.example.org");
    EXPECT_EQ(plain->port, 25);
    EXPECT_EQ(plain->tls, SmtpTls::ifOffered);
    const auto person = parseSmtpUrl("smtp://me%40example.org:p%40%3A%2F%25@mail.example.org/");
    ASSERT_TRUE(person);
    EXPECT_EQ(person->user, "me@example.org");
    EXPECT_EQ(person->password, "p@:/%");
    EXPECT_EQ(person->port, 587);
    EXPECT_EQ(person->tls, SmtpTls::required);
    const auto tls = parseSmtpUrl("smtps://a:b@[::1]:4650?ca=/etc/my%20ca.pem");
    ASSERT_TRUE(tls);
    EXPECT_EQ(tls->host, "::1");
    EXPECT_EQ(tls->port, 4650);
    EXPECT_EQ(tls->tls, SmtpTls::fromTheStart);
    EXPECT_EQ(tls->authorities, "/etc/my ca.pem");
    EXPECT_EQ(parseSmtpUrl("smtps://h")->port, 465);
}

TEST(SmtpUrl, AWrongOneIsRefusedWithoutRepeatingIt) {
    for (const char* url : {"",
                            "mail.example.org",
                            "http://h",
                            "smtp://",
                            "smtp://:25",
                            "smtp://h:0",
                            "smtp://h:99999",
                            "smtp://h:x",
                            "smtp://secret@h",
                            "smtp://secret:@h",
                            "smtp://:secret@h",
                            "smtp://a:secret%0D%0Ax@h",
                            "smtp://a:secret%4@h",
                            "smtp://h/secret",
                            "smtp://h h",
                            "smtp://[::1",
                            "smtp://h?starttls=perhaps",
                            "smtp://a:secret@h?starttls=never",
                            "smtps://h?starttls=never",
                            "smtp://h?ca="}) {
        const auto server = parseSmtpUrl(url);
        ASSERT_FALSE(server) << url;
        EXPECT_TRUE(server.error().detail.starts_with("SMTP_URL ")) << server.error().detail;
        EXPECT_EQ(server.error().detail.find("secret"), std::string::npos);
    }
}

} // namespace tandem
