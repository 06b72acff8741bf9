// The bytes of one connection in both directions, whatever carries them. Owned by whoever reads and writes
// them; lives on the event loop.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace tandem {

class SocketStream {
public:
    // Told from the event loop, never from within a call of the stream.
    class Listener {
    public:
        // Something has come, or the end.
        virtual void readable() = 0;
        // There is room again, after awaitRoom().
        virtual void writable() = 0;

    protected:
        ~Listener() = default;
    };

    virtual ~SocketStream() = default;

    // Once, before anything else.
    virtual void listen(Listener& listener) = 0;
    // So many bytes came; 0: none now. Nothing: it is over.
    virtual std::optional<std::size_t> read(std::span<char> into) = 0;
    // So many bytes were taken. Nothing: it is over.
    virtual std::optional<std::size_t> write(std::string_view bytes) = 0;
    // write() took less than all: writable() is to be told.
    virtual void awaitRoom(bool wanted) = 0;
    // Behind what was written the peer reads the end; it may still send.
    virtual void endWriting() = 0;
    // At once, and the listener hears nothing more.
    virtual void close() = 0;
};

} // namespace tandem
