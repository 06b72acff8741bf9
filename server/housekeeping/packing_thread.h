// Packs what rooms send to those who join, beside the event loop, which has others to serve. Owned by main;
// lives on the event loop.
#pragma once

#include "rooms/packed_replica.h"

#include <QObject>
#include <QThreadPool>

namespace tandem {

class PackingThread {
public:
    PackingThread() { m_pool.setMaxThreadCount(1); }
    ~PackingThread() { m_pool.waitForDone(); }

    // What it gives lives no longer than this object.
    ReplicaPacking packing();

private:
    QObject m_context; // answers come on its thread
    QThreadPool m_pool;
};

} // namespace tandem
