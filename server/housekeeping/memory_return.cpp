#include "housekeeping/memory_return.h"

#include "memory/process_memory.h"

namespace tandem {

namespace {
constexpr int everyMs = 10'000; // many documents are let go of together
constexpr int idleLooks = 6;    // between two returns while no document is open
} // namespace

MemoryReturn::MemoryReturn(RoomDirectory& rooms, SqlStorage& storage) : m_rooms(rooms), m_storage(storage) {
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { look(); });
    m_timer.start(everyMs);
}

void MemoryReturn::look() {
    if (m_released)
        returnFreeMemory();
    m_released = isTime();
    if (m_released)
        m_storage.releaseMemory();
}

bool MemoryReturn::isTime() {
    m_idleLooks = m_rooms.openCount() == 0 ? m_idleLooks + 1 : 0;
    return m_rooms.hasLetGo() || (m_idleLooks > 0 && m_idleLooks % idleLooks == 0);
}

} // namespace tandem
