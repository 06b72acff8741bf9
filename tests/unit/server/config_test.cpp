#include "access/token.h"
#include "config/config.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

std::string refusalOf(const SettingValues& flags) {
    const auto config = readConfig(flags, {}, {});
    return config ? std::string() : config.error().detail;
}

DatabaseAddress databaseOf(const std::string& url) {
    const auto config = readConfig({{"DATABASE_URL", url}}, {}, {});
    EXPECT_TRUE(config) << url << ": " << (config ? std::string() : config.error().detail);
    return config ? config->database : DatabaseAddress();
}

} // namespace

TEST(ConfigTest, DefaultsServeThisMachineOnly) {
    const auto config = readConfig({}, {}, {});
    ASSERT_TRUE(config) << config.error().detail;
    EXPECT_EQ(config->host, "127.0.0.1");
    EXPECT_EQ(config->port, 8000);
    EXPECT_EQ(config->access, Access::open);
    EXPECT_EQ(config->database, DatabaseAddress(SqliteFile{"data/tandem.db"}));
    EXPECT_EQ(config->allowedOrigins, std::vector<std::string>{"http://localhost:3000"});
    EXPECT_EQ(config->logLevel, LogLevel::info);
    EXPECT_EQ(config->snapshotInterval, 200u);
    EXPECT_EQ(config->role, ProcessRole::all);
}

TEST(ConfigTest, FlagsGoBeforeTheEnvironmentAndThatBeforeTheFile) {
    const SettingValues file{{"PORT", "1"}, {"HOST", "127.0.0.2"}, {"DATA_DIR", "from-file"}};
    const SettingValues environment{
        {"PORT", "2"}, {"HOST", "127.0.0.3"}, {"DATA_DIR", ""}, {"SHELL", "/bin/sh"}};
    const auto config = readConfig({{"PORT", "3"}}, environment, file);
    ASSERT_TRUE(config) << config.error().detail;
    EXPECT_EQ(config->port, 3);
    EXPECT_EQ(config->host, "127.0.0.3");
    EXPECT_EQ(config->dataDir, "from-file");
}

TEST(ConfigTest, AMalformedValueIsNamedInASentence) {
    for (const auto& [name, value] : SettingValues{{"PORT", "65536"},
                                                   {"HOST", "example.org"},
                                                   {"LOG_LEVEL", "loud"},
                                                   {"LOG_FORMAT", "xml"},
                                                   {"ROLE", "boss"},
                                                   {"ACCESS", "closed"},
                                                   {"CREATE", "nobody"},
                                                   {"PUBLIC_URL", "ftp://x"},
                                                   {"ALLOWED_ORIGINS", "*"},
                                                   {"DATA_DIR", ""},
                                                   {"SNAPSHOT_INTERVAL", "0"},
                                                   {"SOCKETS_PER_ADDRESS", "many"},
                                                   {"DATABASE_URL", "postgres://x"}}) {
        EXPECT_NE(refusalOf({{name, value}}).find(name), std::string::npos) << name;
    }
    for (const std::string port : {"", "-1", "8000x", " 80", "0x50"})
        EXPECT_FALSE(refusalOf({{"PORT", port}}).empty()) << port;
}

TEST(ConfigTest, AProcessServesPeopleOrWorksInTheBackgroundOrBoth) {
    EXPECT_EQ(readConfig({{"ROLE", "all"}}, {}, {})->role, ProcessRole::all);
    EXPECT_EQ(readConfig({{"ROLE", "api"}}, {}, {})->role, ProcessRole::api);
    EXPECT_EQ(readConfig({{"ROLE", "worker"}}, {}, {})->role, ProcessRole::worker);
}

