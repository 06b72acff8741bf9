// Gives memory back to the system some time after documents were let go of, and now and then while none is
// open, since jobs go on; so what a busy hour took does not stay. First the database's, then all that is free.
// Lives on the event loop; owned by main; borrows the rooms and the storage.
#pragma once

#include "rooms/room_directory.h"
#include "storage/sql/sql_storage.h"

#include <QTimer>

namespace tandem {

class MemoryReturn {
public:
    MemoryReturn(RoomDirectory& rooms, SqlStorage& storage);

private:
    void look();
    bool isTime();

    RoomDirectory& m_rooms;
    SqlStorage& m_storage;
    bool m_released = false;
    int m_idleLooks = 0; // in a row
    QTimer m_timer;
};

} // namespace tandem
