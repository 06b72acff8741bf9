#include "integration/typing_crowd.h"

#include "base/utf8.h"
#include "integration/waiting.h"

#include <QDeadlineTimer>

#include <algorithm>

namespace tandem {

namespace {
// Between two words, or at an end.
std::size_t placeBetweenWords(const std::u32string& text, std::uint64_t choice) {
    std::vector<std::size_t> places{0};
    for (std::size_t index = 0; index < text.size(); ++index) {
        if (text[index] == U']')
            places.push_back(index + 1);
    }
    return places[choice % places.size()];
}

std::vector<std::u32string> wordsOf(const std::u32string& text) {
    std::vector<std::u32string> words;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(U']', begin), text.size() - 1) + 1;
        words.push_back(text.substr(begin, end - begin));
        begin = end;
    }
    return words;
}

QString asLine(const std::vector<std::u32string>& words) {
    QString line;
    for (const std::u32string& word : words)
        line += QString::fromStdString(toUtf8(word)) + ' ';
    return line;
}
} // namespace

TypingCrowd::TypingCrowd(std::uint64_t seed) : m_random(seed) {}

OperationsClient& TypingCrowd::addOperationsClient(const QUrl& websocketUrl) {
    OperationsClient& added = m_operations.emplace_back(m_ids, websocketUrl);
    added.client.start();
    return added;
}

PlainClient& TypingCrowd::addPlainClient(const QUrl& websocketUrl) {
    PlainClient& added = m_plain.emplace_back(websocketUrl);
    added.start();
    return added;
}

std::u32string TypingCrowd::nextWord(const QString& who, int number) {
    const QString word = QString("[%1%2-%3]").arg(who).arg(number).arg(m_typed.size());
    m_typed.push_back(fromUtf16(word.toStdU16String()));
    return m_typed.back();
}

void TypingCrowd::typeOne(OperationsClient& client, int number) {
    // Before the first join there is no document to type into.
    if (client.document.epoch().empty())
        return;
    const std::size_t place = placeBetweenWords(client.document.replica().codePoints(), m_random.bits());
    const std::u32string word = nextWord("client", number);
    const Splice splice{place, 0, word};
    if (!client.document.edit(std::span(&splice, 1)))
        qFatal("an edit within the text was refused");
}

void TypingCrowd::typeOne(PlainClient& client, int number) {
    const std::uint64_t choice = m_random.bits();
    client.insert(nextWord("plain", number),
                  [choice](const std::u32string& text) { return placeBetweenWords(text, choice); });
}

void TypingCrowd::typeFor(int ms, int longestPauseMs) {
    const QDeadlineTimer deadline(ms);
    while (!deadline.hasExpired()) {
        const std::uint64_t typist = m_random.below(m_operations.size() * 2 + m_plain.size());
        if (typist < m_operations.size() * 2)
            typeOne(m_operations[typist / 2], static_cast<int>(typist / 2));
        else
            typeOne(m_plain[typist - m_operations.size() * 2], static_cast<int>(typist));
        spin(static_cast<int>(m_random.below(static_cast<std::uint64_t>(longestPauseMs))));
    }
}

void TypingCrowd::retryNow() {
    for (OperationsClient& each : m_operations)
        each.client.retryNow();
    for (PlainClient& each : m_plain)
        each.retryNow();
}

std::optional<QString> TypingCrowd::unsettled() const {
    const Seq version = m_operations.front().document.version();
    for (std::size_t number = 0; number < m_operations.size(); ++number) {
        const OperationsClient& each = m_operations[number];
        if (!each.isLive() || !each.document.outbox().empty() || each.document.version() != version) {
            return QString("client %1 has %2 edits unsent or unacked at version %3; %4")
                .arg(number)
                .arg(each.document.outbox().size())
                .arg(each.document.version())
                .arg(QString::fromStdString(each.client.session().problem()));
        }
    }
    for (const PlainClient& each : m_plain) {
        if (!each.isSettled() || each.version() != version)
            return QString("a plain client is at version %1 of %2; %3")
                .arg(each.version())
                .arg(version)
                .arg(each.problem());
    }
    return std::nullopt;
}

std::optional<QString> TypingCrowd::settle() {
    waitUntil([this] { return !unsettled(); });
    return unsettled();
}

std::optional<QString> TypingCrowd::differences(const QString& serverText) const {
    const std::u32string text = fromUtf16(serverText.toStdU16String());
    for (std::size_t number = 0; number < m_operations.size(); ++number) {
        if (m_operations[number].document.replica().codePoints() != text)
            return QString("the text of client %1 is another than the server's").arg(number);
    }
    for (const PlainClient& each : m_plain) {
        if (!each.problem().isEmpty())
            return each.problem();
        if (each.text() != text)
            return QString("a plain client's text is another than the server's");
    }
    std::vector<std::u32string> found = wordsOf(text);
    std::vector<std::u32string> typed = m_typed;
    std::sort(found.begin(), found.end());
    std::sort(typed.begin(), typed.end());
    std::vector<std::u32string> lost;
    std::vector<std::u32string> odd; // doubled, or torn
    std::set_difference(typed.begin(), typed.end(), found.begin(), found.end(), std::back_inserter(lost));
    std::set_difference(found.begin(), found.end(), typed.begin(), typed.end(), std::back_inserter(odd));
    if (lost.empty() && odd.empty())
        return std::nullopt;
    return QString("lost: %1; doubled or torn: %2").arg(asLine(lost), asLine(odd));
}

} // namespace tandem
