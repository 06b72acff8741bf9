// Documents made from files over REST.
#include "integration/rest_fixture.h"

#include <QJsonArray>

namespace tandem {

namespace {

class DocumentsImportTest : public RestFixture {
protected:
    HttpReply import(const QByteArray& type, const QByteArray& body, const QByteArray& query = {}) {
        return send("POST", "/v1/docs/import" + query, body, {{"Content-Type", type}});
    }
    static QString field(const HttpReply& reply, const char* name) {
        return reply.json()[QString::fromLatin1(name)].toString();
    }
};

} // namespace

TEST_F(DocumentsImportTest, PlainTextAndMarkdownAreKeptAsTheyAre) {
    const QByteArray text("\n # Shopping #\r\n* caf\xC3\xA9 \xF0\x9F\x8E\x88\0\n", 30);
    const HttpReply imported = import("text/markdown; charset=UTF-8", text);
    ASSERT_EQ(imported.status, 201) << imported.body.toStdString();
    EXPECT_EQ(field(imported, "title"), QStringLiteral("Shopping"));
    EXPECT_EQ(textAt(imported.header("Location")), QString::fromUtf8(text));
    const HttpReply plain = import("text/plain", "\xEF\xBB\xBFone\ntwo", "?title=A%20list");
    EXPECT_EQ(field(plain, "title"), QStringLiteral("A list"));
    EXPECT_EQ(textAt(plain.header("Location")), QStringLiteral("one\ntwo"));
    const HttpReply empty = import("text/plain", "");
    EXPECT_EQ(empty.status, 201);
    EXPECT_FALSE(field(empty, "title").isEmpty());
    EXPECT_EQ(field(import("text/plain", QByteArray(1000, 'x')), "title").size(), 200);
}

TEST_F(DocumentsImportTest, OfHtmlTheTextIsTaken) {
    const HttpReply imported =
        import("text/html", R"html(<!DOCTYPE html><html><head><title>My &amp; page</title>
        <style>p { color: red }</style><script>if (1 < 2) document.write("</p>no");</script></head>
        <body onload="a('>')"><!-- <p>no</p> --><h1>Hello,
        <b>world</b></h1><p>1 &lt; 2 &#x1F388;&euro;&unknown; &</p>a<br>b<ul><li>one</li><li>two</ul>
        <pre>x
  y</pre><table><tr><td>c</td><td>d</td></tr></table>5 < 6</body></html>)html");
    ASSERT_EQ(imported.status, 201) << imported.body.toStdString();
    EXPECT_EQ(field(imported, "title"), QStringLiteral("My & page"));
    EXPECT_EQ(textAt(imported.header("Location")),
              QString::fromUtf8("Hello, world\n1 < 2 🎈€&unknown; &\na\nb\none\ntwo\nx\n  y\nc\td\n5 < 6"));
}

TEST_F(DocumentsImportTest, HostileHtmlGivesTextAndNothingIsFetched) {
    const QByteArray hostile[] = {"<",
                                  "</",
                                  "<!",
                                  "<!--",
                                  "<a",
                                  "<a href='",
                                  "<script>",
                                  "<script></scrip",
                                  "&",
                                  "&#",
                                  "&#;",
                                  "&#x;",
                                  "&#xD800;",
                                  "&#99999999999;",
                                  "&#0;",
                                  "<iframe src='file:///etc/passwd'>x</iframe>",
                                  "<object data='http://127.0.0.1:1/'></object>",
                                  "<title>",
                                  "</title></pre></p>",
                                  QByteArray("<b>").repeated(200'000),
                                  QByteArray("<script>").repeated(200'000),
                                  QByteArray("<!--").repeated(200'000),
                                  QByteArray("&").repeated(500'000),
                                  QByteArray("\0<\0p\0>", 7)};
    for (const QByteArray& html : hostile) {
        const HttpReply imported = import("text/html", html);
        EXPECT_EQ(imported.status, 201)
            << html.left(40).toStdString() << imported.body.left(200).toStdString();
        EXPECT_FALSE(textAt(imported.header("Location")).contains(QStringLiteral("root:")));
    }
    const HttpReply title = import("text/html", "<title>\n<b>\xE2\x80\xAE"
                                                "x</title>");
    EXPECT_FALSE(field(title, "title").contains(QChar(0x202e)));
}

TEST_F(DocumentsImportTest, WhatIsNoTextInUtf8IsRefused) {
    for (const char* type :
         {"application/json", "application/pdf", "", "text/plain; charset=iso-8859-1", "text"})
        expectProblem(import(type, "x"), 415);
    for (const char* body : {"\xFF", "\xED\xA0\x80", "a\xC3"}) {
        expectProblem(import("text/plain", body), 400);
        expectProblem(import("text/html", body), 400);
    }
    expectProblem(import("text/plain", "x", "?title="), 400);
    expectProblem(import("text/plain", "x", "?title=%FF"), 400);
    expectProblem(get("/v1/docs/import"), 404);
    EXPECT_TRUE(get("/v1/docs").json()[QStringLiteral("documents")].toArray().isEmpty());
}

TEST_F(DocumentsImportTest, AnImportWithAnIdempotencyKeyIsMadeOnce) {
    const HttpClient::Headers headers = {{"Content-Type", "text/plain"}, {"Idempotency-Key", "key"}};
    const HttpReply first = send("POST", "/v1/docs/import", "text", headers);
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(send("POST", "/v1/docs/import", "text", headers).body, first.body);
    EXPECT_EQ(get("/v1/docs").json()[QStringLiteral("documents")].toArray().size(), 1);
}

} // namespace tandem
