#include "storage/log_replay.h"

namespace tandem {

bool LogReplay::begin(const StoredSnapshot& snapshot) {
    auto replica = Replica::decode(snapshot.bytes);
    if (!replica.ok() || snapshot.seq == 0)
        return false;
    m_replica = std::move(*replica);
    m_snapshot = snapshot.seq;
    m_readTo = snapshot.seq - 1;
    m_checked = false;
    return true;
}

bool LogReplay::take(const LoggedChange& logged) {
    if (logged.seq != m_readTo + 1)
        return false;
    const auto change = decodeChange(logged.bytes);
    if (!change.ok())
        return false;
    if (m_checked) {
        const auto effect = m_replica.apply(*change);
        if (!effect.ok() || *effect != Replica::Effect::applied)
            return false;
    } else if (!endsWith(*change)) {
        return false;
    }
    m_checked = true;
    m_readTo = logged.seq;
    return true;
}

bool LogReplay::endsWith(const Change& change) const {
    return m_replica.version().highest(change.replica) == change.last();
}

} // namespace tandem
