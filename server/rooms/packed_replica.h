// The replica of a room as joiners get it: packed once, and for a while sent to all who come, with the
// changes since. Packing takes longer than encoding, so it is done elsewhere. Owned by DocumentRoom; lives on
// the event loop.
#pragma once

#include "base/ids.h"
#include "crdt/op_id.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tandem {

// Gives the bytes that deflate() makes of some, on this thread, later.
using ReplicaPacking = std::function<void(std::shared_ptr<const std::string> bytes,
                                          std::function<void(std::string packed)> done)>;

class PackedReplica {
public:
    struct Bytes {
        Seq version = 0;
        std::shared_ptr<const std::string> packed; // null: send it as it is
    };

    // Without `pack` nothing is packed.
    explicit PackedReplica(ReplicaPacking pack);
    ~PackedReplica();
    PackedReplica(const PackedReplica&) = delete;
    PackedReplica& operator=(const PackedReplica&) = delete;

    // `encode` gives the bytes at `head`. Calls back now or later, unless this object is gone by then.
    void get(Seq head, const std::function<std::shared_ptr<const std::string>()>& encode,
             std::function<void(const Bytes&)> done);

private:
    void packed(Seq version, std::string bytes);

    ReplicaPacking m_pack;
    std::optional<Bytes> m_bytes;
    std::vector<std::function<void(const Bytes&)>> m_waiting; // for what is being packed
    std::shared_ptr<bool> m_alive;
};

} // namespace tandem
