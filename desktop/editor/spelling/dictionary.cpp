#include "editor/spelling/dictionary.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>

#include <hunspell/hunspell.hxx>

namespace tandem {

namespace {
constexpr qsizetype mostTried = 50'000; // remembered
constexpr qsizetype longestWord = 80;

QStringList folders() {
    return {QStringLiteral("/usr/share/hunspell"), QStringLiteral("/usr/share/myspell/dicts"),
            QStringLiteral("/usr/local/share/hunspell"), QStringLiteral("/Library/Spelling")};
}

QString fileOf(const QString& language, const QString& ending) {
    for (const QString& folder : folders()) {
        const QString file = QStringLiteral("%1/%2.%3").arg(folder, language, ending);
        if (QFile::exists(file))
            return file;
    }
    return {};
}
} // namespace

Dictionary::Dictionary(QString ownWords) : m_ownWords(std::move(ownWords)) {
    QFile file(m_ownWords);
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QStringList words = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    m_known = QSet<QString>(words.begin(), words.end());
}

Dictionary::~Dictionary() = default;

QStringList Dictionary::languages() {
    QStringList all;
    for (const QString& folder : folders()) {
        const QFileInfoList files =
            QDir(folder).entryInfoList({QStringLiteral("*.dic")}, QDir::Files, QDir::Name);
        for (const QFileInfo& file : files) {
            const QString language = file.completeBaseName();
            if (!language.startsWith(QLatin1String("hyph_")) && !all.contains(language) &&
                !fileOf(language, QStringLiteral("aff")).isEmpty())
                all += language;
        }
    }
    return all;
}

QString Dictionary::languageOf(const QStringList& personsLanguages) {
    const QStringList all = languages();
    for (QString wanted : personsLanguages) {
        wanted.replace(u'-', u'_');
        if (all.contains(wanted))
            return wanted;
        for (const QString& language : all) {
            if (language.section(u'_', 0, 0) == wanted.section(u'_', 0, 0))
                return language;
        }
    }
    return {};
}

void Dictionary::setLanguage(const QString& language) {
    ++m_revision;
    m_tried.clear();
    m_hunspell.reset();
    m_language = languages().contains(language) ? language : QString();
    m_isLoaded = m_language.isEmpty();
    const QString name = QLocale(m_language).nativeLanguageName(); // is written as the language is
    m_script = name.isEmpty() ? QChar::Script_Latin : name.front().script();
}

void Dictionary::load() {
    m_isLoaded = true;
    const QString affixes = fileOf(m_language, QStringLiteral("aff"));
    const QString words = fileOf(m_language, QStringLiteral("dic"));
    m_hunspell = std::make_unique<Hunspell>(QFile::encodeName(affixes).constData(),
                                            QFile::encodeName(words).constData());
    const QByteArray encoding = QByteArray::fromStdString(m_hunspell->get_dict_encoding());
    m_encoder = QStringEncoder(encoding.constData());
    m_decoder = QStringDecoder(encoding.constData());
    if (!m_encoder.isValid()) {
        m_encoder = QStringEncoder(QStringConverter::Latin1);
        m_decoder = QStringDecoder(QStringConverter::Latin1);
    }
}

std::string Dictionary::encoded(const QString& word) {
    const QByteArray bytes = m_encoder.encode(word);
    if (m_encoder.hasError()) {
        m_encoder.resetState();
        return {};
    }
    return bytes.toStdString();
}

bool Dictionary::isRight(const QString& word) {
    if (!m_isLoaded)
        load();
    if (!m_hunspell || word.size() > longestWord || m_known.contains(word))
        return true;
    if (!word.isEmpty() && word.front().script() != m_script)
        return true; // of another language, which this one knows nothing of
    const auto tried = m_tried.constFind(word);
    if (tried != m_tried.constEnd())
        return *tried;
    QString plain = word;
    plain.replace(u'\u2019', u'\'');
    const std::string bytes = encoded(plain);
    // What the dictionary's letters cannot write is of another language.
    const bool right = bytes.empty() || m_hunspell->spell(bytes);
    if (m_tried.size() >= mostTried)
        m_tried.clear();
    m_tried.insert(word, right);
    return right;
}

QStringList Dictionary::suggestions(const QString& word, qsizetype most) {
    QStringList all;
    const std::string bytes = m_hunspell ? encoded(word) : std::string();
    if (bytes.empty())
        return all;
    for (const std::string& suggestion : m_hunspell->suggest(bytes)) {
        if (all.size() >= most)
            break;
        all += QString(
            m_decoder.decode(QByteArrayView(suggestion.data(), static_cast<qsizetype>(suggestion.size()))));
    }
    return all;
}

void Dictionary::ignore(const QString& word) {
    m_known.insert(word);
    ++m_revision;
}

void Dictionary::add(const QString& word) {
    ignore(word);
    QDir().mkpath(QFileInfo(m_ownWords).path());
    QFile file(m_ownWords);
    if (file.open(QIODevice::Append))
        file.write(word.toUtf8() + '\n');
}

} // namespace tandem