TEST(ConfigTest, OpenAccessBeyondLoopbackIsRefusedUnlessCalledUnsafe) {
    for (const std::string host : {"0.0.0.0", "::", "192.168.1.5"}) {
        EXPECT_NE(refusalOf({{"HOST", host}}).find("open-unsafe"), std::string::npos) << host;
        EXPECT_EQ(refusalOf({{"HOST", host}, {"ACCESS", "open-unsafe"}}), "") << host;
        EXPECT_EQ(refusalOf({{"HOST", host}, {"ACCESS", "links"}}), "") << host;
    }
    for (const std::string host : {"localhost", "127.1.2.3", "::1", "[::1]"})
        EXPECT_EQ(refusalOf({{"HOST", host}}), "") << host;
}

TEST(ConfigTest, AnAdminTokenIsLongAndNeitherRepeatedNorKept) {
    const auto config = readConfig({{"ADMIN_TOKEN", "sixteen-letters!"}}, {}, {});
    ASSERT_TRUE(config);
    EXPECT_EQ(config->adminTokenHash, sha256("sixteen-letters!"));
    EXPECT_EQ(readConfig({}, {}, {})->adminTokenHash, "") << "no default";
    for (const std::string& wrong :
         {std::string("fifteen-letters"), std::string(257, 'x'), std::string("with a blank in between")}) {
        const std::string refusal = refusalOf({{"ADMIN_TOKEN", wrong}});
        EXPECT_NE(refusal.find("ADMIN_TOKEN"), std::string::npos);
        EXPECT_EQ(refusal.find(wrong), std::string::npos);
    }
    EXPECT_NE(refusalOf({{"CREATE", "admin"}}).find("ADMIN_TOKEN"), std::string::npos);
    EXPECT_EQ(refusalOf({{"CREATE", "admin"}, {"ADMIN_TOKEN", "sixteen-letters!"}}), "");
}

TEST(ConfigTest, ADatabaseServerIsReadFromItsAddress) {
    const DatabaseAddress server = MysqlServer{"db.example.org", 3307, "tandem", "p@ss/w:rd%", "texts"};
    const std::string rest = "tandem:p%40ss%2fw%3Ard%25@db.example.org:3307/texts";
    for (const std::string scheme : {"mysql://", "mariadb://", "mysql+aiomysql://", "mariadb+pymysql://"})
        EXPECT_EQ(databaseOf(scheme + rest), server) << scheme;
    EXPECT_EQ(databaseOf("mysql://u@h/d"), DatabaseAddress(MysqlServer{"h", 3306, "u", "", "d"}));
    EXPECT_EQ(databaseOf("mysql://u:@[::1]/d"), DatabaseAddress(MysqlServer{"::1", 3306, "u", "", "d"}));
    EXPECT_EQ(databaseOf("mysql://u:a@b@h/d"), DatabaseAddress(MysqlServer{"h", 3306, "u", "a@b", "d"}));
    EXPECT_EQ(databaseOf("mysql://u:p@localhost:33/d?charset=utf8mb4"),
              DatabaseAddress(MysqlServer{"127.0.0.1", 33, "u", "p", "d"}));
    EXPECT_EQ(databaseOf("mysql://u:p@/d?socket=/run/my%20sql.sock"),
              DatabaseAddress(MysqlServer{"", 3306, "u", "p", "d", "/run/my sql.sock"}));
}

TEST(ConfigTest, ADatabasesNameIsShownWithoutItsPassword) {
    EXPECT_EQ(nameOf(databaseOf("mysql://u:secret@h/d")), "mysql://u@h:3306/d");
    EXPECT_EQ(nameOf(databaseOf("mysql://u:secret@[::1]:1/d")), "mysql://u@[::1]:1/d");
    EXPECT_EQ(nameOf(databaseOf("mysql://u:secret@h/d?socket=/s")), "mysql://u@/s/d");
    EXPECT_EQ(nameOf(databaseOf("sqlite:a.db")), "a.db");
}

