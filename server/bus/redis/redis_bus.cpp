#include "bus/redis/redis_bus.h"

#include "base/ids.h"

#include <hiredis/hiredis.h>

namespace tandem {

namespace {

// Topics are unlikely to be those of another program.
constexpr std::string_view prefix = "tandem:";
constexpr std::size_t topicsAtOnce = 200;
// A Redis that takes so little is not waited for: the log has it all.
constexpr std::size_t unansweredMost = 16 * 1024 * 1024;
constexpr int echoEveryMs = 3'000;
constexpr std::int64_t deafAfterMs = 10'000;
// Rooms read the log behind a subscription that has become good, many of them together.
constexpr int catchUpMs = 200;

std::string_view textOf(const redisReply& reply) {
    return {reply.str, static_cast<std::size_t>(reply.len)};
}

} // namespace

class RedisBus::Listening final : public Bus::Subscription {
public:
    Listening(RedisBus& bus, std::string topic, std::unique_ptr<Bus::Subscription> local)
        : m_bus(bus), m_alive(bus.m_alive), m_topic(std::move(topic)), m_local(std::move(local)) {}
    ~Listening() override {
        m_local.reset();
        if (*m_alive)
            m_bus.leave(m_topic);
    }

private:
    RedisBus& m_bus;
    std::shared_ptr<bool> m_alive;
    std::string m_topic;
    std::unique_ptr<Bus::Subscription> m_local;
};

RedisBus::RedisBus(const RedisAddress& address, const Clock& clock, Random& random, const Log& log)
    : m_clock(clock)
    , m_log(log)
    , m_self(makeRandomId(random))
    , m_echoTopic("echo/" + m_self)
    , m_subscriber(address, random, [this](const redisReply& reply) { heard(reply); })
    , m_publisher(address, random, [this](const redisReply& reply) { published(reply); })
    , m_echoedAtMs(clock.monotonicMs())
    , m_alive(std::make_shared<bool>(true)) {
    connect(&m_subscriber, &RedisConnection::connected, this, &RedisBus::subscriberConnected);
    for (RedisConnection* connection : {&m_subscriber, &m_publisher})
        connect(connection, &RedisConnection::lost, this, &RedisBus::lost);
    connect(&m_publisher, &RedisConnection::lost, this, [this] {
        m_unanswered.clear();
        m_unansweredBytes = 0;
    });
    connect(&m_echo, &QTimer::timeout, this, &RedisBus::proveAlive);
    m_echo.start(echoEveryMs);
    m_catchUp.setSingleShot(true);
    connect(&m_catchUp, &QTimer::timeout, this, [this] {
        if (onMessagesLost)
            onMessagesLost();
    });
}

RedisBus::~RedisBus() {
    *m_alive = false;
}

std::unique_ptr<Bus::Subscription> RedisBus::subscribe(const std::string& topic, Listener listener) {
    auto local = m_local.subscribe(topic, std::move(listener));
    if (++m_topics[topic] == 1 && m_subscriber.isConnected())
        ask("SUBSCRIBE", {topic});
    return std::make_unique<Listening>(*this, topic, std::move(local));
}

void RedisBus::leave(const std::string& topic) {
    const auto found = m_topics.find(topic);
    if (--found->second > 0)
        return;
    m_topics.erase(found);
    if (m_subscriber.isConnected())
        ask("UNSUBSCRIBE", {topic});
}

void RedisBus::publish(const std::string& topic, const std::shared_ptr<const std::string>& message) {
    m_local.publish(topic, message);
    if (!m_publisher.isConnected() || m_unansweredBytes > unansweredMost)
        return;
    const std::string channel = std::string(prefix) + topic;
    const std::string bytes = m_self + *message;
    m_unanswered.push_back(bytes.size());
    m_unansweredBytes += bytes.size();
    m_publisher.send({"PUBLISH", channel, bytes});
}

bool RedisBus::reachesOthers(const std::string& topic) const {
    return m_publisher.isConnected() || m_local.reachesOthers(topic);
}

void RedisBus::subscriberConnected() {
    m_echoedAtMs = m_clock.monotonicMs();
    // Never without a subscription: an answer would be taken for one of those.
    std::vector<std::string> topics = {m_echoTopic};
    for (const auto& [topic, count] : m_topics)
        topics.push_back(topic);
    ask("SUBSCRIBE", topics);
    if (!m_wasWhole)
        m_log.info("other servers are heard again through Redis");
    m_wasWhole = true;
}

void RedisBus::ask(const char* command, const std::vector<std::string>& topics) {
    for (std::size_t begin = 0; begin < topics.size(); begin += topicsAtOnce) {
        std::vector<std::string> channels;
        for (std::size_t i = begin; i < std::min(topics.size(), begin + topicsAtOnce); ++i)
            channels.push_back(std::string(prefix) + topics[i]);
        std::vector<std::string_view> words = {command};
        words.insert(words.end(), channels.begin(), channels.end());
        m_subscriber.send(words);
    }
}

void RedisBus::heard(const redisReply& reply) {
    if (reply.type != REDIS_REPLY_ARRAY || reply.elements != 3)
        return;
    const std::string_view kind = textOf(*reply.element[0]);
    if (kind == "subscribe" && !m_catchUp.isActive()) {
        // What was published since someone read the log is lost.
        m_catchUp.start(catchUpMs);
        return;
    }
    if (kind != "message")
        return;
    const std::string_view channel = textOf(*reply.element[1]);
    std::string_view bytes = textOf(*reply.element[2]);
    if (!channel.starts_with(prefix) || bytes.size() < m_self.size())
        return;
    const bool isOwn = bytes.starts_with(m_self);
    if (isOwn) {
        m_echoedAtMs = m_clock.monotonicMs();
        return;
    }
    bytes.remove_prefix(m_self.size());
    m_local.publish(std::string(channel.substr(prefix.size())), std::make_shared<const std::string>(bytes));
}

void RedisBus::published(const redisReply&) {
    if (m_unanswered.empty())
        return;
    m_unansweredBytes -= m_unanswered.front();
    m_unanswered.pop_front();
}

void RedisBus::lost(const QString& why) {
    if (std::exchange(m_wasWhole, false))
        m_log.warning("Redis cannot be used; other servers are heard through the database only",
                      {{"detail", why.toStdString()}});
}

// A connection may be dead without an end: whoever does not hear itself hears nobody.
void RedisBus::proveAlive() {
    if (!isWhole()) {
        m_echoedAtMs = m_clock.monotonicMs();
        return;
    }
    if (m_clock.monotonicMs() - m_echoedAtMs > deafAfterMs) {
        m_subscriber.drop(QStringLiteral("it does not answer"));
        m_publisher.drop(QStringLiteral("it does not answer"));
        return;
    }
    static const auto nothing = std::make_shared<const std::string>();
    publish(m_echoTopic, nothing);
}

} // namespace tandem
