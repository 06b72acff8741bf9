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

struct ReplicaPacking {
    // Gives the bytes that deflate() makes of some, on this thread, later. Without it nothing is packed.
    std::function<void(std::shared_ptr<const std::string> bytes,
                       std::function<void(std::string packed)> done)>
        pack;
    // Of less nothing is saved that anyone would notice.
    std::size_t fromBytes = 4 * 1024;
};

class PackedReplica {
public:
    struct Bytes {
        Seq version = 0;
        std::shared_ptr<const std::string> packed; // null: send it as it is
    };

    explicit PackedReplica(ReplicaPacking packing);
    ~PackedReplica();
    PackedReplica(const PackedReplica&) = delete;
    PackedReplica& operator=(const PackedReplica&) = delete;

    // `encode` gives the bytes at `head`. Calls back now or later, unless this object is gone by then.
    void get(Seq head, const std::function<std::shared_ptr<const std::string>()>& encode,
             std::function<void(const Bytes&)> done);

private:
    void packed(Seq version, std::string bytes);

    ReplicaPacking m_packing;
    std::optional<Bytes> m_bytes;
    std::vector<std::function<void(const Bytes&)>> m_waiting; // for what is being packed
    std::shared_ptr<bool> m_alive;
};

} // namespace tandem
