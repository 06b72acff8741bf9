#include "simulation/simulated_bus.h"

#include "bus/local_bus.h"

namespace tandem::simulation {

class SimulatedBus::End final : public Bus {
public:
    explicit End(SimulatedBus& bus) : m_bus(bus) { m_bus.m_ends.push_back(this); }
    ~End() override { std::erase(m_bus.m_ends, this); }
    End(const End&) = delete;
    End& operator=(const End&) = delete;

    std::unique_ptr<Subscription> subscribe(const std::string& topic, Listener listener) override {
        return m_here->subscribe(topic, std::move(listener));
    }
    void publish(const std::string& topic, const std::shared_ptr<const std::string>& message) override {
        for (End* end : m_bus.m_ends)
            m_bus.carry(*this, *end, topic, message);
    }
    bool reachesOthers(const std::string&) const override { return m_bus.m_ends.size() > 1; }

    // Those who subscribed at this end. Gone with it: what arrives later is heard by nobody.
    std::weak_ptr<LocalBus> listeners() const { return m_here; }

    bool isAway() const {
        return m_bus.m_environment.faultsOn && m_awayUntilMs > m_bus.m_environment.time.monotonicMs();
    }
    void goAway(std::int64_t forMs, Notice notice) {
        VirtualTime& time = m_bus.m_environment.time;
        m_awayUntilMs = time.monotonicMs() + forMs;
        if (notice == Notice::never)
            return;
        time.at(m_awayUntilMs, [this, alive = listeners()] {
            if (!alive.expired() && onMessagesLost)
                onMessagesLost();
        });
    }

private:
    SimulatedBus& m_bus;
    std::shared_ptr<LocalBus> m_here = std::make_shared<LocalBus>();
    std::int64_t m_awayUntilMs = 0;
};

std::unique_ptr<Bus> SimulatedBus::connect() {
    return std::make_unique<End>(*this);
}

void SimulatedBus::draw() {
    if (m_ends.size() > 1 && m_environment.happens(Fault::busAway, 30)) {
        End& end = *m_ends[m_environment.random.below(m_ends.size())];
        const Notice notice = m_environment.random.below(2) == 0 ? Notice::soon : Notice::never;
        end.goAway(m_environment.between(500, 10'000), notice);
    }
}

void SimulatedBus::carry(const End& from, End& to, const std::string& topic,
                         const std::shared_ptr<const std::string>& message) {
    if (from.isAway() || to.isAway() || m_environment.happens(Fault::busLoses, 50))
        return;
    const int copies = m_environment.happens(Fault::busDoubles, 30) ? 2 : 1;
    for (int copy = 0; copy < copies; ++copy) {
        const std::int64_t delayMs = m_environment.happens(Fault::busLate, 60)
                                         ? m_environment.between(50, 5'000)
                                         : m_environment.between(0, 10);
        m_environment.time.after(delayMs, [there = to.listeners(), topic, message] {
            if (const auto listeners = there.lock())
                listeners->publish(topic, message);
        });
    }
}

} // namespace tandem::simulation
