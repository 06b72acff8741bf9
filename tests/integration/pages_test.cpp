// The pages that the server brings, in a real browser: what strangers wrote is shown as text, links open with
// their secret, nothing comes from elsewhere.
#include "integration/browser.h"
#include "integration/json_socket.h"
#include "integration/rest_fixture.h"

namespace tandem {

namespace {

class PagesTest : public RestFixture {
protected:
    PagesTest() : RestFixture({"--access", "links"}) {}
    void SetUp() override {
        RestFixture::SetUp();
        ASSERT_TRUE(m_browser.start()) << m_browser.problem().toStdString();
    }

    // The document with its owner's link.
    QJsonObject makeDocument(const QJsonObject& wanted) const {
        return client().post("/v1/docs", wanted).json();
    }
    QJsonObject makeLink(const QJsonObject& document, const QByteArray& role) const {
        const QByteArray owner = document["link"].toObject()["secret"].toString().toUtf8();
        return send("POST", "/v1/docs/" + document["id"].toString().toUtf8() + "/links",
                    R"({"role":")" + role + R"("})", {{"Authorization", "Bearer " + owner}})
            .json();
    }
    // Links lead to the browser client; the same one for the plain page.
    static QUrl plain(const QJsonObject& link) {
        QUrl url(link["url"].toString());
        EXPECT_EQ(url.path(), "/ui/");
        url.setPath("/ui/plain");
        return url;
    }
    // All that the page loaded came from this server.
    bool allFromHere() {
        return m_browser
            .run("return performance.getEntriesByType('resource').every(entry => "
                 "entry.name.startsWith(location.origin))")
            .toBool();
    }

