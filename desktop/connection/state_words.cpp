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
            QString::fromStdString(session.problem()), session.mayEdit()};
}

StateWords stateWords(const ConnectionStatus& status) {
    using State = ClientSession::State;
    if (status.isLocalOnly)
        return localWords(status);
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
