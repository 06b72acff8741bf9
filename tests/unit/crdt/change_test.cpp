#include "crdt/change.h"

#include "base/base64url.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace tandem {

namespace {

rc::Gen<OpId> elementIds() {
    return rc::gen::construct<OpId>(rc::gen::inRange<ReplicaId>(1, 5), rc::gen::inRange<Counter>(1, 400));
}

Change anyChange() {
    Change change{*rc::gen::inRange<ReplicaId>(1, 5), *rc::gen::inRange<Counter>(400, 900), {}};
    const int count = *rc::gen::inRange(1, 6);
    for (int i = 0; i < count; ++i) {
        if (*rc::gen::inRange(0, 3) > 0) {
            const bool atRoot = *rc::gen::inRange(0, 5) == 0;
            InsertOp insert{atRoot ? OpId::root() : *elementIds(),
                            atRoot || *rc::gen::arbitrary<bool>() ? Side::right : Side::left, U""};
            if (*rc::gen::arbitrary<bool>() && change.ops.empty())
                insert = {{change.replica, change.first - 1}, Side::right, U""};
            insert.text = *rc::gen::nonEmpty(rc::gen::container<std::u32string>(
                rc::gen::element<char32_t>(U'a', U'\0', U'é', U'€', U'😀', U'\r', U'\u2029')));
            change.ops.emplace_back(std::move(insert));
        } else {
            DeleteOp del;
            const int ranges = *rc::gen::inRange(1, 4);
            for (int r = 0; r < ranges; ++r)
                del.ranges.push_back({*elementIds(), *rc::gen::inRange<Counter>(1, 50)});
            change.ops.emplace_back(std::move(del));
        }
    }
    return change;
}

} // namespace

TEST(ChangeTest, EveryChangeComesBackFromItsBytes) {
    EXPECT_TRUE(rc::check([] {
        const Change change = anyChange();
        const auto back = decodeChange(encodeChange(change));
        RC_ASSERT(back.ok());
        RC_ASSERT(*back == change);
    }));
}

TEST(ChangeTest, AnyBytesThatAreAcceptedAreTheOnlyOnesForTheirChange) {
    EXPECT_TRUE(rc::check([] {
        std::string bytes = encodeChange(anyChange());
        const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
        bytes[at] = *rc::gen::arbitrary<char>();
        bytes.resize(bytes.size() - *rc::gen::element<std::size_t>(0, 0, 0, 1));
        const auto change = decodeChange(bytes);
        const bool isPresentFormat = !bytes.empty() && bytes.front() == '\0';
        if (change.ok() && isPresentFormat)
            RC_ASSERT(encodeChange(*change) == bytes);
    }));
}

TEST(ChangeTest, TheBytesAreThoseOfTheFormatPage) {
    const Change typed{4101, 1, {InsertOp{OpId::root(), Side::right, U"Hi"}}};
    EXPECT_EQ(toBase64Url(encodeChange(typed)), "AIUgAQUASGk");
    const Change more{
        4101, 3, {InsertOp{{4101, 2}, Side::right, U"!"}, DeleteOp{{{{977, 5}, 2}, {{4101, 1}, 1}}}}};
    EXPECT_EQ(toBase64Url(encodeChange(more)), "AIUgAwAh_wEB0QcFAQYA");
}

TEST(ChangeTest, TheBytesOfFormat1AreStillRead) {
    const Change typed{4101, 1, {InsertOp{OpId::root(), Side::right, U"Hi"}}};
    EXPECT_EQ(*decodeChange(*fromBase64Url("hSABCQBIaQ")), typed);
    const Change more{
        4101, 3, {InsertOp{{4101, 2}, Side::right, U"!"}, DeleteOp{{{{977, 5}, 2}, {{4101, 1}, 1}}}}};
    EXPECT_EQ(*decodeChange(*fromBase64Url("hSADBCELAtEHBQEBAwA")), more);
}

TEST(ChangeTest, RefusesBytesThatAreNoChange) {
    const std::string valid = encodeChange({7, 9, {InsertOp{{7, 3}, Side::left, U"abc"}}});
    for (std::size_t length = 0; length < valid.size(); ++length)
        EXPECT_FALSE(decodeChange(std::string_view(valid).substr(0, length)).ok()) << length;
    EXPECT_FALSE(decodeChange(valid + '\0').ok());
    EXPECT_FALSE(decodeChange(std::string(100000, '\x81')).ok());
}

TEST(ChangeTest, ALengthThatTheBytesCannotHoldAllocatesNothing) {
    // One insert of 2^40 code points, and one delete of 2^40 ranges; in both formats.
    const std::string tail("\x80\x80\x80\x80\x80\x02\x00"
                           "a",
                           8);
    for (const std::string& head : {std::string("\x07\x01\x81", 3), std::string("\x07\x01\x83", 3),
                                    std::string("\x00\x07\x01\xfd", 4), std::string("\x00\x07\x01\xff", 4)})
        EXPECT_FALSE(decodeChange(head + tail).ok());
}

} // namespace tandem
