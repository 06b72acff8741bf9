// The commands of a DocumentPage.
#include "documents/document_page.h"

#include "documents/side_panel.h"
#include "documents/status_row.h"
#include "editor/editor_view.h"
#include "editor/tools/editor_tools.h"
#include "exchange/exporting.h"
#include "offline/local_store.h"
#include "people/following.h"
#include "people/people_list.h"
#include "sharing/sharing.h"

namespace tandem {

void DocumentPage::makeCommands() {
    makeFileCommands();
    makeEditCommands();
    makeViewCommands();
    makePeopleCommands();
    m_commands.append(m_tools->commands());
}

void DocumentPage::makeFileCommands() {
    m_rename = makeAction(this, tr("&Rename…"), {Qt::Key_F2}, [this] { emit renameRequested(); });
    m_commands.append(
        {QStringLiteral("document.rename"), Section::fileDocument, m_rename, Command::Needs::editing});
    // The keys of everybody's habit.
    QAction* save = makeAction(this, tr("Is It Saved?"), {QKeySequence::Save}, [this] {
        m_row->tell(m_store && m_store->isKeeping()
                        ? tr("Nothing needs to be saved by hand: all is kept as you type it.")
                        : m_words.words);
    });
    m_commands.append({QStringLiteral("document.saved"), Section::paletteOnly, save});
    m_bin = makeAction(this, tr("Move to &Bin"), {}, [this] { emit binRequested(); });
    m_commands.append({QStringLiteral("document.bin"), Section::fileDocument, m_bin});
    m_copyLink =
        makeAction(this, tr("Copy &Link"), {Qt::CTRL | Qt::SHIFT | Qt::Key_C}, [this] { copyLink(); });
    setIconName(m_copyLink, QStringLiteral("link"));
    m_commands.append({QStringLiteral("document.copyLink"), Section::peopleShare, m_copyLink,
                       Command::Needs::nothing, Command::ToolBar::yes});
    m_commands += (new Sharing(*this))->commands();
    m_commands += (new Exporting(*this))->commands();
    m_publish = makeAction(this, tr("&Publish to a Server…"), {}, [this] { emit publishRequested(); });
    m_commands.append({QStringLiteral("document.publish"), Section::peopleShare, m_publish});
}

void DocumentPage::makeEditCommands() {
    const auto add = [this](const char* id, Section section, QAction* action, Command::Needs needs) {
        m_commands.append({QString::fromLatin1(id), section, action, needs});
    };
    constexpr auto editing = Command::Needs::editing;
    constexpr auto nothing = Command::Needs::nothing;
    m_undo = makeAction(this, tr("&Undo"), {QKeySequence::Undo}, [this] { m_editor->undo(); });
    m_redo = makeAction(this, tr("&Redo"), {Qt::CTRL | Qt::SHIFT | Qt::Key_Z, Qt::CTRL | Qt::Key_Y},
                        [this] { m_editor->redo(); });
    add("edit.undo", Section::editUndo, m_undo, editing);
    add("edit.redo", Section::editUndo, m_redo, editing);
    add("edit.cut", Section::editClipboard,
        makeAction(this, tr("Cu&t"), {QKeySequence::Cut}, [this] { m_editor->cut(); }), editing);
    add("edit.copy", Section::editClipboard,
        makeAction(this, tr("&Copy"), {QKeySequence::Copy}, [this] { m_editor->copy(); }), nothing);
    add("edit.paste", Section::editClipboard,
        makeAction(this, tr("&Paste"), {QKeySequence::Paste}, [this] { m_editor->paste(); }), editing);
    add("edit.selectAll", Section::editClipboard,
        makeAction(this, tr("Select &All"), {QKeySequence::SelectAll}, [this] { m_editor->selectAll(); }),
        nothing);
}

void DocumentPage::makeViewCommands() {
    QAction* people = m_side->add(QStringLiteral("people"), tr("&People"), m_people);
    setIconName(people, QStringLiteral("people"));
    m_commands.append({QStringLiteral("view.people"), Section::viewPanels, people, Command::Needs::nothing,
                       Command::ToolBar::yes});
    const auto add = [this](const char* id, QAction* action) {
        m_commands.append({QString::fromLatin1(id), Section::viewZoom, action});
    };
    add("view.zoomIn", makeAction(this, tr("Zoom &In"), {Qt::CTRL | Qt::Key_Plus, Qt::CTRL | Qt::Key_Equal},
                                  [this] { m_editor->zoom(1); }));
    add("view.zoomOut",
        makeAction(this, tr("Zoom &Out"), {Qt::CTRL | Qt::Key_Minus}, [this] { m_editor->zoom(-1); }));
    add("view.actualSize",
        makeAction(this, tr("&Actual Size"), {Qt::CTRL | Qt::Key_0}, [this] { m_editor->resetZoom(); }));
}

void DocumentPage::makePeopleCommands() {
    const auto add = [this](const char* id, const QString& text, QKeyCombination keys,
                            std::function<void()> use) {
        m_commands.append({QString::fromLatin1(id), Section::peopleHere,
                           makeAction(this, text, {QKeySequence(keys)}, std::move(use))});
    };
    add("people.follow", tr("&Follow the Next Person"), Qt::CTRL | Qt::ALT | Qt::Key_F,
        [this] { m_following->toggle(nextPerson(m_following->session())); });
    add("people.jump", tr("&Jump to the Next Person"), Qt::CTRL | Qt::ALT | Qt::Key_J, [this] {
        m_jumpedTo = nextPerson(m_jumpedTo);
        m_following->jumpTo(m_jumpedTo);
    });
}

// The one who came after `after`, or else the first; empty when nobody is here.
std::string DocumentPage::nextPerson(const std::string& after) const {
    const std::vector<Peer>& all = m_document.peers().all();
    for (std::size_t i = 0; i + 1 < all.size(); ++i)
        if (all[i].session == after)
            return all[i + 1].session;
    return all.empty() ? std::string() : all.front().session;
}

} // namespace tandem
