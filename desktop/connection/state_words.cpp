#include "connection/state_words.h"

#include <QCoreApplication>

namespace tandem {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(StateWords)
};

QString joined(const QString& first, const QString& second) {
    return second.isEmpty() ? first : first + QStringLiteral(" · ") + second;
}

// What a ClientSession says by itself; what follows a colon there comes from the server.
constexpr const char* problems[] = {
    QT_TRANSLATE_NOOP("StateWords", "The server asks for a sign-in."),
    QT_TRANSLATE_NOOP("StateWords", "The server does not let you into this document."),
    QT_TRANSLATE_NOOP("StateWords", "The document does not exist on this server."),
    QT_TRANSLATE_NOOP("StateWords", "The server has not answered for a while."),
    QT_TRANSLATE_NOOP("StateWords", "The server left out a version."),
    QT_TRANSLATE_NOOP("StateWords", "The server sent a snapshot out of order."),
    QT_TRANSLATE_NOOP("StateWords", "The server still has the document as it was before it was restored."),
    QT_TRANSLATE_NOOP("StateWords", "The server sent something that is not understood: "),
    QT_TRANSLATE_NOOP("StateWords", "The server's changes do not fit: "),
    QT_TRANSLATE_NOOP("StateWords", "The server's copy of the document cannot be read: "),
    QT_TRANSLATE_NOOP("StateWords", "The server cannot take edits now; they stay here and are sent again: "),
    QT_TRANSLATE_NOOP("StateWords", "The server did not take an edit: "),
};

QString problemWords(const QString& problem) {
    for (const char* known : problems)
        if (problem.startsWith(QLatin1String(known)))
            return Words::tr(known) + problem.mid(static_cast<qsizetype>(qstrlen(known)));
    return problem;
}

// Plural forms come from the translation; in English they stand here.
QString keptEdits(const ConnectionStatus& status) {
    const bool isOnDisk = status.kept == ConnectionStatus::Kept::onDisk;
    if (status.unsaved == 0)
        return {};
    if (status.unsaved == 1)
        return isOnDisk ? Words::tr("1 edit kept on this computer") : Words::tr("1 edit only in this window");
    return (isOnDisk ? Words::tr("%1 edits kept on this computer")
                     : Words::tr("%1 edits only in this window"))
        .arg(status.unsaved);
}

StateWords localWords(const ConnectionStatus& status) {
    if (status.kept == ConnectionStatus::Kept::onDisk)
        return {Words::tr("Kept on this computer"), status.problem, theme::Tone::good};
    return {Words::tr("Only in this window"), status.problem, theme::Tone::warning};
}

// Nobody else has anything newer, and nothing is tried until it is shared again.
StateWords endedWords(const ConnectionStatus& status) {
    const StateWords local = localWords(status);
    return {joined(Words::tr("Sharing has ended"), local.words), local.problem, local.tone};
}

QString offlineWords(const ConnectionStatus& status) {
    const QString kept = keptEdits(status);
    const QString words = kept.isEmpty() ? Words::tr("Offline") : Words::tr("Offline, %1").arg(kept);
    if (!status.retryInMs)
        return words;
    const std::int64_t seconds = (*status.retryInMs + 999) / 1000; // "in 0 s" would be wrong until it happens
    return joined(words, Words::tr("Reconnecting in %1 s").arg(std::max<std::int64_t>(1, seconds)));
}

} // namespace

ConnectionStatus statusOf(const ClientSession& session, const OpenDocument& document) {
    return {session.state(), document.outbox().size(), session.retryInMs(),
            problemWords(QString::fromStdString(session.problem())), session.mayEdit()};
}

StateWords stateWords(const ConnectionStatus& status) {
    using State = ClientSession::State;
    if (status.isLocalOnly)
        return localWords(status);
    if (status.hasSharingEnded)
        return endedWords(status);
    StateWords result;
    result.problem = status.problem;
    switch (status.state) {
    case State::live:
        if (status.unsaved > 0 && !status.problem.isEmpty()) {
            result.words = joined(Words::tr("Not saved yet"), keptEdits(status));
            result.tone = theme::Tone::warning;
        } else if (status.unsaved > 0) {
            result.words = Words::tr("Saving %1").arg(status.unsaved);
            result.tone = theme::Tone::busy;
        } else {
            result.words = status.mayEdit ? Words::tr("Saved") : Words::tr("Up to date, for reading only");
            result.tone = theme::Tone::good;
        }
        break;
    case State::connecting:
    case State::joining:
        result.words = joined(Words::tr("Connecting"), keptEdits(status));
        result.tone = status.unsaved > 0 ? theme::Tone::warning : theme::Tone::busy;
        break;
    case State::offline:
        result.words = offlineWords(status);
        result.tone = theme::Tone::warning;
        result.retry = StateWords::Retry::offered;
        break;
    case State::stopped:
        result.words = joined(Words::tr("Disconnected"), keptEdits(status));
        result.tone = theme::Tone::bad;
        result.retry = StateWords::Retry::offered;
        break;
    }
    return result;
}

} // namespace tandem
