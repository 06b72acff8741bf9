// What the local network is told by DNS-SD, through what stands for avahi-daemon on the bus.
#include "hosting/service_announcement.h"

#include "fake_avahi.h"
#include "integration/waiting.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {
const QString name = QStringLiteral("Tandem on this computer");
} // namespace

TEST(ServiceAnnouncementTest, AServerIsToldWithItsNameAndPortAndNothingElse) {
    FakeAvahi avahi;
    {
        const ServiceAnnouncement announcement(name, 4711);
        ASSERT_TRUE(waitUntil([&] { return announcement.isTold(); }));
        const QList<FakeAvahi::Announced> told = avahi.announced();
        ASSERT_EQ(told.size(), 1);
        EXPECT_EQ(told[0].name, name);
        EXPECT_EQ(told[0].type, "_tandem._tcp");
        EXPECT_EQ(told[0].port, 4711);
        EXPECT_FALSE(told[0].hasTexts) << "no document, no secret";
    }
    EXPECT_TRUE(waitUntil([&] { return avahi.announced().isEmpty(); })) << "it is taken back";
}

TEST(ServiceAnnouncementTest, WithoutAvahiNothingIsToldUntilItRunsAndAgainBehindARestart) {
    const ServiceAnnouncement announcement(name, 4711);
    spin(100);
    EXPECT_FALSE(announcement.isTold());
    for (int round = 0; round < 2; ++round) {
        {
            FakeAvahi avahi;
            ASSERT_TRUE(waitUntil([&] { return announcement.isTold(); })) << "round " << round;
            ASSERT_EQ(avahi.announced().size(), 1);
            EXPECT_EQ(avahi.announced()[0].port, 4711);
        }
        EXPECT_TRUE(waitUntil([&] { return !announcement.isTold(); }));
    }
}

TEST(ServiceAnnouncementTest, ANameThatSomeoneHasGetsANumber) {
    FakeAvahi avahi;
    avahi.setTaken(name);
    const ServiceAnnouncement announcement(name, 4711);
    ASSERT_TRUE(waitUntil([&] { return announcement.isTold(); }));
    ASSERT_EQ(avahi.announced().size(), 1);
    EXPECT_EQ(avahi.announced()[0].name, name + " #2");
}

} // namespace tandem
