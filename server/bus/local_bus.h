// The bus of one process: for a server that shares its documents with no other. Messages are heard within
// publish().
#pragma once

#include "bus/bus.h"

#include <unordered_map>
#include <vector>

namespace tandem {

class LocalBus final : public Bus {
public:
    LocalBus();

    std::unique_ptr<Subscription> subscribe(const std::string& topic, Listener listener) override;
    void publish(const std::string& topic, const std::shared_ptr<const std::string>& message) override;
    bool reachesOthers(const std::string& topic) const override;

private:
    class Entry;
    using Topics = std::unordered_map<std::string, std::vector<Entry*>>;

    std::shared_ptr<Topics> m_topics; // shared with the subscriptions, whichever goes first
};

} // namespace tandem
