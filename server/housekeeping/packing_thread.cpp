#include "housekeeping/packing_thread.h"

#include "deflate/deflate.h"

namespace tandem {

ReplicaPacking PackingThread::packing() {
    const auto pack = [this](std::shared_ptr<const std::string> bytes,
                             std::function<void(std::string)> done) {
        m_pool.start([this, bytes = std::move(bytes), done = std::move(done)] {
            QMetaObject::invokeMethod(
                &m_context, [done, packed = deflate(*bytes)] { done(packed); }, Qt::QueuedConnection);
        });
    };
    return {pack};
}

} // namespace tandem
