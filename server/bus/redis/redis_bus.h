// The bus between server processes: channels of a Redis. Without its Redis it carries what stays in this
// process, tries to come back, and says when it has: then messages were lost. Redis keeps nothing of it.
// Lives on the event loop; owned by main.
#pragma once

#include "base/clock.h"
#include "bus/local_bus.h"
#include "bus/redis/redis_connection.h"
#include "log/log.h"

#include <deque>
#include <unordered_map>

namespace tandem {

class RedisBus final : public QObject, public Bus {
    Q_OBJECT
public:
    RedisBus(const RedisAddress& address, const Clock& clock, Random& random, const Log& log);
    ~RedisBus() override;

    std::unique_ptr<Subscription> subscribe(const std::string& topic, Listener listener) override;
    void publish(const std::string& topic, const std::shared_ptr<const std::string>& message) override;
    bool reachesOthers(const std::string& topic) const override;
    bool isWhole() const override { return m_publisher.isConnected() && m_subscriber.isConnected(); }

private:
    class Listening;

    void leave(const std::string& topic);
    void subscriberConnected();
    void ask(const char* command, const std::vector<std::string>& topics);
    void heard(const redisReply& reply);
    void published(const redisReply& reply);
    void lost(const QString& why);
    void proveAlive();

    const Clock& m_clock;
    const Log& m_log;
    const std::string m_self; // begins each message, so that its author knows it again
    const std::string m_echoTopic;
    LocalBus m_local;
    std::unordered_map<std::string, std::size_t> m_topics; // how many listen
    RedisConnection m_subscriber;
    RedisConnection m_publisher;
    std::deque<std::size_t> m_unanswered; // bytes of what was published
    std::size_t m_unansweredBytes = 0;
    std::int64_t m_echoedAtMs;
    bool m_wasWhole = true; // what the operator was told last
    QTimer m_echo;
    QTimer m_catchUp;
    std::shared_ptr<bool> m_alive; // guards subscriptions that outlive it
};

} // namespace tandem
