// The C interface of the module. Bytes go in through the buffer of `reserve`, and come out at `outputAt`,
// valid until the next call. Functions that may fail give 0, or the number of an ErrorCode plus one with a
// sentence as output. resources/web/source/engine/engine.ts is its other side.
#include "base/utf8.h"
#include "wasm/exchange.h"
#include "wasm/page_client.h"

#include <limits>
#include <memory>

#define FOR_PAGE(name) extern "C" __attribute__((export_name(#name), used))

namespace tandem {

namespace {

std::string input;
std::string output;
std::unique_ptr<PageClient> page;
std::unique_ptr<Replica> replica; // apart from any document: for comparing with other builds

std::string_view given(std::size_t size) {
    return std::string_view(input).substr(0, size);
}

int answer(const Error& error) {
    output = error.detail;
    return static_cast<int>(error.code) + 1;
}

int answer(const Result<void>& result) {
    output.clear();
    return result.ok() ? 0 : answer(result.error());
}

int answer(ByteWriter out) {
    output = std::move(out).take();
    return 0;
}

void writeOffset(ByteWriter& out, const std::optional<std::size_t>& offset) {
    out.varint(offset ? *offset + 1 : 0);
}

void writeSelection(ByteWriter& out, const std::optional<Selection>& selection) {
    writeOffset(out, selection ? page->offsetOf(selection->tail) : std::nullopt);
    writeOffset(out, selection ? page->offsetOf(selection->head) : std::nullopt);
}

void play(const OpenDocument::Undone& undone) {
    ByteWriter out;
    exchange::writeEdits(out, undone.edits);
    writeSelection(out, undone.selection);
    answer(std::move(out));
}

} // namespace

// --- bytes

FOR_PAGE(reserve) char* reserve(std::size_t size) {
    if (input.size() < size || input.size() > 1024 * 1024)
        input.assign(size, '\0');
    return input.data();
}
FOR_PAGE(outputAt) const char* outputAt() {
    return output.data();
}
FOR_PAGE(outputSize) std::size_t outputSize() {
    return output.size();
}

// --- begin

FOR_PAGE(create) void create(std::size_t size) {
    ByteReader in(given(size));
    ClientSession::Person person;
    person.name = exchange::readString(in);
    person.color = in.byte();
    person.token = exchange::readString(in);
    page = std::make_unique<PageClient>(std::move(person), exchange::readString(in));
}

// The output's first byte says whether it is taken.
FOR_PAGE(addLeftover) int addLeftover(std::size_t size) {
    ByteReader in(given(size));
    const std::string head = exchange::readString(in);
    std::vector<std::string> entries;
    for (std::uint64_t left = in.varintUpTo(in.remaining()); left > 0 && in.ok(); --left)
        entries.push_back(exchange::readString(in));
    const Result<bool> taken = page->addLeftover(head, entries);
    if (!taken.ok())
        return answer(taken.error());
    ByteWriter out;
    out.byte(*taken ? 1 : 0);
    return answer(std::move(out));
}

// Without input there is no copy.
FOR_PAGE(begin) int begin(std::size_t size) {
    if (size == 0)
        return answer(page->begin(std::nullopt));
    ByteReader in(given(size));
    PageClient::Copy copy;
    copy.version = in.varint();
    copy.epoch = exchange::readString(in);
    copy.title = exchange::readString(in);
    copy.bytes = std::string(in.rest());
    return answer(page->begin(std::move(copy)));
}

// --- connection and time

FOR_PAGE(start) void start() {
    page->session().start();
}
FOR_PAGE(stop) void stop() {
    page->session().stop();
}
FOR_PAGE(retryNow) void retryNow() {
    page->session().retryNow();
}
FOR_PAGE(hold) void hold() {
    page->session().hold();
}
FOR_PAGE(goOn) void goOn() {
    page->session().goOn();
}
FOR_PAGE(connectionOpened) void connectionOpened() {
    page->session().connectionOpened();
}
FOR_PAGE(received) void received(std::size_t size) {
    page->session().received(given(size));
}
FOR_PAGE(connectionClosed) void connectionClosed(int code, std::size_t size) {
    page->session().connectionClosed(code, given(size));
}
FOR_PAGE(unpacked) void unpacked(std::uint32_t ticket, std::size_t size) {
    page->session().unpacked(ticket, std::string(given(size)));
}
FOR_PAGE(notUnpacked) void notUnpacked(std::uint32_t ticket) {
    page->session().unpacked(ticket, Error{ErrorCode::malformed, "it is damaged"});
}
FOR_PAGE(tick) void tick() {
    page->session().tick();
}
FOR_PAGE(wakeInMs) double wakeInMs() {
    const std::int64_t at = page->session().wakeAtMs();
    if (at == std::numeric_limits<std::int64_t>::max())
        return -1;
    return std::max(0.0, static_cast<double>(at) - static_cast<double>(host::PageClock().monotonicMs()));
}

// --- editing

FOR_PAGE(edit) int edit(std::size_t offset, std::size_t deleted, std::size_t size, int isTyping) {
    const auto kind = isTyping ? UndoHistory::Kind::typing : UndoHistory::Kind::whole;
    return answer(page->edit(offset, deleted, exchange::unitsFrom(given(size)), kind));
}
FOR_PAGE(beginUndoGroup) void beginUndoGroup() {
    page->document().beginUndoGroup();
}
FOR_PAGE(endUndoGroup) void endUndoGroup() {
    page->document().endUndoGroup();
}
FOR_PAGE(undo) void undo() {
    play(page->document().undo());
}
FOR_PAGE(redo) void redo() {
    play(page->document().redo());
}
FOR_PAGE(select) void select(std::size_t tail, std::size_t head) {
    page->select(tail, head);
}
FOR_PAGE(selectNothing) void selectNothing() {
    page->selectNothing();
}
FOR_PAGE(anchorAt) void anchorAt(std::size_t offset, int isRight) {
    ByteWriter out;
    exchange::writeAnchor(out, page->anchorAt(offset, isRight ? Side::right : Side::left));
    answer(std::move(out));
}
// -1: what it stood beside is not here.
FOR_PAGE(offsetOf) double offsetOf(std::size_t size) {
    ByteReader in(given(size));
    const auto offset = page->offsetOf(exchange::readAnchor(in));
    return offset ? static_cast<double>(*offset) : -1;
}

// --- what there is

FOR_PAGE(text) void text() {
    output = exchange::unitsOf(page->document().replica().codePoints());
}

FOR_PAGE(status) void status() {
    const OpenDocument& document = page->document();
    const ClientSession& session = page->session();
    ByteWriter out;
    out.byte(static_cast<std::uint8_t>(session.state()));
    out.byte(session.mayEdit() ? 1 : 0);
    out.varint(document.outbox().size());
    const auto retryInMs = session.retryInMs();
    out.varint(retryInMs ? static_cast<std::uint64_t>(*retryInMs) + 1 : 0);
    exchange::writeString(out, session.problem());
    exchange::writeString(out, document.title());
    out.varint(document.version());
    exchange::writeString(out, document.epoch());
    out.byte(document.canUndo() ? 1 : 0);
    out.byte(document.canRedo() ? 1 : 0);
    answer(std::move(out));
}

FOR_PAGE(peers) void peers() {
    ByteWriter out;
    out.varint(page->document().peers().all().size());
    for (const Peer& peer : page->document().peers().all()) {
        exchange::writeString(out, peer.session);
        exchange::writeString(out, peer.name);
        out.byte(static_cast<std::uint8_t>(peer.color));
        out.byte(peer.idle ? 1 : 0);
        writeSelection(out, peer.selection);
    }
    answer(std::move(out));
}

// Who wrote the text, from its start to its end: replica ids and UTF-16 lengths.
FOR_PAGE(authors) void authors() {
    const Replica& shown = page->document().replica();
    ByteWriter out;
    std::size_t index = 0;
    std::size_t offset = 0;
    const std::vector<AuthorRange> ranges = shown.authors();
    out.varint(ranges.size());
    for (const AuthorRange& range : ranges) {
        index += range.length;
        const std::size_t end = shown.utf16OfIndex(index);
        out.varint(range.replica);
        out.varint(end - offset);
        offset = end;
    }
    answer(std::move(out));
}

// The document as the server has it; no output while something is not saved, for then it is not.
FOR_PAGE(copy) void copy() {
    const OpenDocument& document = page->document();
    output.clear();
    if (!document.outbox().empty() || document.epoch().empty())
        return;
    ByteWriter out;
    out.varint(document.version());
    exchange::writeString(out, document.epoch());
    exchange::writeString(out, document.title());
    out.bytes(document.replica().encode());
    answer(std::move(out));
}

FOR_PAGE(journal) void journal() {
    output = page->journal().takeChanges();
}
FOR_PAGE(beginJournalAnew) void beginJournalAnew() {
    page->journal().beginAnew();
}

// --- a replica by itself

FOR_PAGE(replicaLoad) int replicaLoad(std::size_t size) {
    if (size == 0) {
        replica = std::make_unique<Replica>();
        return 0;
    }
    auto decoded = Replica::decode(given(size));
    if (!decoded.ok())
        return answer(decoded.error());
    replica = std::make_unique<Replica>(std::move(*decoded));
    return 0;
}
FOR_PAGE(replicaApply) int replicaApply(std::size_t size) {
    const auto change = decodeChange(given(size));
    if (!change.ok())
        return answer(change.error());
    const auto effect = replica->apply(*change);
    return effect.ok() ? 0 : answer(effect.error());
}
// The output is the change; `author` is a whole number.
FOR_PAGE(replicaEdit)
int replicaEdit(double author, std::size_t index, std::size_t deleted, std::size_t size) {
    const Splice splice{index, deleted, fromUtf16(exchange::unitsFrom(given(size)))};
    const auto change = replica->edit(static_cast<ReplicaId>(author), std::span(&splice, 1));
    if (!change.ok())
        return answer(change.error());
    output = encodeChange(*change);
    return 0;
}
FOR_PAGE(replicaText) void replicaText() {
    output = replica->text();
}
FOR_PAGE(replicaEncode) void replicaEncode() {
    output = replica->encode();
}

} // namespace tandem
