#include "editor/highlight/language.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace tandem {

namespace {

QStringList wordsOf(const QJsonValue& value) {
    return value.toString().split(u' ', Qt::SkipEmptyParts);
}

TokenStyle styleOf(const QString& name) {
    static const QHash<QString, TokenStyle> styles = {
        {QStringLiteral("keyword"), TokenStyle::keyword},
        {QStringLiteral("type"), TokenStyle::type},
        {QStringLiteral("constant"), TokenStyle::constant},
        {QStringLiteral("function"), TokenStyle::function},
        {QStringLiteral("comment"), TokenStyle::comment},
    };
    return styles.value(name, TokenStyle::string);
}

Language::Span spanOf(const QJsonObject& json) {
    Language::Span span;
    span.open = json[QStringLiteral("open")].toString();
    span.close = json[QStringLiteral("close")].toString();
    const QString escape = json[QStringLiteral("escape")].toString();
    span.escape = escape.isEmpty() ? QChar() : escape.front();
    span.crossesLines = json[QStringLiteral("lines")].toBool();
    span.nests = json[QStringLiteral("nests")].toBool();
    span.style = styleOf(json[QStringLiteral("style")].toString());
    return span;
}

} // namespace

std::unique_ptr<Language> readLanguage(const QString& id, const QByteArray& json) {
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return nullptr;
    const QJsonObject all = document.object();
    const auto text = [&](const char* key) { return all[QLatin1String(key)].toString(); };
    const auto flag = [&](const char* key) { return all[QLatin1String(key)].toBool(); };
    auto language = std::make_unique<Language>();
    language->id = id;
    language->name = text("name");
    language->kind = text("kind") == QLatin1String("markdown") ? Language::Kind::markdown
                     : text("kind") == QLatin1String("markup") ? Language::Kind::markup
                                                               : Language::Kind::code;
    language->endings = wordsOf(all[QStringLiteral("endings")]);
    language->files = wordsOf(all[QStringLiteral("files")]);
    language->aliases = wordsOf(all[QStringLiteral("aliases")]);
    language->habits = {text("lineComment"), text("commentOpen"), text("commentClose"), flag("colonIndents"),
                        flag("continuesLists")};
    language->commentNeedsSpace = flag("commentNeedsSpace");
    language->ignoresCase = flag("ignoresCase");
    language->wordCharacters = text("wordCharacters");
    language->showsCalls = flag("calls");
    language->keysBeforeColon = flag("keysBeforeColon");
    language->hasCharacters = flag("characters");
    language->directives = text("directives");
    language->annotations = text("annotations");
    language->variables = text("variables");
    const QJsonArray spans = all[QStringLiteral("spans")].toArray();
    for (const QJsonValue& span : spans)
        language->spans.push_back(spanOf(span.toObject()));
    const QJsonObject words = all[QStringLiteral("words")].toObject();
    for (auto group = words.begin(); group != words.end(); ++group) {
        const QStringList list = wordsOf(group.value());
        for (const QString& word : list)
            language->words.emplace(word.toStdU16String(), styleOf(group.key()));
    }
    const QJsonObject embeds = all[QStringLiteral("embeds")].toObject();
    for (auto embed = embeds.begin(); embed != embeds.end(); ++embed)
        language->embeds.insert(embed.key(), embed.value().toString());
    return language;
}

LanguageSet::LanguageSet() {
    QDirIterator files(QStringLiteral(":/languages"));
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        if (auto language = readLanguage(QFileInfo(file.fileName()).completeBaseName(), file.readAll()))
            m_languages.push_back(std::move(language));
    }
    std::sort(m_languages.begin(), m_languages.end(),
              [](const auto& a, const auto& b) { return a->name.compare(b->name, Qt::CaseInsensitive) < 0; });
    for (const auto& language : m_languages) {
        m_byWord.insert(language->id, language.get());
        for (const QString& alias : language->aliases)
            m_byWord.insert(alias, language.get());
        for (const QString& ending : language->endings)
            m_byEnding.insert(ending, language.get());
        for (const QString& file : language->files)
            m_byFile.insert(file, language.get());
    }
}

const Language* LanguageSet::find(const QString& word) const {
    const QString lower = word.toLower();
    const Language* language = m_byWord.value(lower);
    return language ? language : m_byEnding.value(lower);
}

const Language* LanguageSet::forTitle(const QString& title) const {
    const QString name = title.trimmed();
    if (const Language* language = m_byFile.value(name))
        return language;
    const qsizetype dot = name.lastIndexOf(u'.');
    const QString ending = name.mid(dot + 1).toLower();
    const bool hasEnding = dot > 0 && !ending.isEmpty() && !ending.contains(u' ');
    return hasEnding ? m_byEnding.value(ending) : find(QStringLiteral("markdown"));
}

int LanguageSet::numberOf(const Language* language) const {
    for (std::size_t i = 0; i < m_languages.size(); ++i) {
        if (m_languages[i].get() == language)
            return static_cast<int>(i) + 1;
    }
    return 0;
}

const Language* LanguageSet::byNumber(int number) const {
    const auto index = static_cast<std::size_t>(number);
    return number >= 1 && index <= m_languages.size() ? m_languages[index - 1].get() : nullptr;
}

} // namespace tandem
