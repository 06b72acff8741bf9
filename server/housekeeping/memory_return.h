// Gives memory back to the system some time after documents were let go of, so that what a busy hour took
// does not stay. Lives on the event loop; owned by main; borrows the rooms.
#pragma once

#include "rooms/room_directory.h"

#include <QTimer>

namespace tandem {

class MemoryReturn {
public:
    explicit MemoryReturn(RoomDirectory& rooms);

private:
    QTimer m_timer;
};

} // namespace tandem
