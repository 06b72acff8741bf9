// One connection to one document: decodes what comes, checks it, passes it to the room, and sends what the
// room tells. The door that accepted the socket owns it, feeds it, and deletes it after closed(). Lives on
// the event loop.
#pragma once

#include "sessions/entrance.h"

#include <string_view>

namespace tandem {

class Session {
public:
    virtual ~Session() = default;

    // The socket is open; called once, before anything else.
    virtual void opened() = 0;
    // The answer to Entrance::enter(). On an error the session closes its connection.
    virtual void admitted(Result<Admission> admission) = 0;
    // From now on it has this role; on an error it closes its connection. Only after it was admitted.
    virtual void accessChanged(Result<Role> role) = 0;
    // One frame, binary or JSON.
    virtual void received(std::string_view frame) = 0;
    // The client has not said yet who it is, though it must.
    virtual bool awaitsHello() const { return false; }
    // The socket is gone; the session has left the room when this returns.
    virtual void closed() = 0;
    // Called about once a second, for timeouts.
    virtual void tick() = 0;
};

} // namespace tandem
