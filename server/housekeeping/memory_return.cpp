#include "housekeeping/memory_return.h"

#include "memory/process_memory.h"

namespace tandem {

namespace {
constexpr int everyMs = 10'000; // many documents are let go of together
}

MemoryReturn::MemoryReturn(RoomDirectory& rooms, SqlStorage& storage) : m_rooms(rooms), m_storage(storage) {
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { look(); });
    m_timer.start(everyMs);
}

void MemoryReturn::look() {
    if (m_released)
        returnFreeMemory();
    m_released = m_rooms.hasLetGo();
    if (m_released)
        m_storage.releaseMemory();
}

} // namespace tandem
