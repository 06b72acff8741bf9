// A document as a page has it open: an OpenDocument, its ClientSession, and the journal of what is not saved.
// One in a module; owned by exports.cpp. The page drives it: it brings events and time, and reads back what
// it shows.
#pragma once

#include "client/client_session.h"
#include "wasm/host.h"
#include "wasm/page_journal.h"

namespace tandem {

class PageClient {
public:
    PageClient(ClientSession::Person person, std::string client);

    OpenDocument& document() { return m_document; }
    ClientSession& session() { return m_session; }
    PageJournal& journal() { return m_journal; }

    // --- before the session starts

    // False: it was made for another log than what came before, and has to wait.
    Result<bool> addLeftover(std::string_view head, std::span<const std::string> entries);
    // Adopts them, and shows them on the copy that the browser kept of the document, if it kept one.
    struct Copy {
        Seq version = 0;
        std::string epoch;
        std::string title;
        std::string bytes;
    };
    Result<void> begin(std::optional<Copy> copy);

    // --- by UTF-16 offsets. Offsets within a surrogate pair or beyond the text count as those before.

    Result<void> edit(std::size_t offset, std::size_t deleted, std::u16string_view inserted,
                      UndoHistory::Kind kind);
    void select(std::size_t tail, std::size_t head);
    void selectNothing() { m_session.setSelection(std::nullopt); }
    Anchor anchorAt(std::size_t offset, Side side) const;
    std::optional<std::size_t> offsetOf(const Anchor& anchor) const;

private:
    std::size_t indexAt(std::size_t offset) const;

    host::PageClock m_clock;
    host::PageRandom m_random;
    host::PageTransport m_transport;
    OpenDocument m_document;
    ClientSession m_session;
    PageJournal m_journal;
    OpenDocument::Leftover m_leftover;
};

} // namespace tandem
