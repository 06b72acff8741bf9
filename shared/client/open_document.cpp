#include "client/open_document.h"

#include "base/utf8.h"
#include "client/stranded_changes.h"
#include "protocol/limits.h"

#include <iterator>

namespace tandem {

OpenDocument::Leftover OpenDocument::leftover() const {
    return {{m_outbox.entries().begin(), m_outbox.entries().end()},
            authorsOfOutbox(),
            outboxEpoch(),
            m_doneAnew,
            m_leftEpochs};
}

void OpenDocument::adopt(Leftover leftover) {
    for (Outbox::Entry& entry : leftover.outbox)
        m_outbox.adopt(std::move(entry));
    m_earlierAuthors = std::move(leftover.authors);
    m_outboxEpoch = std::move(leftover.epoch);
    m_doneAnew = std::move(leftover.doneAnew);
    m_leftEpochs = std::move(leftover.leftEpochs);
}

void OpenDocument::adopt(Kept kept) {
    Replica before = std::exchange(m_replica, std::move(kept.replica));
    m_replica.replaces(before);
    m_version = kept.version;
    m_epoch = kept.leftover.epoch;
    for (const std::string& change : kept.acked)
        m_acked.add(change);
    adopt(std::move(kept.leftover));
    setTitle(std::move(kept.title));
    placeOutbox(nullptr);
    const TextEdits edits = differenceBetween(before.codePoints(), m_replica.codePoints());
    if (!edits.empty() && onRemoteEdits)
        onRemoteEdits(edits);
}

std::vector<OpenDocument::Author> OpenDocument::authors() const {
    std::vector<Author> authors = m_earlierAuthors;
    if (m_author)
        authors.push_back(*m_author);
    return authors;
}

std::optional<std::string> OpenDocument::keyOf(ReplicaId replica) const {
    for (const Author& author : authorsOfOutbox()) {
        if (author.replica == replica)
            return author.key;
    }
    return std::nullopt;
}

std::vector<OpenDocument::Author> OpenDocument::authorsOfOutbox() const {
    std::vector<Author> authors;
    const auto add = [&](const Author& author) {
        if (m_outbox.holds(author.replica))
            authors.push_back(author);
    };
    std::for_each(m_earlierAuthors.begin(), m_earlierAuthors.end(), add);
    if (m_author)
        add(*m_author);
    return authors;
}

namespace {

bool fitsOneChange(std::size_t inserted) {
    return inserted <= limits::insertLength;
}

} // namespace

Result<void> OpenDocument::edit(std::size_t index, std::size_t deleted, std::u32string_view inserted) {
    return editAlone(index, deleted, inserted, nullptr);
}

Result<void> OpenDocument::edit(std::size_t index, std::size_t deleted, std::u32string_view inserted,
                                const Occasion& occasion) {
    return editAlone(index, deleted, inserted, &occasion);
}

Result<void> OpenDocument::editAlone(std::size_t index, std::size_t deleted, std::u32string_view inserted,
                                     const Occasion* occasion) {
    if (fitsOneChange(inserted.size()))
        return told(editOnce(index, deleted, inserted, occasion));
    std::size_t length = m_replica.length();
    if (auto checked = checkSplice(index, deleted, inserted, length); !checked.ok())
        return checked;
    return told(editInPieces(index, deleted, inserted, occasion));
}

Result<void> OpenDocument::edit(std::span<const Splice> splices) {
    std::size_t inserted = 0;
    for (const Splice& splice : splices)
        inserted += splice.inserted.size();
    if (fitsOneChange(inserted)) {
        auto change = m_replica.edit(authorId(), splices);
        if (!change.ok())
            return change.error();
        if (!change->ops.empty())
            send(*change);
        return told({});
    }
    // Too much for one change: every splice a change of its own, large texts in pieces.
    std::size_t length = m_replica.length();
    for (const Splice& splice : splices) {
        if (auto checked = checkSplice(splice.index, splice.deleted, splice.inserted, length); !checked.ok())
            return checked;
    }
    for (const Splice& splice : splices) {
        if (auto made = editInPieces(splice.index, splice.deleted, splice.inserted, nullptr); !made.ok())
            return made;
    }
    return told({});
}

// Tells the owner of an edit, if it was made.
Result<void> OpenDocument::told(Result<void> made) {
    if (made.ok() && onEdited)
        onEdited();
    return made;
}

// Of a text of `length`, which becomes what it is after the edit.
Result<void> OpenDocument::checkSplice(std::size_t index, std::size_t deleted, std::u32string_view inserted,
                                       std::size_t& length) {
    if (index > length || deleted > length - index)
        return Error{ErrorCode::outOfRange, "the range is beyond the text"};
    if (!areScalarValues(inserted))
        return Error{ErrorCode::invalidArgument, "the text holds a lone surrogate"};
    length += inserted.size() - deleted;
    return {};
}

// Several changes, which are undone at once.
Result<void> OpenDocument::editInPieces(std::size_t index, std::size_t deleted, std::u32string_view inserted,
                                        const Occasion* occasion) {
    m_history.beginGroup();
    Result<void> made;
    do {
        const std::u32string_view piece = inserted.substr(0, limits::insertLength);
        made = editOnce(index, deleted, piece, occasion);
        inserted.remove_prefix(piece.size());
        index += piece.size();
        deleted = 0;
    } while (made.ok() && !inserted.empty());
    m_history.endGroup();
    return made;
}

Result<void> OpenDocument::editOnce(std::size_t index, std::size_t deleted, std::u32string_view inserted,
                                    const Occasion* occasion) {
    auto done = m_replica.edit(authorId(), index, deleted, inserted, m_made);
    if (!done.ok())
        return done;
    if (!m_made.empty())
        send(m_made);
    if (occasion)
        m_history.record(m_replica, m_made, *occasion);
    return done;
}

OpenDocument::Undone OpenDocument::play(UndoHistory::Undone (UndoHistory::*way)(Replica&, ReplicaId,
                                                                                std::size_t)) {
    UndoHistory::Undone undone = (m_history.*way)(m_replica, authorId(), limits::insertLength);
    for (const Change& change : undone.changes)
        send(change);
    if (!undone.changes.empty() && onEdited)
        onEdited();
    return {std::move(undone.edits), undone.selection};
}

ReplicaId OpenDocument::authorId() {
    if (!m_author)
        m_author = Author{makeReplicaId(m_random), makeRandomId(m_random)};
    return m_author->replica;
}

void OpenDocument::setTitle(std::string title) {
    if (title == m_title)
        return;
    m_title = std::move(title);
    if (m_journal)
        m_journal->titled(m_title);
    if (onTitleChanged)
        onTitleChanged();
}

Result<void> OpenDocument::applyCommitted(Seq first, std::span<const std::string> changes) {
    if (first > m_version + 1)
        return Error{ErrorCode::counterGap, "the server left out a version"};
    TextEdits edits;
    Result<void> outcome;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        if (first + i <= m_version)
            continue;
        auto change = decodeChange(changes[i]);
        if (!change.ok()) {
            outcome = change.error();
            break;
        }
        auto effect = m_replica.apply(*change, &edits);
        if (!effect.ok()) {
            outcome = effect.error();
            break;
        }
        const bool isOwn = ack(change->replica, change->last()) > 0;
        m_version = first + i;
        if (m_journal && isOwn)
            m_journal->acked(change->replica, change->last(), m_version);
        else if (m_journal)
            m_journal->committed(m_version, changes[i]);
        takeBackTwins(change->replica, change->last(), &edits);
    }
    if (!m_outboxPlaced)
        placeOutbox(&edits);
    if (!edits.empty() && onRemoteEdits)
        onRemoteEdits(edits);
    return outcome;
}

