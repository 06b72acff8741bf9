#include "http/trusted_proxies.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

QHostAddress address(const char* text) {
    return QHostAddress(QString::fromLatin1(text));
}

std::string clientOf(const char* trusted, const char* peer, const char* forwardedFor) {
    const auto proxies = TrustedProxies::parse(trusted);
    EXPECT_TRUE(proxies);
    return proxies->clientOf(address(peer), forwardedFor).toString().toStdString();
}

} // namespace

TEST(TrustedProxiesTest, AHeaderFromAPeerThatIsNotTrustedIsIgnored) {
    EXPECT_EQ(clientOf("", "198.51.100.9", "192.0.2.1"), "198.51.100.9");
    EXPECT_EQ(clientOf("10.0.0.0/8", "198.51.100.9", "192.0.2.1, 10.0.0.1"), "198.51.100.9");
}

TEST(TrustedProxiesTest, TheClientIsTheRightmostAddressThatIsNoTrustedProxy) {
    EXPECT_EQ(clientOf("10.0.0.0/8", "10.1.1.1", "192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(clientOf("10.0.0.0/8", "10.1.1.1", "203.0.113.5, 192.0.2.1 ,10.2.2.2"), "192.0.2.1")
        << "what stands before it the client may have made up";
    EXPECT_EQ(clientOf("10.0.0.0/8,fd00::/8", "fd00::1", "2001:db8::7, 10.2.2.2"), "2001:db8::7");
    EXPECT_EQ(clientOf("10.0.0.0/8", "10.1.1.1", "10.3.3.3, 10.2.2.2"), "10.3.3.3") << "all are trusted";
    EXPECT_EQ(clientOf("10.0.0.0/8", "10.1.1.1", ""), "10.1.1.1");
}

TEST(TrustedProxiesTest, WhatIsNoAddressEndsTheSearch) {
    for (const char* odd : {"192.0.2.1, unknown", "192.0.2.1, ", "192.0.2.1,,", "192.0.2.1, 10.2.2",
                            "192.0.2.1, _hidden", "192.0.2.1, 192.0.2.1:8080"})
        EXPECT_EQ(clientOf("10.0.0.0/8", "10.1.1.1", odd), "10.1.1.1") << odd;
}

TEST(TrustedProxiesTest, AnIpv4PeerOfASocketForBothKindsIsTheSame) {
    EXPECT_EQ(clientOf("127.0.0.1", "::ffff:127.0.0.1", "192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(clientOf("::ffff:127.0.0.1", "127.0.0.1", "::ffff:192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(clientOf("0.0.0.0/0", "2001:db8::1", "192.0.2.1"), "2001:db8::1");
    EXPECT_EQ(clientOf("0.0.0.0/0", "198.51.100.9", ""), "198.51.100.9");
}

TEST(TrustedProxiesTest, ASixtyFourOfIpv6CountsAsOneAddress) {
    EXPECT_EQ(addressGroup(address("192.0.2.1")), "192.0.2.1");
    EXPECT_EQ(addressGroup(address("::ffff:192.0.2.1")), "192.0.2.1");
    EXPECT_EQ(addressGroup(address("2001:db8:1:2:3:4:5:6")), "2001:db8:1:2::/64");
    EXPECT_EQ(addressGroup(address("2001:db8:1:2:ffff::")), "2001:db8:1:2::/64");
    EXPECT_NE(addressGroup(address("2001:db8:1:3::1")), "2001:db8:1:2::/64");
}

} // namespace tandem
