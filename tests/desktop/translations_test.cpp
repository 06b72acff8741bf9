// Every word that people see has a German one, which is shown where the system speaks German.
#include "connection/state_words.h"
#include "documents/document_page.h"
#include "settings/language.h"
#include "settings/preferences.h"

#include <QDir>
#include <QDirIterator>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QXmlStreamReader>

#include <gtest/gtest.h>

namespace tandem {

namespace {

const QString sources = QStringLiteral(TANDEM_SOURCES "/desktop");
const QString german = QStringLiteral(TANDEM_SOURCES "/resources/translations/tandem_de.ts");

struct Message {
    QString source;
    QString translation;
    QString state; // "unfinished", "vanished"; empty: fine
};

QList<Message> read(const QString& path) {
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    QList<Message> messages;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement())
            continue;
        if (xml.name() == QLatin1String("source"))
            messages.append({xml.readElementText(), {}, {}});
        else if (xml.name() == QLatin1String("translation")) {
            messages.last().state = xml.attributes().value("type").toString();
            messages.last().translation = xml.readElementText();
        }
    }
    EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
    return messages;
}

QStringList placeholders(const QString& text) {
    static const QRegularExpression mark(QStringLiteral("%[0-9]|<[a-z/]+>"));
    QStringList found;
    for (auto each = mark.globalMatch(text); each.hasNext();)
        found.append(each.next().captured());
    found.sort();
    return found;
}

} // namespace

TEST(TranslationsTest, EveryStringOfTheSourcesIsTranslated) {
    const QTemporaryDir folder;
    const QString copy = folder.filePath("tandem_de.ts");
    ASSERT_TRUE(QFile::copy(german, copy));
    QStringList files;
    for (QDirIterator each(sources, {"*.cpp", "*.h"}, QDir::Files, QDirIterator::Subdirectories);
         each.hasNext();)
        if (const QString file = each.next(); !file.contains("/cli/"))
            files.append(file);
    ASSERT_GT(files.size(), 50);
    files.sort();
    QProcess lupdate;
    lupdate.start(TANDEM_LUPDATE, QStringList{"-silent", "-locations", "none", "-I", sources} + files +
                                      QStringList{"-ts", copy});
    ASSERT_TRUE(lupdate.waitForFinished(120'000));
    ASSERT_EQ(lupdate.exitCode(), 0) << lupdate.readAllStandardError().toStdString();

    const QList<Message> messages = read(copy);
    EXPECT_GT(messages.size(), 200);
    for (const Message& message : messages) {
        EXPECT_EQ(message.state, "") << message.source.toStdString();
        EXPECT_FALSE(message.translation.isEmpty()) << message.source.toStdString();
    }
}

TEST(TranslationsTest, WhatIsFilledInIsFilledInInTheTranslationToo) {
    for (const Message& message : read(german)) {
        EXPECT_EQ(placeholders(message.translation), placeholders(message.source))
            << message.source.toStdString();
        EXPECT_EQ(message.translation.endsWith("…"), message.source.endsWith("…"))
            << message.source.toStdString();
    }
}

TEST(TranslationsTest, AGermanSystemGetsGermanWordsAndAnyOtherEnglishOnes) {
    const QTemporaryDir folder;
    Preferences preferences(folder.filePath("settings.ini"));
    const auto title = [&](const QLocale& locale) {
        const Language language(locale);
        return DocumentPage({QUrl("http://127.0.0.1:9"), "abcdefghijklmnopqrstuv"}, preferences).title() +
               " / " + stateWords({.state = ClientSession::State::live}).words;
    };
    EXPECT_EQ(title(QLocale("de_DE")), "Ohne Titel / Gespeichert");
    EXPECT_EQ(title(QLocale("de_AT")), "Ohne Titel / Gespeichert");
    EXPECT_EQ(title(QLocale("en_GB")), "Untitled / Saved");
    EXPECT_EQ(title(QLocale("fi_FI")), "Untitled / Saved");
    EXPECT_EQ(title(QLocale::c()), "Untitled / Saved");
}

} // namespace tandem
