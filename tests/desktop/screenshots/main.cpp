// Draws the window with a text and three other people in it, the palette, following, and the start page,
// light and dark, as PNG files into the folder it is given. Needs no server and no screen:
// QT_QPA_PLATFORM=offscreen desktop_screenshots OUTDIR
#include "commands/command_palette.h"
#include "commands/finder.h"
#include "documents/document_page.h"
#include "documents/start_page.h"
#include "editor/editor_view.h"
#include "editor/tools/editor_tools.h"
#include "people/following.h"
#include "settings/preferences.h"
#include "window/main_window.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTextStream>

namespace {

using tandem::Anchor;
using tandem::DocumentBinding;
using tandem::DocumentPage;
using tandem::MainWindow;
using tandem::Side;

constexpr char32_t text[] = UR"(# Moving day

Keys from the old flat go back on **Friday before noon**. The new ones
are with the caretaker, second door on the left.

## Before

- [x] Cancel the internet, book the new one
- [x] Boxes: 40 ordered, 12 still in the cellar
- [ ] Who has the big van? Saturday 8:00 would be best
- [ ] Plants travel last, in the blue car

## Order of rooms

1. Books and shelves, so that the boxes can be emptied at once
2. Kitchen: everything marked `K`, glasses on top
3. The piano stays until Monday 🎹

> Lunch is soup and bread for everyone, at the new place.

```
06:30  coffee
07:15  first load    hall, books
11:00  second load   kitchen
```)";

// Puts someone's caret at the end of `place`, with `selected` characters before it selected.
void addPerson(DocumentPage& page, const char* name, int color, const QString& place, int selected) {
    const DocumentBinding& binding = page.editor().binding();
    const int head = page.editor().document()->find(place).selectionEnd();
    const Anchor tail = binding.anchorAt(head - selected, selected > 0 ? Side::left : Side::right);
    page.document().mutablePeers().put(
        {name, name, color, tandem::Selection{tail, binding.anchorAt(head, Side::right)}, false});
}

// What is done in idle time, such as looking at the spelling.
void settle() {
    QElapsedTimer spent;
    spent.start();
    while (spent.elapsed() < 400)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
}

void trigger(DocumentPage& page, const QString& command) {
    for (const tandem::Command& each : page.commands()) {
        if (each.id == command)
            each.action->trigger();
    }
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    if (argc != 2 || !QDir().mkpath(QString::fromLocal8Bit(argv[1]))) {
        QTextStream(stderr) << "desktop_screenshots OUTDIR" << Qt::endl;
        return 2;
    }
    const QDir folder(QString::fromLocal8Bit(argv[1]));
    tandem::theme::Theme theme(application);
    theme.choose(tandem::theme::Choice::light);

    const QTemporaryDir settings;
    tandem::Preferences preferences(settings.filePath(QStringLiteral("settings.ini")));
    preferences.setPerson({"Mira", 0});
    tandem::SecretStore secrets(tandem::systemKeychain(), settings.filePath(QStringLiteral("secrets.json")));
    tandem::Library library(preferences, secrets);
    const QUrl server(QStringLiteral("http://127.0.0.1:8000"));
    for (const char* title :
         {"Seating plan", "Minutes of the May meeting", "Garden, spring", "Recipes for forty"})
        library.noteOpened(
            {server, QStringLiteral("document-%1").arg(qHash(QByteArray(title)), 16, 16, QChar(u'0'))},
            QString::fromUtf8(title));
    MainWindow window(preferences);
    window.resize(980, 660);
    auto* page = new DocumentPage({server, QStringLiteral("moving-day-2027-03")}, preferences);
    library.noteOpened(page->url(), QStringLiteral("Moving day"));
    page->document().setTitle("Moving day");
    tandem::SystemRandom random;
    tandem::OpenDocument written(random);
    if (!written.edit(0, 0, text) || !page->document().adoptSnapshot(written.replica().encode(), 1, "epoch"))
        return 1;
    auto* start = new tandem::StartPage(library);
    window.addPage(start);
    window.addPage(page);
    window.show();

    addPerson(*page, "Jonas", 1, QStringLiteral("12 still in the cellar"), 22);
    addPerson(*page, "Aïcha", 2, QStringLiteral("coffee"), 0);
    addPerson(*page, "Teo", 3, QStringLiteral("## Order of rooms"), 0);
    QTextCursor own = page->editor().textCursor();
    own.setPosition(page->editor().document()->find(QStringLiteral("stays until Monday")).selectionEnd());
    page->editor().setTextCursor(own);

    bool saved = true;
    const auto picture = [&](const QString& name) {
        QCoreApplication::processEvents();
        saved = window.grab().save(folder.filePath(name + QStringLiteral(".png")), "PNG") && saved;
    };
    const auto pictures = [&](const QString& suffix) {
        page->showPeople();
        page->showStatus({.state = tandem::ClientSession::State::live});
        settle();
        picture(QStringLiteral("window") + suffix);
        trigger(*page, QStringLiteral("view.preview"));
        trigger(*page, QStringLiteral("edit.replace"));
        page->tools().findBar()->findChild<QLineEdit*>()->setText(QStringLiteral("the"));
        settle();
        picture(QStringLiteral("tools") + suffix);
        page->tools().findBar()->dismiss();
        trigger(*page, QStringLiteral("view.preview"));
        window.commandPalette().open();
        picture(QStringLiteral("palette") + suffix);
        window.commandPalette().finder().hide();
        page->following().toggle("Teo");
        page->showStatus({.state = tandem::ClientSession::State::offline, .unsaved = 12, .retryInMs = 3'600});
        picture(QStringLiteral("following") + suffix);
        page->following().stop();
        window.showPage(start);
        start->showPlace({});
        picture(QStringLiteral("start") + suffix);
        window.showPage(page);
    };
    pictures({});
    theme.choose(tandem::theme::Choice::dark);
    pictures(QStringLiteral("-dark"));
    return saved ? 0 : 1;
}
