// The same cases for every bus, and what only one through Redis can suffer.
#include "bus/local_bus.h"
#include "bus/redis/redis_bus.h"
#include "databases/redis_process.h"
#include "integration/waiting.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

std::shared_ptr<const std::string> bytes(std::string text) {
    return std::make_shared<const std::string>(std::move(text));
}

using Heard = std::vector<std::string>;

Bus::Listener noteIn(Heard& heard) {
    return [&heard](std::string_view message) { heard.emplace_back(message); };
}

// Two ends of one bus, as two servers have them, or two rooms of one.
class BusUnderTest {
public:
    virtual ~BusUnderTest() = default;
    virtual Bus& one() = 0;
    virtual Bus& other() = 0;
    // What was asked of it is in effect.
    virtual void settle() {}
};

class LocalBusUnderTest final : public BusUnderTest {
public:
    Bus& one() override { return m_bus; }
    Bus& other() override { return m_bus; }

private:
    LocalBus m_bus;
};

class RedisBusUnderTest final : public BusUnderTest {
public:
    RedisBusUnderTest() {
        EXPECT_TRUE(redis.start());
        const RedisAddress address = *parseRedisUrl(redis.url().toStdString());
        for (auto& bus : m_buses)
            bus = std::make_unique<RedisBus>(address, m_clock, m_random, m_log);
        EXPECT_TRUE(waitUntil([this] { return one().isWhole() && other().isWhole(); }));
    }
    Bus& one() override { return *m_buses[0]; }
    Bus& other() override { return *m_buses[1]; }
    // Redis does what comes on a connection in order: what is heard stands behind all subscriptions.
    void settle() override {
        for (const auto& [from, to] : {std::pair{0, 1}, std::pair{1, 0}}) {
            Heard heard;
            const std::string topic = "settled/" + std::to_string(++m_settled);
            const auto listening = m_buses[to]->subscribe(topic, noteIn(heard));
            EXPECT_TRUE(waitUntil([&, bus = m_buses[from].get()] {
                bus->publish(topic, bytes("now"));
                return !heard.empty();
            }));
        }
    }

    RedisProcess redis;

private:
    SystemClock m_clock;
    SystemRandom m_random;
    Log m_log{LogLevel::error, LogFormat::text, m_clock};
    std::array<std::unique_ptr<RedisBus>, 2> m_buses;
    int m_settled = 0;
};

using MakeBus = std::unique_ptr<BusUnderTest> (*)();

class BusContract : public testing::TestWithParam<std::pair<const char*, MakeBus>> {
protected:
    std::unique_ptr<BusUnderTest> m_bus = GetParam().second();
};

INSTANTIATE_TEST_SUITE_P(
    All, BusContract,
    testing::Values(
        std::pair<const char*, MakeBus>{
            "Local", [] { return std::unique_ptr<BusUnderTest>(std::make_unique<LocalBusUnderTest>()); }},
        std::pair<const char*, MakeBus>{
            "Redis", [] { return std::unique_ptr<BusUnderTest>(std::make_unique<RedisBusUnderTest>()); }}),
    [](const auto& bus) { return bus.param.first; });

} // namespace

TEST_P(BusContract, WhatIsPublishedIsHeardByAllOthersWhoListenToItsTopic) {
    Heard here;
    Heard there;
    Heard elsewhere;
    const auto first = m_bus->other().subscribe("topic", noteIn(here));
    const auto second = m_bus->other().subscribe("topic", noteIn(there));
    const auto third = m_bus->other().subscribe("topic/2", noteIn(elsewhere));
    m_bus->settle();
    for (const char* message : {"one", "two", "three"})
        m_bus->one().publish("topic", bytes(message));
    ASSERT_TRUE(waitUntil([&] { return here.size() == 3 && there.size() == 3; }));
    EXPECT_EQ(here, (Heard{"one", "two", "three"}));
    EXPECT_EQ(there, here);
    EXPECT_TRUE(elsewhere.empty());
}

TEST_P(BusContract, AnyBytesArriveAsTheyAre) {
    Heard heard;
    const auto listening = m_bus->other().subscribe("topic", noteIn(heard));
    m_bus->settle();
    const Heard sent = {std::string(), std::string("a\0b\r\n*3\r\n", 9), std::string(1 << 20, '\xff')};
    for (const std::string& message : sent)
        m_bus->one().publish("topic", bytes(message));
    ASSERT_TRUE(waitUntil([&] { return heard.size() == sent.size(); }));
    EXPECT_TRUE(heard == sent);
}

TEST_P(BusContract, WhoeverHasEndedASubscriptionHearsNothingAndTheOthersStillDo) {
    Heard ended;
    Heard heard;
    auto first = m_bus->other().subscribe("topic", noteIn(ended));
    auto second = m_bus->other().subscribe("topic", noteIn(heard));
    m_bus->settle();
    first.reset();
    m_bus->settle();
    m_bus->one().publish("topic", bytes("one"));
    ASSERT_TRUE(waitUntil([&] { return heard.size() == 1; }));
    second.reset();
    m_bus->settle();
    m_bus->one().publish("topic", bytes("two"));
    Heard again;
    const auto third = m_bus->other().subscribe("topic", noteIn(again));
    m_bus->settle();
    m_bus->one().publish("topic", bytes("three"));
    ASSERT_TRUE(waitUntil([&] { return again.size() == 1; }));
    EXPECT_EQ(again, Heard{"three"});
    EXPECT_EQ(heard, Heard{"one"});
    EXPECT_TRUE(ended.empty());
}

