#include "editor/document_binding.h"

#include "base/utf8.h"
#include "crdt/text_diff.h"
#include "editor/display_form.h"

#include <QAbstractTextDocumentLayout>
#include <QScopedValueRollback>

#include <algorithm>

namespace tandem {

namespace {

bool isPair(QChar first, QChar second) {
    return first.isHighSurrogate() && second.isLowSurrogate();
}

bool isPairAt(const QString& text, qsizetype at) {
    return at > 0 && at < text.size() && isPair(text[at - 1], text[at]);
}

// How many units two texts have in common at their starts, and then at their ends, without cutting a
// surrogate pair of either.
struct Common {
    qsizetype start = 0;
    qsizetype end = 0;
};

Common commonEnds(const QString& a, const QString& b) {
    Common common;
    const qsizetype shorter = std::min(a.size(), b.size());
    while (common.start < shorter && a[common.start] == b[common.start])
        ++common.start;
    if (isPairAt(a, common.start) || isPairAt(b, common.start))
        --common.start;
    while (common.end < shorter - common.start &&
           a[a.size() - 1 - common.end] == b[b.size() - 1 - common.end])
        ++common.end;
    if (isPairAt(a, a.size() - common.end) || isPairAt(b, b.size() - common.end))
        --common.end;
    return common;
}

std::u32string codePoints(QStringView text) {
    return fromUtf16(std::u16string_view(text.utf16(), static_cast<std::size_t>(text.size())));
}

} // namespace

DocumentBinding::DocumentBinding(OpenDocument& open, QTextDocument& shown, const Clock& clock,
                                 QObject* parent)
    : QObject(parent), m_open(open), m_shown(shown), m_clock(clock) {
    m_shown.setUndoRedoEnabled(false);
    m_shown.documentLayout(); // without a layout a QTextDocument does not tell what changed
    replaceShown({0, shownLength()}, displayForm(m_open.replica().codePoints()));

    connect(&m_shown, &QTextDocument::contentsChange, this, &DocumentBinding::takeLocalChange);
    connect(&m_shown, &QTextDocument::contentsChanged, this, &DocumentBinding::repairShownText);
    m_open.onRemoteEdits = [this](const TextEdits& edits) { showRemoteEdits(edits); };
}

DocumentBinding::~DocumentBinding() {
    m_open.onRemoteEdits = nullptr;
}

void DocumentBinding::insertText(QTextCursor cursor, const QString& text) {
    QTextCursor start(&m_shown);
    start.setPosition(cursor.selectionStart());
    start.setKeepPositionOnInsert(true);
    m_insertions.push_back({start, text});
    announceLines(codePoints(text));
    cursor.insertText(displayForm(text));
}

bool DocumentBinding::replaceText(const QString& text) {
    const Replica& replica = m_open.replica();
    std::vector<TextReplacement> replacements;
    for (const Splice& splice : splicesBetween(replica.codePoints(), codePoints(text)))
        replacements.push_back({static_cast<int>(replica.utf16OfIndex(splice.index)),
                                static_cast<int>(replica.utf16OfIndex(splice.index + splice.deleted)),
                                QString::fromStdU32String(splice.inserted)});
    return replacements.empty() || replace(replacements);
}

bool DocumentBinding::replace(const std::vector<TextReplacement>& replacements) {
    emit editsComing();
    TextEdits edits;
    QString refusal;
    m_open.beginUndoGroup();
    // From the end, so that the positions of those before stay.
    for (auto place = replacements.rbegin(); place != replacements.rend(); ++place) {
        const Replica& replica = m_open.replica();
        TextEdit edit;
        edit.utf16Index = static_cast<std::size_t>(elementStart(place->start));
        edit.index = replica.indexOfUtf16(edit.utf16Index);
        edit.utf16Deleted = static_cast<std::size_t>(elementStart(place->end)) - edit.utf16Index;
        edit.deleted = replica.indexOfUtf16(edit.utf16Index + edit.utf16Deleted) - edit.index;
        edit.inserted = codePoints(place->text);
        const Result<void> made = m_open.edit(edit.index, edit.deleted, edit.inserted,
                                              {m_clock.monotonicMs(), UndoHistory::Kind::whole});
        if (!made) {
            refusal = QString::fromStdString(made.error().detail);
            break;
        }
        edits.push_back(std::move(edit));
    }
    m_open.endUndoGroup();
    showEdits(edits, false);
    emit editsShown();
    if (!refusal.isEmpty())
        emit editRefused(refusal);
    return refusal.isEmpty();
}

QString DocumentBinding::text(int start, int end) const {
    const Replica& replica = m_open.replica();
    const std::size_t first =
        replica.indexOfUtf16(static_cast<std::size_t>(std::clamp(start, 0, replicaLength())));
    const std::size_t last =
        replica.indexOfUtf16(static_cast<std::size_t>(std::clamp(end, start, replicaLength())));
    const std::u32string slice = replica.slice(first, last - first);
    return QString::fromUcs4(slice.data(), static_cast<qsizetype>(slice.size()));
}

int DocumentBinding::elementStart(int position) const {
    const Replica& replica = m_open.replica();
    const int within = std::clamp(position, 0, replicaLength());
    return static_cast<int>(replica.utf16OfIndex(replica.indexOfUtf16(static_cast<std::size_t>(within))));
}

Anchor DocumentBinding::anchorAt(int position, Side side) const {
    const Replica& replica = m_open.replica();
    const int within = std::clamp(position, 0, replicaLength());
    return replica.anchorAt(replica.indexOfUtf16(static_cast<std::size_t>(within)), side);
}

std::optional<int> DocumentBinding::positionOf(const Anchor& anchor) const {
    const Replica& replica = m_open.replica();
    const Result<std::size_t> index = replica.indexOf(anchor);
    if (!index)
        return std::nullopt;
    return static_cast<int>(replica.utf16OfIndex(*index));
}

bool DocumentBinding::agrees() const {
    return shownText({0, shownLength()}) == displayForm(m_open.replica().codePoints());
}

int DocumentBinding::shownLength() const {
    return m_shown.characterCount() - 1; // without the separator that ends the last block
}

int DocumentBinding::replicaLength() const {
    return static_cast<int>(m_open.replica().utf16Length());
}

QString DocumentBinding::shownText(Range range) const {
    QTextCursor cursor(&m_shown);
    cursor.setPosition(range.start);
    cursor.setPosition(range.end, QTextCursor::KeepAnchor);
    return cursor.selectedText().replace(QChar::ParagraphSeparator, u'\n');
}

// What was typed or pasted there: the shown text, with the characters themselves where insertText knows them.
QString DocumentBinding::typedText(Range range) const {
    QString text = shownText(range);
    for (const Insertion& insertion : m_insertions) {
        const qsizetype at = insertion.start.position() - range.start;
        const qsizetype size = insertion.text.size();
        if (at >= 0 && at + size <= text.size() &&
            QStringView(text).mid(at, size) == displayForm(insertion.text))
            text.replace(at, size, insertion.text);
    }
    return text;
}

bool DocumentBinding::splitsPair(int replicaPosition, int shownPosition) const {
    const Replica& replica = m_open.replica();
    const auto position = static_cast<std::size_t>(replicaPosition);
    return replica.utf16OfIndex(replica.indexOfUtf16(position)) != position ||
           (shownPosition > 0 &&
            isPair(m_shown.characterAt(shownPosition - 1), m_shown.characterAt(shownPosition)));
}

// The reported range may be wider than what changed, and may count the separator after the text.
void DocumentBinding::takeLocalChange(int position, int removed, int added) {
    if (m_writing)
        return;
    Range before{position, std::min(position + removed, replicaLength())};
    Range after{position, std::min(position + added, shownLength())};
    if (before.end < position || after.end < position ||
        replicaLength() - before.end != shownLength() - after.end) {
        before = {0, replicaLength()};
        after = {0, shownLength()};
    }
    if (splitsPair(before.start, after.start)) {
        --before.start;
        --after.start;
    }
    if (splitsPair(before.end, after.end)) {
        ++before.end;
        ++after.end;
    }

    const QString typed = typedText(after);
    const QString shown = shownText(after);
    const auto kind = m_insertions.empty() ? UndoHistory::Kind::typing : UndoHistory::Kind::whole;
    m_insertions.clear();
    const Common common = commonEnds(displayForm(text(before.start, before.end)), displayForm(shown));
    const int start = before.start + static_cast<int>(common.start);
    const int beforeEnd = before.end - static_cast<int>(common.end);
    const int afterEnd = after.end - static_cast<int>(common.end);
    // What QTextDocument would not keep as it is, or half a pair, wherever it stands in the range.
    if (shown != displayForm(shown))
        m_repair = Repair{after.start, after.end, after.end};
    if (start == beforeEnd && start == afterEnd)
        return;

    const QStringView inserted = QStringView(typed).mid(common.start, afterEnd - start);
    const Replica& replica = m_open.replica();
    const std::size_t index = replica.indexOfUtf16(static_cast<std::size_t>(start));
    const std::size_t end = replica.indexOfUtf16(static_cast<std::size_t>(beforeEnd));
    const Result<void> made =
        m_open.edit(index, end - index, codePoints(inserted), {m_clock.monotonicMs(), kind});
    if (!made) {
        m_refusal = QString::fromStdString(made.error().detail);
        m_repair = Repair{before.start, after.end, before.end};
    }
    emit edited({{start, beforeEnd - start, afterEnd - start}}, false);
}

// Comes after contentsChange, when the QTextDocument may be changed again.
void DocumentBinding::repairShownText() {
    if (m_writing || !m_repair)
        return;
    const Repair repair = *m_repair;
    m_repair.reset();
    replaceShown({repair.start, repair.shownEnd}, displayForm(text(repair.start, repair.replicaEnd)));
    emit edited({{repair.start, repair.shownEnd - repair.start, repair.replicaEnd - repair.start}}, false);
    if (!m_refusal.isEmpty())
        emit editRefused(std::exchange(m_refusal, QString()));
}

void DocumentBinding::showRemoteEdits(const TextEdits& edits) {
    emit editsComing();
    showEdits(edits, true);
    emit editsShown();
}

std::optional<Selection> DocumentBinding::show(const OpenDocument::Undone& undone) {
    showEdits(undone.edits, false);
    return undone.selection;
}

void DocumentBinding::showEdits(const TextEdits& edits, bool remote) {
    if (edits.empty())
        return;
    TextChanges changes;
    for (const TextEdit& edit : edits) {
        if (edit.inserted.size() > 1)
            announceLines(edit.inserted);
    }
    {
        const QScopedValueRollback<bool> writing(m_writing, true);
        QTextCursor cursor(&m_shown);
        cursor.beginEditBlock();
        for (const TextEdit& edit : edits) {
            const QString inserted = displayForm(edit.inserted);
            const auto start = static_cast<int>(edit.utf16Index);
            const auto removed = static_cast<int>(edit.utf16Deleted);
            cursor.setPosition(start);
            cursor.setPosition(start + removed, QTextCursor::KeepAnchor);
            cursor.removeSelectedText();
            cursor.insertText(inserted);
            changes.push_back({start, removed, static_cast<int>(inserted.size())});
        }
        cursor.endEditBlock();
    }
    emit edited(changes, remote);
}

int DocumentBinding::longestLine(std::u32string_view text) {
    std::size_t longest = 0;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(U'\n', start), text.size());
        longest = std::max(longest, end - start);
        start = end + 1;
    }
    return static_cast<int>(longest);
}

void DocumentBinding::announceLines(std::u32string_view text) {
    emit lineComing(longestLine(text));
}

void DocumentBinding::replaceShown(Range range, const QString& display) {
    const QScopedValueRollback<bool> writing(m_writing, true);
    QTextCursor cursor(&m_shown);
    cursor.setPosition(range.start);
    cursor.setPosition(range.end, QTextCursor::KeepAnchor);
    cursor.insertText(display);
}

} // namespace tandem