std::size_t OpenDocument::ack(ReplicaId replica, Counter through) {
    const auto durable = m_outbox.ack(replica, through);
    for (const Outbox::Entry& entry : durable)
        m_acked.add(entry.bytes);
    return durable.size();
}

// Changes that were done anew have come into the log after all: their text would stand there twice.
void OpenDocument::takeBackTwins(ReplicaId replica, Counter last, TextEdits* edits) {
    const auto anew = m_doneAnew.find(replica);
    if (anew == m_doneAnew.end() || last < anew->second)
        return;
    ElementEdit deletion;
    for (Stretch& stretch : m_replica.stretches({{replica, anew->second}, last - anew->second + 1})) {
        if (!stretch.text.empty())
            deletion.deleted.push_back(stretch.elements);
    }
    auto change = m_replica.edit(authorId(), deletion, edits);
    if (!change.ok() || change->ops.empty())
        return;
    send(*change);
    if (onEdited)
        onEdited();
}

bool OpenDocument::applyAck(ReplicaId replica, Counter through, Seq version) {
    const std::size_t acked = ack(replica, through);
    const bool isNext = version <= m_version || version - m_version == acked;
    if (isNext)
        m_version = std::max(m_version, version);
    if (m_journal && acked > 0)
        m_journal->acked(replica, through, m_version);
    return isNext;
}

