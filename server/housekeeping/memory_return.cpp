#include "housekeeping/memory_return.h"

#include "metrics/resident_memory.h"

namespace tandem {

namespace {
constexpr int everyMs = 10'000; // many documents are let go of together
}

MemoryReturn::MemoryReturn(RoomDirectory& rooms) {
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [&rooms] {
        if (rooms.hasLetGo())
            returnFreeMemory();
    });
    m_timer.start(everyMs);
}

} // namespace tandem
