// What all WebSockets share within one turn of the event loop: a buffer to read into, and the list of those
// that have something to send, so that what a turn gathers for each goes out in one piece at its end. Owned
// by the door, outlives the connections; lives on the event loop.
#pragma once

#include <QObject>

#include <array>
#include <span>
#include <vector>

namespace tandem {

class WebsocketTurn final : public QObject {
    Q_OBJECT
public:
    class Sender {
    public:
        virtual void sendGathered() = 0;

    protected:
        ~Sender() = default;
    };

    // At the end of this turn, when all that is to be told by then has been told. Once for each call.
    void sendLater(Sender& sender);
    void forget(const Sender& sender);

    std::span<char> buffer() { return m_buffer; }

private:
    void end();

    std::vector<Sender*> m_senders; // null: it is gone
    std::vector<Sender*> m_sending; // of the turn that ends
    std::array<char, 64 * 1024> m_buffer{};
};

} // namespace tandem
