// The pieces of the HTTP server that need no socket.
#include "http/access_rules.h"
#include "http/document_json.h"
#include "http/router.h"
#include "log/log.h"
#include "log/timestamp.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

int statusOf(const Router& router, const std::string& method, const std::string& path) {
    HttpRequest request;
    request.method = method;
    request.path = path;
    int status = 0;
    router.route(request, [&](HttpResponse response) { status = response.status; });
    return status;
}

} // namespace

TEST(RouterTest, FindsHandlersByMethodAndPath) {
    Router router;
    std::string id;
    router.add("GET", "/docs/{id}", Right::read, [&](const HttpRequest& request, HttpRespond respond) {
        id = request.pathParts.at("id");
        respond({});
    });
    EXPECT_EQ(statusOf(router, "GET", "/docs/abc"), 200);
    EXPECT_EQ(id, "abc");
    EXPECT_EQ(statusOf(router, "HEAD", "/docs/abc"), 200);
    EXPECT_EQ(statusOf(router, "POST", "/docs/abc"), 405);
    EXPECT_EQ(statusOf(router, "OPTIONS", "/docs/abc"), 204);
    for (const char* path : {"/docs", "/docs/", "/docs/a/b", "/docs/abc/", "//docs/abc", "/"})
        EXPECT_EQ(statusOf(router, "GET", path), 404) << path;
}

TEST(RouterTest, KnowsWhichRightOnWhichDocumentACallNeeds) {
    Router router;
    const auto nothing = [](const HttpRequest&, HttpRespond) {};
    router.add("POST", "/docs", Right::create, nothing);
    router.add("GET", "/docs/{id}/links/{number}", Right::own, nothing);
    const auto callOf = [&](const char* method, const char* path) {
        HttpRequest request;
        request.method = method;
        request.path = path;
        return router.callOf(request);
    };
    EXPECT_EQ(callOf("POST", "/docs").right, Right::create);
    EXPECT_EQ(callOf("POST", "/docs").document, "");
    for (const char* method : {"GET", "HEAD"}) {
        EXPECT_EQ(callOf(method, "/docs/abc/links/7").right, Right::own);
        EXPECT_EQ(callOf(method, "/docs/abc/links/7").document, "abc");
    }
    EXPECT_EQ(callOf("DELETE", "/docs/abc/links/7").right, Right::none) << "answered with 405";
    EXPECT_EQ(callOf("GET", "/nowhere").right, Right::none);
}

TEST(QueryTest, IsDecodedAndNeverReadsBeyondItsEnd) {
    const auto query = parseQuery("a=1&b=x%20y+z&c&=d&&e=%4&f=%&g=%zz");
    EXPECT_EQ(query.at("a"), "1");
    EXPECT_EQ(query.at("b"), "x y z");
    EXPECT_EQ(query.at("c"), "");
    EXPECT_EQ(query.at("e"), "%4");
    EXPECT_EQ(query.at("f"), "%");
    EXPECT_EQ(query.at("g"), "%zz");
}

TEST(AccessRulesTest, TakesLoopbackConfiguredAndPublicNames) {
    const AccessRules rules(HostNames::listed, {"10.0.0.7"}, "https://Tandem.example.org:444", {});
    for (const char* host :
         {"localhost", "LOCALHOST:8000", "127.0.0.1:1", "[::1]:8000", "[::1]", "10.0.0.7:8000"})
        EXPECT_TRUE(rules.allowsHost(host)) << host;
    for (const char* host :
         {"", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example",
          "localhost:", "localhost:80x", "localhost:8000:9", "[::1", "evil@localhost", "localhost;x"})
        EXPECT_FALSE(rules.allowsHost(host)) << host;
    const AccessRules addresses(HostNames::listedAndAddresses, {}, "", {});
    for (const char* host : {"192.168.1.5:8000", "[fe80::1]:8000", "localhost"})
        EXPECT_TRUE(addresses.allowsHost(host)) << host;
    for (const char* host : {"evil.example", "192.168.1.5.evil.example", "192.168.1"})
        EXPECT_FALSE(addresses.allowsHost(host)) << host;
    EXPECT_TRUE(AccessRules(HostNames::any, {}, "", {}).allowsHost("anything.example"));
    EXPECT_FALSE(AccessRules(HostNames::any, {}, "", {}).allowsHost("a;script-src *"));
}

TEST(AccessRulesTest, TakesNoOriginTheOwnOneAndListedOnes) {
    const AccessRules rules(HostNames::listed, {}, "https://tandem.example.org", {"http://localhost:3000"});
    const std::string host = "localhost:8000";
    EXPECT_TRUE(rules.allowsOrigin(std::nullopt, "http", host));
    for (const char* origin : {"http://localhost:8000", "http://LOCALHOST:8000", "http://localhost:3000",
                               "https://tandem.example.org"})
        EXPECT_TRUE(rules.allowsOrigin(origin, "http", host)) << origin;
    for (const char* origin : {"", "null", "http://localhost", "http://localhost:3001",
                               "https://localhost:8000", "http://localhost:3000.evil.example", "file://"})
        EXPECT_FALSE(rules.allowsOrigin(origin, "http", host)) << origin;
    EXPECT_TRUE(rules.allowsOrigin("https://localhost:8000", "https", host));
    EXPECT_FALSE(rules.allowsOrigin("http://localhost:8000", "https", host));
}

TEST(DocumentJsonTest, TheHashTellsTitleFromText) {
    const auto a = parseDocumentRequest(R"({"title":"ab","text":"c"})");
    const auto b = parseDocumentRequest(R"({"title":"a","text":"bc"})");
    ASSERT_TRUE(a);
    ASSERT_TRUE(b);
    EXPECT_NE(requestHash(*a), requestHash(*b));
    EXPECT_EQ(requestHash(*a), requestHash(*parseDocumentRequest(R"({"text":"c","title":"ab","more":1})")));
}

TEST(TimestampTest, IsRfc3339InUtcWithMilliseconds) {
    EXPECT_EQ(timestamp(0), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(timestamp(951'782'399'007), "2000-02-28T23:59:59.007Z");
    EXPECT_EQ(timestamp(-1), "1969-12-31T23:59:59.999Z");
}

TEST(LogTest, NobodyCanForgeALine) {
    EXPECT_EQ(
        logLine(LogFormat::text, 0, LogLevel::info, "request", {{"path", "/a"}, {"name", "x\n1970 error"}}),
        "1970-01-01T00:00:00.000Z info request path=/a name=\"x\\n1970 error\"");
    EXPECT_EQ(
        logLine(LogFormat::json, 0, LogLevel::error, "e", {{"a", "\"\xFF"}}),
        "{\"time\":\"1970-01-01T00:00:00.000Z\",\"level\":\"error\",\"event\":\"e\",\"a\":\"\\\"\\ufffd\"}");
}

} // namespace tandem
