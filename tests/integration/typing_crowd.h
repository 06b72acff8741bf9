// Several clients that type into one document at once, for tests of crashes and lost connections. Each word
// is typed once in the whole test, as [who-number], and always between two words, so that the text shows
// whether one is missing, doubled or torn. Owned by a test; lives on its thread.
#pragma once

#include "integration/plain_client.h"
#include "qt/qt_client.h"

#include <deque>
#include <memory>
#include <optional>

namespace tandem {

// A document and its connection, as in the desktop program.
struct OperationsClient {
    OperationsClient(Random& random, const QUrl& websocketUrl)
        : document(random), client(document, documentAt(websocketUrl), {"typist", 0}, "test") {}

    static DocumentUrl documentAt(QUrl websocketUrl) {
        websocketUrl.setScheme(QStringLiteral("http"));
        return DocumentUrl::parse(websocketUrl.toString()).value();
    }
    bool isLive() const { return client.session().state() == ClientSession::State::live; }

    OpenDocument document;
    QtClient client;
};

class TypingCrowd final : public QObject {
    Q_OBJECT
public:
    explicit TypingCrowd(std::uint64_t seed);

    // They connect at once.
    OperationsClient& addOperationsClient(const QUrl& websocketUrl);
    PlainClient& addPlainClient(const QUrl& websocketUrl);

    // Everyone types, connected or not: one word of one of them after a random pause of less than
    // `longestPauseMs`.
    void typeFor(int ms, int longestPauseMs = 5);
    // Nobody waits for the next attempt to connect.
    void retryNow();
    // Until all are connected, nothing waits for an ack, and all have the same version. Otherwise: what is
    // missing.
    std::optional<QString> settle();

    // What is wrong with the clients' texts, or with `serverText` as the text of all that was typed; nothing
    // when each word is there once.
    std::optional<QString> differences(const QString& serverText) const;

    std::size_t typedCount() const { return m_typed.size(); }

private:
    void typeOne(OperationsClient& client, int number);
    void typeOne(PlainClient& client, int number);
    std::u32string nextWord(const QString& who, int number);
    std::optional<QString> unsettled() const;

    SeededRandom m_random;
    SystemRandom m_ids;
    std::deque<OperationsClient> m_operations;
    std::deque<PlainClient> m_plain;
    std::vector<std::u32string> m_typed;
};

} // namespace tandem
