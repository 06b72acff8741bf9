#include "rooms/packed_replica.h"

#include "protocol/limits.h"

#include <utility>

namespace tandem {

PackedReplica::PackedReplica(ReplicaPacking packing)
    : m_packing(std::move(packing)), m_alive(std::make_shared<bool>(true)) {}

PackedReplica::~PackedReplica() {
    *m_alive = false;
}

void PackedReplica::get(Seq head, const std::function<std::shared_ptr<const std::string>()>& encode,
                        std::function<void(const Bytes&)> done) {
    if (m_bytes && head - m_bytes->version <= limits::changesBehindSnapshot)
        return done(*m_bytes);
    if (!m_waiting.empty()) {
        m_waiting.push_back(std::move(done));
        return;
    }
    const auto bytes = m_packing.pack ? encode() : nullptr;
    if (!bytes || bytes->size() < m_packing.fromBytes)
        return done({});
    m_waiting.push_back(std::move(done));
    m_packing.pack(bytes, [this, alive = m_alive, head](std::string result) {
        if (*alive)
            packed(head, std::move(result));
    });
}

void PackedReplica::packed(Seq version, std::string bytes) {
    m_bytes = Bytes{version, std::make_shared<const std::string>(std::move(bytes))};
    for (const auto& done : std::exchange(m_waiting, {}))
        done(*m_bytes);
}

} // namespace tandem