TEST_P(BusContract, AListenerMayEndItsSubscriptionWhileItHears) {
    std::unique_ptr<Bus::Subscription> listening;
    int count = 0;
    listening = m_bus->other().subscribe("topic", [&](std::string_view) {
        ++count;
        listening.reset();
    });
    Heard heard;
    const auto second = m_bus->other().subscribe("topic", noteIn(heard));
    m_bus->settle();
    m_bus->one().publish("topic", bytes("one"));
    m_bus->one().publish("topic", bytes("two"));
    ASSERT_TRUE(waitUntil([&] { return heard.size() == 2; }));
    EXPECT_EQ(count, 1);
}

TEST_P(BusContract, ASubscriptionMayOutliveTheBus) {
    Heard heard;
    const auto listening = m_bus->other().subscribe("topic", noteIn(heard));
    m_bus.reset();
    EXPECT_TRUE(heard.empty());
}

TEST_P(BusContract, OnlyWhoReachesOthersHasToMakeAMessage) {
    const auto one = m_bus->one().subscribe("topic", [](std::string_view) {});
    const auto other = m_bus->other().subscribe("topic", [](std::string_view) {});
    EXPECT_TRUE(m_bus->one().reachesOthers("topic"));
}

TEST(RedisBus, AfterARestartOfRedisItIsWholeAgainAndSaysThatMessagesWereLost) {
    RedisBusUnderTest buses;
    Heard heard;
    const auto listening = buses.other().subscribe("topic", noteIn(heard));
    buses.settle();
    int lost = 0;
    buses.redis.kill();
    ASSERT_TRUE(waitUntil([&] { return !buses.one().isWhole() && !buses.other().isWhole(); }));
    buses.one().publish("topic", bytes("lost"));
    buses.other().onMessagesLost = [&] { ++lost; };
    ASSERT_TRUE(buses.redis.start());
    ASSERT_TRUE(waitUntil([&] { return buses.one().isWhole() && buses.other().isWhole() && lost > 0; }));
    buses.settle();
    buses.one().publish("topic", bytes("heard"));
    ASSERT_TRUE(waitUntil([&] { return !heard.empty(); }));
    EXPECT_EQ(heard, Heard{"heard"});
}

TEST(RedisBus, WithoutItsRedisThoseOfOneProcessHearEachOther) {
    const SystemClock clock;
    SystemRandom random;
    const Log log(LogLevel::error, LogFormat::text, clock);
    RedisBus bus(*parseRedisUrl("redis://127.0.0.1:1"), clock, random, log);
    Heard heard;
    const auto listening = bus.subscribe("topic", noteIn(heard));
    bus.publish("topic", bytes("one"));
    EXPECT_EQ(heard, Heard{"one"});
    EXPECT_FALSE(bus.isWhole());
    EXPECT_FALSE(bus.reachesOthers("topic"));
}

TEST(RedisBus, ARedisThatDoesNotAnswerAnyMoreIsNoticed) {
    RedisBusUnderTest buses;
    buses.redis.suspend();
    EXPECT_TRUE(waitUntil([&] { return !buses.one().isWhole(); }));
    buses.redis.resume();
    EXPECT_TRUE(waitUntil([&] { return buses.one().isWhole() && buses.other().isWhole(); }));
    buses.settle();
}

TEST(RedisBus, APasswordIsShownAndAWrongOneKeepsItOut) {
    RedisProcess redis({QStringLiteral("--requirepass"), QStringLiteral("p@ss/word")});
    ASSERT_TRUE(redis.start());
    const SystemClock clock;
    SystemRandom random;
    const Log log(LogLevel::error, LogFormat::text, clock);
    RedisBus right(*parseRedisUrl(redis.url(QStringLiteral(":p%40ss%2Fword@")).toStdString()), clock, random,
                   log);
    RedisBus wrong(*parseRedisUrl(redis.url(QStringLiteral(":other@")).toStdString()), clock, random, log);
    RedisBus without(*parseRedisUrl(redis.url().toStdString()), clock, random, log);
    EXPECT_TRUE(waitUntil([&] { return right.isWhole(); }));
    EXPECT_FALSE(wrong.isWhole());
    EXPECT_FALSE(without.isWhole());
}

TEST(RedisUrl, NamesHostPortAndWhoComes) {
    const auto full = parseRedisUrl("redis://user:p%40ss@redis.example:6380/3");
    ASSERT_TRUE(full);
    EXPECT_EQ(full->host, "redis.example");
    EXPECT_EQ(full->port, 6380);
    EXPECT_EQ(full->user, "user");
    EXPECT_EQ(full->password, "p@ss");
    EXPECT_EQ(full->name(), "redis.example:6380");
    EXPECT_EQ(parseRedisUrl("redis://[::1]")->port, 6379);
}

TEST(RedisUrl, AnythingElseIsRefusedWithoutShowingThePassword) {
    for (const char* url : {"", "redis:", "redis://", "localhost:6379", "rediss://:secret@host",
                            "http://:secret@host", "redis://:secret@host:0", "redis://:secret@host:70000",
                            "redis://:secret@host/a", "redis://:secret@host?x=1", "redis://:secret@ho st"}) {
        const auto parsed = parseRedisUrl(url);
        ASSERT_FALSE(parsed) << url;
        EXPECT_EQ(parsed.error().detail.find("secret"), std::string::npos);
    }
}

} // namespace tandem
