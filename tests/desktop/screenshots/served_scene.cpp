#include "served_scene.h"

#include "texts.h"

#include "connection/documents_client.h"
#include "connection/rest_client.h"
#include "editor/editor_view.h"
#include "history/history_page.h"
#include "history/past_view.h"
#include "integration/waiting.h"
#include "qt/qt_client.h"
#include "sharing/share_dialog.h"

#include <QCheckBox>
#include <QJsonObject>
#include <QLabel>
#include <QPushButton>
#include <QSlider>

#include <algorithm>

namespace tandem::screenshots {

namespace {

struct Writer {
    Writer(const DocumentUrl& url, const char* name, int color)
        : document(random), client(document, url, {name, color}, "screenshots") {
        client.start();
    }
    bool isDone() const {
        return client.session().state() == ClientSession::State::live && document.outbox().empty();
    }

    SystemRandom random;
    OpenDocument document;
    QtClient client;
};

} // namespace

ServedScene::ServedScene(WindowScene& scene) : m_scene(scene) {}
ServedScene::~ServedScene() = default;

// Paragraph by paragraph, in turn.
bool ServedScene::write() {
    Writer mira(m_url, "Mira", 0);
    Writer jonas(m_url, "Jonas", 1);
    Writer aicha(m_url, "Aïcha", 2);
    const std::vector<Writer*> all{&mira, &jonas, &aicha};
    const std::u32string& text = movingDay();
    std::size_t turn = 0;
    for (std::size_t begin = 0; begin < text.size(); ++turn) {
        const std::size_t gap = text.find(U"\n\n", begin);
        const std::size_t end = gap == text.npos ? text.size() : gap + 2;
        Writer& writer = *all[turn % all.size()];
        if (!waitUntil([&] { return writer.isDone() && writer.document.replica().length() == begin; }))
            return false;
        for (std::size_t at = begin; at < end; ++at)
            if (!writer.document.edit(at, 0, text.substr(at, 1)).ok())
                return false;
        begin = end;
    }
    return waitUntil([&] {
        return std::all_of(all.begin(), all.end(), [](const Writer* writer) {
            return writer->isDone() && writer->document.replica().length() == movingDay().size();
        });
    });
}

bool ServedScene::makeLinks() {
    RestClient rest;
    int made = 0;
    const QString nextWeek = QDateTime::currentDateTimeUtc().addDays(7).toString(Qt::ISODate);
    for (const QJsonObject& link :
         {QJsonObject{{"role", "editor"}, {"label", "Everyone who carries boxes"}},
          QJsonObject{{"role", "viewer"}, {"label", "Neighbours"}, {"expires", nextWeek}}})
        rest.post(m_url, QStringLiteral("/links"), link, {},
                  [&made](const RestAnswer& answer) { made += answer.ok() ? 1 : 0; });
    return waitUntil([&made] { return made == 2; });
}

bool ServedScene::draw(const QString& suffix) {
    if (m_url.id.isEmpty()) {
        m_server.start();
        if (!waitUntil([this] { return m_server.state() == HostedServer::State::running; }))
            return false;
        DocumentsClient documents;
        documents.create(
            m_server.url(), {QStringLiteral("Moving day")}, [this](const DocumentUrl& made) { m_url = made; },
            [](const QString&) {}, m_server.adminToken());
        if (!waitUntil([this] { return !m_url.id.isEmpty(); }) || !write() || !makeLinks())
            return false;
    }
    return drawHistory(suffix) && drawSharing(suffix);
}

bool ServedScene::drawHistory(const QString& suffix) {
    auto* history = new HistoryPage(m_url, QStringLiteral("Moving day"), m_scene.preferences());
    m_scene.window().addPage(history);
    if (!waitUntil([history] { return history->hasAll(); }))
        return false;
    const int version = history->slider().maximum() * 3 / 4;
    history->slider().setValue(version);
    if (!waitUntil([&] { return history->shownVersion() == version && history->view().authorAt(0); }))
        return false;
    settle();
    m_scene.picture(QStringLiteral("history") + suffix);
    history->findChild<QCheckBox*>()->setChecked(true);
    settle();
    m_scene.picture(QStringLiteral("differences") + suffix);
    m_scene.window().closePage(history);
    return true;
}

bool ServedScene::drawSharing(const QString& suffix) {
    auto* page = new DocumentPage(m_url, m_scene.preferences());
    m_scene.window().addPage(page);
    page->start();
    if (!waitUntil([page] { return page->document().replica().length() == movingDay().size(); }))
        return false;
    trigger(*page, QStringLiteral("document.share"));
    auto* dialog = page->findChild<ShareDialog*>();
    const auto shows = [dialog](const QString& label) {
        const QList<QLabel*> labels = dialog->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&label](const QLabel* each) { return each->text().contains(label); });
    };
    if (!dialog || !waitUntil([&] { return shows(QStringLiteral("Neighbours")); }))
        return false;
    settle();
    m_scene.picture(QStringLiteral("share") + suffix, dialog);
    delete dialog;
    m_scene.window().closePage(page);
    return true;
}

} // namespace tandem::screenshots
