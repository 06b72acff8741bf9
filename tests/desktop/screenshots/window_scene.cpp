#include "window_scene.h"

#include "texts.h"

#include "commands/command_palette.h"
#include "commands/finder.h"
#include "documents/start_page.h"
#include "editor/editor_view.h"
#include "editor/tools/editor_tools.h"
#include "people/following.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QPainter>

namespace tandem::screenshots {

namespace {

ConnectionStatus live() {
    return {.state = ClientSession::State::live};
}

const QUrl server(QStringLiteral("https://text.example.org"));

// Puts someone's caret at the end of `place`, with `selected` characters before it selected.
void addPerson(DocumentPage& page, const char* name, int color, const QString& place, int selected) {
    const DocumentBinding& binding = page.editor().binding();
    const int head = page.editor().document()->find(place).selectionEnd();
    const Anchor tail = binding.anchorAt(head - selected, selected > 0 ? Side::left : Side::right);
    page.document().mutablePeers().put(
        {name, name, color, Selection{tail, binding.anchorAt(head, Side::right)}, false});
}

} // namespace

void settle() {
    QElapsedTimer spent;
    spent.start();
    while (spent.elapsed() < 400)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
}

void trigger(Page& page, const QString& command) {
    for (const Command& each : page.commands()) {
        if (each.id == command)
            each.action->trigger();
    }
}

WindowScene::WindowScene(const QDir& folder) : m_folder(folder) {
    m_preferences.setPerson({"Mira", 0});
    for (const char* title :
         {"Seating plan", "Minutes of the May meeting", "Garden, spring", "Recipes for forty"})
        m_library.noteOpened(
            {server, QStringLiteral("document-%1").arg(qHash(QByteArray(title)), 16, 16, QChar(u'0'))},
            QString::fromUtf8(title));
    m_window.resize(980, 660);
    m_page = addDocument("moving-day-2027-03", "Moving day", movingDay());
    m_window.show();
    addPeople();
}

DocumentPage* WindowScene::addDocument(const char* id, const char* title, std::u32string_view text) {
    auto* page = new DocumentPage({server, QString::fromLatin1(id)}, m_preferences);
    m_library.noteOpened(page->url(), QString::fromUtf8(title));
    page->document().setTitle(title);
    SystemRandom random;
    OpenDocument written(random);
    if (!written.edit(0, 0, text).ok() ||
        !page->document().adoptSnapshot(written.replica().encode(), 1, "epoch").ok())
        qFatal("the text cannot be made");
    m_window.addPage(page);
    return page;
}

void WindowScene::addPeople() {
    addPerson(*m_page, "Jonas", 1, QStringLiteral("12 still in the cellar"), 22);
    addPerson(*m_page, "Aïcha", 2, QStringLiteral("coffee"), 0);
    addPerson(*m_page, "Teo", 3, QStringLiteral("## Order of rooms"), 0);
    QTextCursor own = m_page->editor().textCursor();
    own.setPosition(m_page->editor().document()->find(QStringLiteral("stays until Monday")).selectionEnd());
    m_page->editor().setTextCursor(own);
}

void WindowScene::picture(const QString& name, QWidget* over) {
    QCoreApplication::processEvents();
    QPixmap drawn = m_window.grab();
    if (over) {
        const QPixmap front = over->grab();
        QPainter painter(&drawn);
        painter.fillRect(QRectF(QPointF(), drawn.deviceIndependentSize()), QColor(0, 0, 0, 90));
        const QSizeF free = drawn.deviceIndependentSize() - front.deviceIndependentSize();
        painter.drawPixmap(QPointF(free.width() / 2, free.height() / 2), front);
    }
    m_saved = drawn.save(m_folder.filePath(name + QStringLiteral(".png")), "PNG") && m_saved;
}

void WindowScene::drawTogether(const QString& name) {
    m_window.showPage(m_page);
    m_page->showPeople();
    m_page->showStatus(live());
    settle();
    picture(name);
}

void WindowScene::drawStart(const QString& name) {
    auto* start = new StartPage(m_library);
    m_window.addPage(start);
    start->showPlace({});
    picture(name);
    m_window.closePage(start);
}

void WindowScene::drawPreview(const QString& name) {
    trigger(*m_page, QStringLiteral("view.preview"));
    settle();
    picture(name);
    trigger(*m_page, QStringLiteral("view.preview"));
}

void WindowScene::drawFinding(const QString& name) {
    trigger(*m_page, QStringLiteral("edit.replace"));
    m_page->tools().findBar()->findChild<QLineEdit*>()->setText(QStringLiteral("the"));
    settle();
    picture(name);
    m_page->tools().findBar()->dismiss();
}

void WindowScene::drawOffline(const QString& name) {
    m_page->following().toggle("Teo");
    m_page->showStatus({.state = ClientSession::State::offline, .unsaved = 12, .retryInMs = 3'600});
    picture(name);
    m_page->following().stop();
    m_page->showStatus(live());
}

void WindowScene::drawPalette(const QString& name) {
    m_window.commandPalette().open();
    picture(name);
    m_window.commandPalette().finder().hide();
}

void WindowScene::drawRightToLeft(const QString& name) {
    DocumentPage* page = addDocument("moving-day-in-two-ways", "יום המעבר.md", movingDayInTwoWays());
    addPerson(*page, "Noa", 2, QStringLiteral("הכי טוב"), 7);
    addPerson(*page, "Sami", 4, QStringLiteral("عند البواب"), 0);
    page->showPeople();
    page->showStatus(live());
    trigger(*page, QStringLiteral("view.preview"));
    settle();
    picture(name);
    m_window.closePage(page);
}

void WindowScene::drawAll() {
    drawTogether(QStringLiteral("together"));
    drawPreview(QStringLiteral("preview"));
    drawFinding(QStringLiteral("finding"));
    drawPalette(QStringLiteral("palette"));
    drawOffline(QStringLiteral("offline"));
    drawStart(QStringLiteral("start"));
    drawRightToLeft(QStringLiteral("right-to-left"));
    m_preferences.setTheme(theme::Choice::dark);
    drawTogether(QStringLiteral("dark"));
    drawPreview(QStringLiteral("preview-dark"));
    drawStart(QStringLiteral("start-dark"));
    drawPalette(QStringLiteral("palette-dark"));
    m_preferences.setTheme(theme::Choice::light);
}

} // namespace tandem::screenshots