    Browser m_browser;
};

} // namespace

TEST_F(PagesTest, MarkupInTitlesNamesAndTextIsShownAsText) {
    const QString attack =
        "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
    const QJsonObject document = makeDocument({{"title", attack}, {"text", attack}});
    const QString secret = document["link"].toObject()["secret"].toString();
    JsonSocket other;
    ASSERT_TRUE(other.open(m_server.websocketUrl(document["id"].toString()), JsonSocket::Kind::plain));
    other.send({{"type", "hello"}, {"name", "<b>Eve</b><img src=x>"}, {"token", secret}});
    other.next("snapshot");

    ASSERT_TRUE(m_browser.open(plain(document["link"].toObject())));
    EXPECT_TRUE(m_browser.waitUntil("return document.getElementById('members').textContent !== ''"));
    EXPECT_EQ(m_browser.property("#title", "textContent").toString(), attack);
    EXPECT_EQ(m_browser.property("#box", "value").toString(), attack);
    EXPECT_EQ(m_browser.property("#members", "textContent").toString(), "<b>Eve</b><img src=x>");
    EXPECT_EQ(m_browser.run("return document.querySelectorAll('img, b > b').length").toInt(-1), 0);
    EXPECT_NE(m_browser.run("return document.title").toString(), "owned");
    EXPECT_EQ(m_browser.run("return document.scripts.length").toInt(), 1);
    EXPECT_TRUE(allFromHere());
}

TEST_F(PagesTest, APageOpensWithItsLinkForReadingOrWritingAndNotWithoutIt) {
    const QJsonObject document = makeDocument({{"title", "Notes"}, {"text", "one"}});
    const QUrl viewer = plain(makeLink(document, "viewer"));
    ASSERT_TRUE(m_browser.open(viewer));
    EXPECT_TRUE(m_browser.waitUntil("return document.getElementById('box').value === 'one'"));
    EXPECT_TRUE(m_browser.property("#box", "readOnly").toBool());
    ASSERT_TRUE(m_browser.open(QUrl("about:blank")));

    QUrl bare = viewer;
    bare.setFragment({});
    ASSERT_TRUE(m_browser.open(bare));
    EXPECT_TRUE(
        m_browser.waitUntil("return document.getElementById('state').textContent.startsWith('Closed')"));
    EXPECT_EQ(m_browser.property("#box", "value").toString(), "");
    ASSERT_TRUE(m_browser.open(QUrl("about:blank")));

    const QJsonObject link = makeLink(document, "editor");
    ASSERT_TRUE(m_browser.open(plain(link)));
    EXPECT_TRUE(m_browser.waitUntil("return document.getElementById('box').value === 'one'"));
    ASSERT_TRUE(m_browser.type("#box", " two"));
    EXPECT_TRUE(m_browser.waitUntil("return document.getElementById('state').textContent === 'Saved'"));
    const QByteArray path = "/v1/docs/" + document["id"].toString().toUtf8();
    const HttpClient::Headers owner{
        {"Authorization", "Bearer " + document["link"].toObject()["secret"].toString().toUtf8()}};
    EXPECT_EQ(get(path, owner).json()["text"].toString().size(), 7);
    EXPECT_EQ(remove(path + "/links/" + QByteArray::number(link["number"].toInt()), owner).status, 204);
    EXPECT_TRUE(
        m_browser.waitUntil("return document.getElementById('state').textContent.startsWith('Closed')"));
}

TEST_F(PagesTest, ADocumentMadeInThePageOpensWithItsOwnersLink) {
    ASSERT_TRUE(m_browser.open(QUrl(m_server.url().toString() + "/ui/plain")));
    ASSERT_TRUE(m_browser.run("document.getElementById('create').click(); return true").toBool());
    EXPECT_TRUE(m_browser.waitUntil("return location.hash.startsWith('#token=')"));
    EXPECT_TRUE(m_browser.waitUntil("return document.getElementById('state')?.textContent === 'Saved'"));
}

TEST_F(PagesTest, TheDescriptionIsShownCallByCall) {
    ASSERT_TRUE(m_browser.open(QUrl(m_server.url().toString() + "/docs")));
    EXPECT_TRUE(m_browser.waitUntil("return document.querySelectorAll('details').length > 0"));
    const QJsonObject paths = get("/openapi.json").json()["paths"].toObject();
    int calls = 0;
    for (const QJsonValue& path : paths) {
        for (const QString& key : path.toObject().keys())
            calls += key == "parameters" ? 0 : 1;
    }
    EXPECT_EQ(m_browser.run("return document.querySelectorAll('details').length").toInt(), calls);
    EXPECT_TRUE(m_browser.run("return document.body.innerText").toString().contains("/v1/docs/{id}/links"));
    EXPECT_TRUE(allFromHere());
}

TEST_F(PagesTest, TheServersAddressAloneLeadsToThePage) {
    for (const char* address : {"", "/", "/ui"}) {
        ASSERT_TRUE(m_browser.open(QUrl(m_server.url().toString() + address)));
        EXPECT_EQ(m_browser.run("return location.pathname").toString(), "/ui/") << address;
    }
}

TEST_F(PagesTest, ThePageIsAskedForEachTimeAndItsFilesOnce) {
    const HttpReply page = get("/ui/");
    ASSERT_EQ(page.status, 200) << page.body.toStdString();
    EXPECT_EQ(page.header("Cache-Control"), "no-cache");
    EXPECT_TRUE(page.header("Content-Security-Policy").contains("default-src 'none'"));
    EXPECT_TRUE(page.header("Content-Security-Policy").contains("frame-ancestors 'none'"));
    EXPECT_FALSE(page.header("Content-Security-Policy").contains("unsafe-inline"));
    const QByteArray script = page.body.mid(page.body.indexOf("/ui/assets/main-")).split('"').first();
    const HttpReply whole = get(script);
    EXPECT_EQ(whole.status, 200);
    EXPECT_EQ(whole.header("Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(whole.header("Content-Type"), "text/javascript; charset=utf-8");
    EXPECT_EQ(whole.header("Content-Encoding"), "");
    const HttpReply packed = get(script, {{"Accept-Encoding", "br;q=1, gzip;q=0.5"}});
    EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
    EXPECT_LT(packed.body.size(), whole.body.size());
    EXPECT_EQ(get(script, {{"Accept-Encoding", "gzip;q=0"}}).body, whole.body);
    EXPECT_EQ(get("/ui/assets/main-00000000.js").status, 404);
    EXPECT_EQ(get("/ui/service_worker.js").header("Cache-Control"), "no-cache");
}

TEST_F(PagesTest, NoAddressLeadsOutOfThePages) {
    for (const char* path :
         {"/ui/assets/../index.html", "/ui/assets/%2e%2e%2findex.html", "/ui/assets/", "/ui/index.html",
          "/ui/page.qrc", "/ui/assets/../../migrations/sqlite/0001_documents.sql",
          "/ui/../../../../etc/passwd", "/ui/%2e%2e/%2e%2e/etc/passwd", "/ui/..%2f..%2fetc%2fpasswd",
          "/ui//etc/passwd", "/docs/../openapi.json", "/ui/plain.js%00.html", "/ui/plain/",
          "/:/tandem/plain/plain.js", "/ui/\\etc\\passwd"}) {
        SCOPED_TRACE(path);
        EXPECT_EQ(get(path).status, 404);
    }
}

} // namespace tandem