TEST(ConfigTest, ADatabaseAddressIsNotRepeatedInARefusal) {
    for (const std::string wrong :
         {"postgres://user:secret@host/db", "mysql://user:secret@host", "mysql://user:secret@host/",
          "mysql://:secret@host/db", "mysql://user:secret@host:0/db", "mysql://user:secret@host:65536/db",
          "mysql://user:secret@host:33x/db", "mysql://user:secret@/db", "mysql://user:secret%4@host/db",
          "mysql://user:secret%00@host/db", "mysql://user:secret%zz@host/db", "mysql://user:secret/x@host/db",
          "mysql://user:sec?ret@host/db", "mysql://user:secret@host/db?secret=1",
          "mysql://user:secret@ho st/db", "mysql://secret", "mysqlx://user:secret@host/db",
          "mysql:user:secret@host/db"}) {
        const std::string refusal = refusalOf({{"DATABASE_URL", wrong}});
        EXPECT_NE(refusal.find("DATABASE_URL"), std::string::npos) << wrong;
        EXPECT_EQ(refusal.find("sec"), std::string::npos) << refusal;
    }
}

TEST(ConfigTest, SqliteFilesMayBeRelativeOrAbsolute) {
    EXPECT_EQ(databaseOf("sqlite:a/b.db"), DatabaseAddress(SqliteFile{"a/b.db"}));
    EXPECT_EQ(databaseOf("sqlite:/a/b.db"), DatabaseAddress(SqliteFile{"/a/b.db"}));
    EXPECT_EQ(databaseOf("sqlite:///a/b.db"), DatabaseAddress(SqliteFile{"/a/b.db"}));
    EXPECT_FALSE(refusalOf({{"DATABASE_URL", "sqlite://host/b.db"}}).empty());
}

TEST(ConfigTest, OriginsAreComparedInSmallLettersWithoutASlash) {
    const auto config = readConfig({{"ALLOWED_ORIGINS", "HTTP://A.org/, https://b.org:8443 ,"}}, {}, {});
    ASSERT_TRUE(config);
    EXPECT_EQ(config->allowedOrigins, (std::vector<std::string>{"http://a.org", "https://b.org:8443"}));
}

TEST(ConfigTest, MailGoesToFilesUnlessThereIsAServerWhichNeedsASender) {
    const auto files = readConfig({}, {}, {});
    ASSERT_TRUE(files);
    EXPECT_FALSE(files->smtp);
    EXPECT_EQ(files->smtpFrom, "tandem@localhost");
    const auto server =
        readConfig({{"SMTP_URL", "smtps://a:b@mail.example.org"}, {"SMTP_FROM", "t@example.org"}}, {}, {});
    ASSERT_TRUE(server) << server.error().detail;
    EXPECT_EQ(server->smtp->host, "mail.example.org");
    EXPECT_EQ(server->smtpFrom, "t@example.org");
    EXPECT_EQ(refusalOf({{"SMTP_URL", "smtps://a:b@mail.example.org"}}),
              "SMTP_URL needs SMTP_FROM, the address that mail comes from.");
    EXPECT_NE(refusalOf({{"SMTP_FROM", "me\r\n@x"}}).find("SMTP_FROM"), std::string::npos);
    EXPECT_EQ(refusalOf({{"SMTP_URL", "smtp://a:secret"}, {"SMTP_FROM", "t@example.org"}}).find("secret"),
              std::string::npos);
}

