#include "wasm/page_client.h"

#include "base/utf8.h"
#include "wasm/exchange.h"

#include <algorithm>

namespace tandem {

PageClient::PageClient(ClientSession::Person person, std::string client)
    : m_document(m_random)
    , m_session(m_document, m_transport, m_clock, m_random, std::move(person), std::move(client))
    , m_journal(m_document) {
    m_document.onEdited = [] { host::tell(host::News::edited); };
    m_document.onRemoteEdits = [](const TextEdits& edits) {
        host::tellRemoteEdits(exchange::editsOf(edits));
    };
    m_document.onPeersChanged = [] { host::tell(host::News::peers); };
    m_document.onTitleChanged = [] { host::tell(host::News::title); };
    m_session.onStateChanged = [] { host::tell(host::News::state); };
    m_session.setUnpack([](std::uint64_t ticket, const std::string& packed) {
        host::unpack(static_cast<std::uint32_t>(ticket), packed);
    });
}

Result<bool> PageClient::addLeftover(std::string_view head, std::span<const std::string> entries) {
    auto leftover = leftoverFrom(head, entries);
    if (!leftover.ok())
        return leftover.error();
    return join(m_leftover, std::move(*leftover));
}

Result<void> PageClient::begin(std::optional<Copy> copy) {
    m_document.adopt(std::move(m_leftover));
    if (!copy)
        return {};
    auto adopted = m_document.adoptSnapshot(copy->bytes, copy->version, std::move(copy->epoch));
    if (adopted.ok())
        m_document.setTitle(std::move(copy->title));
    return adopted;
}

std::size_t PageClient::indexAt(std::size_t offset) const {
    const Replica& replica = m_document.replica();
    return replica.indexOfUtf16(std::min(offset, replica.utf16Length()));
}

Result<void> PageClient::edit(std::size_t offset, std::size_t deleted, std::u16string_view inserted,
                              UndoHistory::Kind kind) {
    const std::size_t index = indexAt(offset);
    const std::size_t end = indexAt(offset + deleted);
    return m_document.edit(index, end - index, fromUtf16(inserted), {m_clock.monotonicMs(), kind});
}

void PageClient::select(std::size_t tail, std::size_t head) {
    const Selection selection{anchorAt(tail, Side::right), anchorAt(head, Side::right)};
    m_document.noteSelection(selection);
    m_session.setSelection(selection);
}

Anchor PageClient::anchorAt(std::size_t offset, Side side) const {
    return m_document.replica().anchorAt(indexAt(offset), side);
}

std::optional<std::size_t> PageClient::offsetOf(const Anchor& anchor) const {
    const Result<std::size_t> index = m_document.replica().indexOf(anchor);
    if (!index.ok())
        return std::nullopt;
    return m_document.replica().utf16OfIndex(*index);
}

} // namespace tandem