Result<void> OpenDocument::adoptSnapshot(std::string_view bytes, Seq version, std::string epoch) {
    auto decoded = Replica::decode(bytes);
    if (!decoded.ok())
        return decoded.error();
    const bool isAnother = !outboxEpoch().empty() && (epoch != outboxEpoch() || version < m_version);
    if (isAnother && epoch != outboxEpoch())
        m_leftEpochs.insert(outboxEpoch());
    m_leftEpochs.erase(epoch);
    Replica before = std::exchange(m_replica, std::move(*decoded));
    m_replica.replaces(before);
    m_version = version;
    m_epoch = std::move(epoch);
    if (isAnother)
        bringBackOwn(before);
    placeOutbox(nullptr);
    for (const auto& [replica, first] : m_doneAnew)
        takeBackTwins(replica, m_replica.version().highest(replica), nullptr);
    if (m_journal)
        m_journal->replaced(bytes);
    const TextEdits edits = differenceBetween(before.codePoints(), m_replica.codePoints());
    if (!edits.empty() && onRemoteEdits)
        onRemoteEdits(edits);
    return {};
}

// Puts the outbox on the replica. What is there already does nothing. What has no place yet names changes
// that the server did not have when it sent its copy: they follow, or the server refuses it with words.
void OpenDocument::placeOutbox(TextEdits* edits) {
    m_outboxPlaced = true;
    for (const Outbox::Entry& entry : m_outbox.entries()) {
        const auto change = decodeChange(entry.bytes); // made here, so it decodes
        if (!change.ok() || !m_replica.apply(*change, edits).ok())
            m_outboxPlaced = false;
    }
}

// Puts own changes on the replica: those that it has not are to be sent again. Gives those that have no place
// in it.
std::vector<std::string> OpenDocument::putBack(std::vector<std::string> own) {
    std::vector<std::string> left;
    for (std::string& bytes : own) {
        const auto change = decodeChange(bytes);
        const auto effect = change.ok() ? m_replica.apply(*change) : Result<Replica::Effect>(change.error());
        if (!effect.ok())
            left.push_back(std::move(bytes));
        else if (*effect == Replica::Effect::duplicate)
            m_acked.add(bytes);
        else
            m_outbox.adopt({change->replica, change->first, change->last(), std::move(bytes)});
    }
    return left;
}

// Own changes that the log has lost go into the outbox again, those that it cannot take as new edits.
void OpenDocument::bringBackOwn(const Replica& before) {
    std::vector<std::string> own = m_acked.all();
    m_acked.clear();
    for (Outbox::Entry& entry : m_outbox.takeAll())
        own.push_back(std::move(entry.bytes));
    // Acks may have come in another order than that in which the changes were made, so what finds no place at
    // first is tried again behind the others.
    for (std::size_t left = own.size() + 1; own.size() < left;) {
        left = own.size();
        own = putBack(std::move(own));
    }
    std::vector<Change> stranded;
    for (const std::string& bytes : own) {
        if (auto change = decodeChange(bytes); change.ok()) // made here, so it decodes
            stranded.push_back(std::move(*change));
    }
    for (const Change& change : stranded)
        m_doneAnew.try_emplace(change.replica, change.first);
    if (m_author && m_doneAnew.contains(m_author->replica)) {
        m_earlierAuthors.push_back(*m_author);
        m_author.reset();
    }
    const StrandedChanges lost(before, std::move(stranded));
    static_cast<void>(edit(lost.insertions(m_replica)));
    static_cast<void>(edit(lost.deletions(m_replica)));
}

} // namespace tandem