TEST(ConfigTest, BackupsComeByThemselvesWhenATimeIsGiven) {
    EXPECT_EQ(readConfig({}, {}, {})->backupEveryMs, 0);
    EXPECT_EQ(readConfig({{"BACKUP_EVERY", "90s"}}, {}, {})->backupEveryMs, 90'000);
    EXPECT_EQ(readConfig({{"BACKUP_EVERY", "30m"}}, {}, {})->backupEveryMs, 1'800'000);
    EXPECT_EQ(readConfig({{"BACKUP_EVERY", "7d"}}, {}, {})->backupEveryMs, 604'800'000);
    for (const char* wrong : {"24", "h", "0h", "-1h", "1h ", "1w", "99999d"})
        EXPECT_NE(refusalOf({{"BACKUP_EVERY", wrong}}).find("BACKUP_EVERY"), std::string::npos) << wrong;
    for (const char* name : {"BACKUP_KEEP", "JOB_THREADS"})
        EXPECT_NE(refusalOf({{name, "0"}}).find(name), std::string::npos);
    EXPECT_NE(refusalOf({{"JOB_THREADS", "65"}}).find("JOB_THREADS"), std::string::npos);
}

TEST(ConfigTest, TrustedProxiesAreAddressesAndNetworksAndAWrongOneIsNamed) {
    EXPECT_EQ(refusalOf({{"TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8 ,fd00::/8, ::1,"}}), "");
    EXPECT_FALSE(readConfig({}, {}, {})->trustedProxies.trusts(QHostAddress(QHostAddress::LocalHost)));
    for (const std::string wrong :
         {"proxy.example.org", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8x", "10.0/16", "10.1",
          "::1/129", "fd00::/8/8", "*", "/8", "10.0.0.1:80", "[::1]"}) {
        const std::string refusal = refusalOf({{"TRUSTED_PROXIES", "127.0.0.1," + wrong}});
        EXPECT_NE(refusal.find("TRUSTED_PROXIES"), std::string::npos) << wrong;
        EXPECT_NE(refusal.find("\"" + wrong + "\""), std::string::npos) << refusal;
    }
}

TEST(CommandLineTest, TakesBothWaysToWriteAFlag) {
    const auto line = parseCommandLine({"--port", "1", "--data-dir=a=b", "--env-file", "x"}, settingNames());
    ASSERT_TRUE(line) << line.error().detail;
    EXPECT_EQ(line->values.at("PORT"), "1");
    EXPECT_EQ(line->values.at("DATA_DIR"), "a=b");
    EXPECT_EQ(line->envFile, "x");
}

TEST(CommandLineTest, NamesWhatItDoesNotKnowOrWhatLacksAValue) {
    for (const std::string flag : {"--colour", "--PORT", "-p"}) {
        const auto line = parseCommandLine({flag, "x"}, settingNames());
        ASSERT_FALSE(line) << flag;
        EXPECT_NE(line.error().detail.find(flag), std::string::npos);
    }
    EXPECT_FALSE(parseCommandLine({"--port"}, settingNames()));
}

TEST(CommandLineTest, TheIdOfADocumentMayLookLikeAFlag) {
    for (const std::string& id :
         std::vector<std::string>{"-bKq1hXo3nZt5vRw7yUj9A", "--q1hXo3nZt5vRw7yUj9Abb"}) {
        const auto line = parseCommandLine({"dump", id, "--port", "1"}, settingNames());
        ASSERT_TRUE(line) << line.error().detail;
        EXPECT_EQ(line->words, (std::vector<std::string>{"dump", id}));
        EXPECT_EQ(line->values.at("PORT"), "1");
        EXPECT_FALSE(parseCommandLine({id}, settingNames())) << "no command";
    }
}

TEST(CommandLineTest, WordsThatAreNoFlagsAreACommand) {
    const auto line = parseCommandLine({"dump", "--port", "1", "document"}, settingNames());
    ASSERT_TRUE(line);
    EXPECT_EQ(line->words, (std::vector<std::string>{"dump", "document"}));
}

TEST(EnvFileTest, ReadsPlainQuotedAndExportedLines) {
    const auto values =
        parseEnvFile("# comment\nA=1\r\nexport B = two words # comment\n\nC='x # y'\nD=\"\"\nE=a#b");
    ASSERT_TRUE(values) << values.error().detail;
    EXPECT_EQ(*values,
              (SettingValues{{"A", "1"}, {"B", "two words"}, {"C", "x # y"}, {"D", ""}, {"E", "a#b"}}));
}

TEST(EnvFileTest, NamesTheLineThatCannotBeRead) {
    for (const std::string text : {"A=1\nnonsense", "A=1\n=2", "A=1\nB='x", "A=1\nB='x'y", "A=1\n1B=2"}) {
        const auto values = parseEnvFile(text);
        ASSERT_FALSE(values) << text;
        EXPECT_NE(values.error().detail.find("Line 2"), std::string::npos) << text;
    }
}

} // namespace tandem
