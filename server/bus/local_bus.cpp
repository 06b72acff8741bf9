#include "bus/local_bus.h"

#include <algorithm>

namespace tandem {

class LocalBus::Entry final : public Bus::Subscription {
public:
    Entry(std::shared_ptr<Topics> topics, std::string topic, Listener heard)
        : listener(std::move(heard)), m_topics(std::move(topics)), m_topic(std::move(topic)) {
        (*m_topics)[m_topic].push_back(this);
    }
    ~Entry() override {
        const auto entries = m_topics->find(m_topic);
        std::erase(entries->second, this);
        if (entries->second.empty())
            m_topics->erase(entries);
    }
    Entry(const Entry&) = delete;
    Entry& operator=(const Entry&) = delete;

    const Listener listener;

private:
    std::shared_ptr<Topics> m_topics;
    std::string m_topic;
};

LocalBus::LocalBus() : m_topics(std::make_shared<Topics>()) {}

std::unique_ptr<Bus::Subscription> LocalBus::subscribe(const std::string& topic, Listener listener) {
    return std::make_unique<Entry>(m_topics, topic, std::move(listener));
}

void LocalBus::publish(const std::string& topic, const std::shared_ptr<const std::string>& message) {
    const auto entries = m_topics->find(topic);
    if (entries == m_topics->end())
        return;
    // Whoever hears it may end a subscription.
    const std::vector<Entry*> listening = entries->second;
    for (Entry* entry : listening) {
        const auto now = m_topics->find(topic);
        if (now == m_topics->end())
            return;
        if (std::find(now->second.begin(), now->second.end(), entry) != now->second.end())
            entry->listener(*message);
    }
}

bool LocalBus::reachesOthers(const std::string& topic) const {
    const auto entries = m_topics->find(topic);
    return entries != m_topics->end() && entries->second.size() > 1;
}

} // namespace tandem
