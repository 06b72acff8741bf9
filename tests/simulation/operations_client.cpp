#include "simulation/operations_client.h"

#include <algorithm>
#include <cstdlib>

namespace tandem::simulation {

namespace {
OpenDocument::Kept keptOf(const OpenDocument& document) {
    OpenDocument::Kept kept;
    kept.replica = Replica::decode(document.replica().encode()).value();
    kept.version = document.version();
    kept.title = document.title();
    kept.leftover = document.leftover();
    kept.leftover.authors = document.authors();
    kept.acked = document.acked();
    return kept;
}
} // namespace

OperationsClient::~OperationsClient() {
    detach();
}

void OperationsClient::start() {
    m_document = std::make_unique<OpenDocument>(m_environment.random);
    connectDocument();
}

void OperationsClient::connectDocument() {
    Transport& transport = *this;
    m_session =
        std::make_unique<ClientSession>(*m_document, transport, m_environment.time, m_environment.random,
                                        ClientSession::Person{"Ana", 1}, "simulation");
    m_session->start();
    tick();
}

void OperationsClient::restart() {
    if (m_wire)
        m_wire->vanish(WireSide::client, m_environment.random.below(4) == 0 ? Notice::never : Notice::soon);
    m_wire.reset();
    // Some keep the whole document, some the outbox alone.
    const bool keepsAll = m_environment.random.below(2) == 0;
    OpenDocument::Leftover left = m_document->leftover();
    OpenDocument::Kept kept = keptOf(*m_document);
    for (Made& made : m_made) {
        made.forgotten =
            made.forgotten ||
            (!keepsAll &&
             std::none_of(left.outbox.begin(), left.outbox.end(), [&made](const Outbox::Entry& entry) {
                 return entry.replica == made.entry.replica && entry.first == made.entry.first;
             }));
    }
    m_session.reset();
    m_document = std::make_unique<OpenDocument>(m_environment.random);
    if (keepsAll)
        m_document->adopt(std::move(kept));
    else
        m_document->adopt(std::move(left));
    connectDocument();
}

void OperationsClient::edit() {
    const std::size_t length = m_document->replica().length();
    Random& random = m_environment.random;
    const std::uint64_t what = random.below(10);
    Result<void> edited;
    if (what < 3 && length > 0) {
        const std::size_t index = random.below(length);
        edited = m_document->edit(index, std::min<std::size_t>(1 + random.below(6), length - index), {});
    } else {
        std::u32string text{U'<', m_tokens.next(), U'>'};
        if (random.below(60) == 0)
            text += std::u32string(300, U'p');
        const std::size_t index = what < 7 ? std::min(m_typedAt, length) : random.below(length + 1);
        const std::size_t deleted = random.below(8) == 0 ? std::min<std::size_t>(3, length - index) : 0;
        edited = m_document->edit(index, deleted, text);
        m_typedAt = index + text.size();
    }
    if (!edited.ok())
        std::abort(); // the index was within the text
    noteMade();
    tick();
}

// What is new stands at the end of the outbox. A session makes changes as well, after a restore.
void OperationsClient::noteMade() {
    std::vector<Made> made;
    const auto& entries = m_document->outbox().entries();
    for (auto entry = entries.rbegin(); entry != entries.rend() && entry->first > m_noted[entry->replica];
         ++entry)
        made.push_back({*entry, m_document->epoch(), false});
    for (auto one = made.rbegin(); one != made.rend(); ++one) {
        m_noted[one->entry.replica] = one->entry.last;
        m_made.push_back(std::move(*one));
    }
}

bool OperationsClient::isSettled() const {
    return m_session->state() == ClientSession::State::live && m_document->outbox().empty();
}

std::string OperationsClient::describe() const {
    return "operations client " + std::to_string(m_number) + ": state " +
           std::to_string(static_cast<int>(m_session->state())) + ", version " + std::to_string(version()) +
           ", " + std::to_string(m_document->outbox().size()) +
           " not acked, problem: " + m_session->problem();
}

void OperationsClient::open() {
    detach();
    m_wire = m_network.connect(m_number, ClientKind::operations, *this, [this] {
        m_session->connectionOpened();
        tick();
    });
}

void OperationsClient::send(std::string_view frame) {
    if (m_wire)
        m_wire->send(WireSide::client, std::make_shared<const std::string>(frame));
}

void OperationsClient::close() {
    detach();
}

void OperationsClient::detach() {
    if (m_wire)
        m_wire->close(WireSide::client, 1000, {});
    m_wire.reset();
}

void OperationsClient::received(std::string_view frame) {
    m_session->received(frame);
    noteMade();
    tick();
}

void OperationsClient::wireClosed(int code, const std::string& reason) {
    m_wire.reset();
    m_session->connectionClosed(code, reason);
    tick();
}

void OperationsClient::tick() {
    m_session->tick();
    const std::int64_t wakeAtMs = m_session->wakeAtMs();
    if (wakeAtMs > m_environment.time.monotonicMs() + 3'600'000)
        return;
    m_environment.time.at(std::max(wakeAtMs, m_environment.time.monotonicMs() + 1),
                          [this, planned = ++m_planned] {
                              if (planned == m_planned)
                                  tick();
                          });
}

} // namespace tandem::simulation
