// The only bridge between a QTextDocument and an OpenDocument. What is typed into the one is edited in the
// other, and what others edit is shown; both sides count in UTF-16 code units there, so that a position in
// the one is a position in the other. Belongs to the view that shows the document; lives on the event-loop
// thread; both documents must outlive it. Takes the OpenDocument's onRemoteEdits and switches the
// QTextDocument's own undo off.
//
// Invariant, outside of QTextDocument's edit blocks: the text of the QTextDocument is the display form
// (display_form.h) of the replica's text.
#pragma once

#include "base/clock.h"
#include "client/open_document.h"

#include <QObject>
#include <QTextCursor>
#include <QTextDocument>

#include <vector>

namespace tandem {

// Text in place of what stands between two positions.
struct TextReplacement {
    int start = 0;
    int end = 0;
    QString text;
};

// What became of the text at one place, in UTF-16 code units. In a list each counts in the text after the
// ones before.
struct TextChange {
    int position = 0;
    int removed = 0;
    int added = 0;
};
using TextChanges = std::vector<TextChange>;

class DocumentBinding final : public QObject {
    Q_OBJECT
public:
    // Shows what `open` holds now. `clock`, which times the groups of undo, must outlive it.
    DocumentBinding(OpenDocument& open, QTextDocument& shown, const Clock& clock, QObject* parent = nullptr);
    ~DocumentBinding() override;

    // Replaces the selection of `cursor` as typing would, but keeps every character as it is: for pasting and
    // dropping.
    void insertText(QTextCursor cursor, const QString& text);

    // Own edits at several places, undone in one step; every character stays as it is given. The positions
    // are those of now, in order, and do not overlap. False when some of it was refused (editRefused tells
    // why).
    bool replace(const std::vector<TextReplacement>& replacements);

    // The fewest own edits that make this the text, undone in one step. As replace().
    bool replaceText(const QString& text);

    // Take back, or do again, own edits, and show that. The selection to be restored; nothing when the text
    // stays as it is.
    std::optional<Selection> undo() { return show(m_open.undo()); }
    std::optional<Selection> redo() { return show(m_open.redo()); }

    // The text itself, not its display form, between two positions.
    QString text(int start, int end) const;
    int length() const { return replicaLength(); }
    // The position itself, or the one before when it is within a surrogate pair.
    int elementStart(int position) const;

    Anchor anchorAt(int position, Side side) const;
    // Nothing while the anchor's element is not here.
    std::optional<int> positionOf(const Anchor& anchor) const;

    // While edits that were not made in it are put in, the QTextDocument is not yet what the replica is.
    bool isShowingEdits() const { return m_writing; }

    // The longest line of a text, without its line feed.
    static int longestLine(std::u32string_view text);

    // For tests: does the invariant hold? O(document).
    bool agrees() const;

signals:
    // Around edits that were not made in the QTextDocument: others', and own ones of replace().
    void editsComing(); // the QTextDocument still shows the text before them
    void editsShown();
    // Before text is put in that has a line of so many units: laying out a very long one needs other ways.
    void lineComing(int units);
    // The text of the QTextDocument has changed, in whatever way. Others' edits: `remote`. Who is told must
    // not edit.
    void edited(const tandem::TextChanges& changes, bool remote);
    void editRefused(const QString& reason); // and is taken back on the screen

private:
    struct Range {
        int start = 0;
        int end = 0;
    };
    // From `start` on, what is shown up to shownEnd has to become what the replica has up to replicaEnd.
    struct Repair {
        int start = 0;
        int shownEnd = 0;
        int replicaEnd = 0;
    };
    // Text that insertText puts in, and where; its characters are known here before the document tells of the
    // change.
    struct Insertion {
        QTextCursor start;
        QString text;
    };

    void takeLocalChange(int position, int removed, int added);
    void repairShownText();
    void showRemoteEdits(const TextEdits& edits);
    std::optional<Selection> show(const OpenDocument::Undone& undone);
    void showEdits(const TextEdits& edits, bool remote);

    int shownLength() const;
    int replicaLength() const;
    QString shownText(Range range) const;
    QString typedText(Range range) const;
    bool splitsPair(int replicaPosition, int shownPosition) const;
    void replaceShown(Range range, const QString& display);
    void announceLines(std::u32string_view text);

    OpenDocument& m_open;
    QTextDocument& m_shown;
    const Clock& m_clock;
    std::vector<Insertion> m_insertions;
    std::optional<Repair> m_repair;
    QString m_refusal;
    bool m_writing = false;
};

} // namespace tandem
