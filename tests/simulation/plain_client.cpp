#include "simulation/plain_client.h"

#include "base/utf8.h"
#include "protocol/limits.h"

#include <algorithm>

namespace tandem::simulation {

PlainClient::~PlainClient() {
    if (m_wire)
        m_wire->close(WireSide::client, 1000, {});
}

void PlainClient::start() {
    connect();
    watch();
}

void PlainClient::restart() {
    if (m_wire)
        m_wire->vanish(WireSide::client, m_environment.random.below(4) == 0 ? Notice::never : Notice::soon);
    m_wire.reset();
    // Nothing is kept: what was under way may be in the log or not.
    m_unanswered.clear();
    m_author.reset();
    retryLater();
}

void PlainClient::connect() {
    m_state = State::joining;
    m_heardAtMs = m_environment.time.monotonicMs();
    m_wire = m_network.connect(m_number, ClientKind::plain, *this, [] {});
}

void PlainClient::retryLater() {
    m_state = State::offline;
    m_environment.time.after(m_environment.between(100, 5'000), [this, connection = ++m_connection] {
        if (connection == m_connection && m_state == State::offline)
            connect();
    });
}

void PlainClient::wireClosed(int, const std::string&) {
    m_wire.reset();
    retryLater();
}

void PlainClient::watch() {
    const std::int64_t silentMs = m_environment.time.monotonicMs() - m_heardAtMs;
    if (m_state != State::offline && silentMs >= limits::deadAfterMs) {
        if (m_wire)
            m_wire->close(WireSide::client, 1000, {});
        m_wire.reset();
        retryLater();
    } else if (m_state != State::offline && silentMs >= limits::pingAfterMs) {
        send(message::Ping{});
    }
    m_environment.time.after(5'000, [this] { watch(); });
}

void PlainClient::send(const message::FromPlainClient& message) {
    if (m_wire)
        m_wire->send(WireSide::client, std::make_shared<const std::string>(codec::encode(message)));
}

void PlainClient::edit() {
    if (m_state != State::live || m_unanswered.size() >= 4)
        return;
    Random& random = m_environment.random;
    Edit made;
    made.version = m_version;
    if (random.below(4) == 0 && !m_text.empty()) {
        made.index = random.below(m_text.size());
        made.deleted = std::min<std::size_t>(1 + random.below(5), m_text.size() - made.index);
    } else {
        made.index = random.below(m_text.size() + 1);
        made.inserted = {U'[', m_tokens.next(), U']'};
        m_written[made.inserted[1]] = false;
    }
    const std::string id = "edit" + std::to_string(m_editsMade++);
    sendEdit(id, m_unanswered[id] = std::move(made));
}

void PlainClient::sendEdit(const std::string& id, Edit& edit) {
    edit.sent = true;
    if (edit.version == m_version) // sent again, it is still that range
        m_wanted.insert(m_text.begin() + static_cast<std::ptrdiff_t>(edit.index),
                        m_text.begin() + static_cast<std::ptrdiff_t>(edit.index + edit.deleted));
    if (edit.deleted > 0)
        send(message::EditDelete{id, edit.index, edit.deleted, edit.version});
    else
        send(message::EditInsert{id, edit.index, edit.inserted, edit.version});
}

void PlainClient::received(std::string_view frame) {
    m_heardAtMs = m_environment.time.monotonicMs();
    const auto decoded = codec::decodeToPlainClient(frame);
    if (!decoded.ok()) {
        m_complaint = "a frame that is not understood: " + decoded.error().detail;
        return;
    }
    if (const auto* snapshot = std::get_if<message::PlainSnapshot>(&decoded.value())) {
        take(*snapshot);
    } else if (const auto* update = std::get_if<message::PlainDocUpdate>(&decoded.value())) {
        take(*update);
    } else if (const auto* ack = std::get_if<message::PlainAck>(&decoded.value())) {
        if (ack->version > m_version)
            m_complaint = "an ack before its doc.update";
        const auto answered = m_unanswered.find(ack->id);
        if (answered == m_unanswered.end())
            return;
        if (!answered->second.inserted.empty())
            m_written[answered->second.inserted[1]] = true;
        m_unanswered.erase(answered);
    } else if (const auto* nack = std::get_if<message::Nack>(&decoded.value())) {
        take(*nack);
    }
}

void PlainClient::take(const message::PlainSnapshot& snapshot) {
    m_text = fromUtf8(snapshot.text).value();
    m_version = snapshot.version;
    if (m_state == State::joining && m_author) {
        m_state = State::resuming;
        message::PlainHello hello;
        hello.resume = m_author;
        return send(hello);
    }
    const bool comesBack = m_state == State::resuming;
    m_state = State::live;
    m_author = snapshot.author;
    m_authors.insert(snapshot.author.id);
    // Versions of a log before a restore mean nothing in this one.
    if (std::exchange(m_epoch, snapshot.epoch) != snapshot.epoch) {
        for (auto waiting = m_unanswered.begin(); waiting != m_unanswered.end();)
            waiting = placeAnew(waiting->second) ? std::next(waiting) : m_unanswered.erase(waiting);
    }
    if (!comesBack)
        return;
    for (auto& [id, edit] : m_unanswered)
        sendEdit(id, edit);
}

void PlainClient::take(const message::PlainDocUpdate& update) {
    if (update.from != m_version) {
        m_complaint =
            "an update from version " + std::to_string(update.from) + " at " + std::to_string(m_version);
        return;
    }
    for (const auto& edit : update.edits) {
        if (edit.index > m_text.size() || edit.deleted > m_text.size() - edit.index) {
            m_complaint = "an edit beyond the text";
            return;
        }
        m_text.replace(edit.index, edit.deleted, fromUtf8(edit.inserted).value());
    }
    m_version = update.version;
}

void PlainClient::take(const message::Nack& nack) {
    const auto* id = std::get_if<std::string>(&nack.refused);
    const auto refused = id ? m_unanswered.find(*id) : m_unanswered.end();
    if (refused == m_unanswered.end())
        return;
    // A server that has not noticed a restore yet may be asked of a version that the log lost: what was meant
    // is kept, and placed anew in the log that comes.
    if (nack.code == "invalid_argument" && refused->second.version > m_version) {
        refused->second.sent = false;
        return;
    }
    if (!nack.retryable && nack.code != "version_too_old") {
        m_complaint = "edit " + *id + " is refused: " + nack.code + ", " + nack.detail;
        return;
    }
    // The same wish under the same id, at a place of today: it can only be taken once.
    refused->second.sent = false;
    m_environment.time.after(m_environment.between(500, 1'500), [this, again = *id] {
        const auto waiting = m_unanswered.find(again);
        if (m_state != State::live || waiting == m_unanswered.end() || waiting->second.sent)
            return;
        if (placeAnew(waiting->second))
            sendEdit(again, waiting->second);
        else
            m_unanswered.erase(waiting);
    });
}

bool PlainClient::placeAnew(Edit& edit) const {
    edit.version = m_version;
    edit.index = std::min(edit.index, m_text.size());
    edit.deleted = std::min(edit.deleted, m_text.size() - edit.index);
    return edit.deleted > 0 || !edit.inserted.empty();
}

std::string PlainClient::text() const {
    return toUtf8(m_text);
}

std::string PlainClient::describe() const {
    return "plain client " + std::to_string(m_number) + ": state " +
           std::to_string(static_cast<int>(m_state)) + ", version " + std::to_string(m_version) + ", " +
           std::to_string(m_unanswered.size()) + " not answered" +
           (m_complaint.empty() ? "" : ", complaint: " + m_complaint);
}

} // namespace tandem::simulation
