#include "editor/typing/line_commands.h"

#include <QAction>
#include <QKeyEvent>
#include <QRegularExpression>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>
#include <limits>

namespace tandem {

namespace {
bool isBlank(QChar c) {
    return c == u' ' || c == u'\t';
}

int indentOf(QStringView line) {
    int width = 0;
    while (width < line.size() && isBlank(line[width]))
        ++width;
    return width;
}
} // namespace

LineCommands::LineCommands(EditorView& view) : m_view(view) {
    makeActions();
    setStyle({});
    setHabits({});
    view.installEventFilter(this);
}

void LineCommands::makeActions() {
    const auto add = [this](const QString& text, const QKeySequence& shortcut, void (LineCommands::*use)()) {
        auto* action = new QAction(text, this);
        action->setShortcut(shortcut);
        connect(action, &QAction::triggered, this, use);
        m_actions.append(action);
        return action;
    };
    add(tr("&Indent Lines"), Qt::CTRL | Qt::Key_BracketRight, &LineCommands::indent);
    add(tr("&Unindent Lines"), Qt::CTRL | Qt::Key_BracketLeft, &LineCommands::unindent);
    add(tr("&Duplicate Lines"), Qt::CTRL | Qt::SHIFT | Qt::Key_D, &LineCommands::duplicate);
    add(tr("Move Lines U&p"), Qt::ALT | Qt::Key_Up, &LineCommands::moveUp);
    add(tr("Move Lines Do&wn"), Qt::ALT | Qt::Key_Down, &LineCommands::moveDown);
    add(tr("&Join Lines"), Qt::CTRL | Qt::Key_J, &LineCommands::join);
    add(tr("D&elete Lines"), Qt::CTRL | Qt::SHIFT | Qt::Key_K, &LineCommands::remove);
    m_comment = add(tr("Toggle &Comment"), Qt::CTRL | Qt::Key_Slash, &LineCommands::toggleComment);
}

void LineCommands::setStyle(const TypingStyle& style) {
    m_style = style;
    m_view.setTabWidth(style.tabWidth);
}

void LineCommands::setHabits(const LineHabits& habits) {
    m_habits = habits;
    m_comment->setEnabled(!habits.lineComment.isEmpty() || !habits.commentOpen.isEmpty());
}

QString LineCommands::indentation() const {
    return m_style.tabsAreSpaces ? QString(m_style.tabWidth, u' ') : QStringLiteral("\t");
}

// A selection that ends at the start of a line does not touch it.
LineCommands::Lines LineCommands::selectedLines() const {
    const QTextCursor cursor = m_view.textCursor();
    const QTextDocument* document = m_view.document();
    Lines lines;
    lines.first = document->findBlock(cursor.selectionStart());
    lines.last = document->findBlock(cursor.selectionEnd());
    if (lines.last != lines.first && cursor.selectionEnd() == lines.last.position())
        lines.last = lines.last.previous();
    lines.start = lines.first.position();
    lines.end = lines.last.position() + lines.last.length() - 1;
    return lines;
}

// --- keys

bool LineCommands::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress && takeKey(*static_cast<QKeyEvent*>(event)))
        return true;
    return QObject::eventFilter(watched, event);
}

bool LineCommands::takeKey(const QKeyEvent& event) {
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const bool plain = modifiers == Qt::NoModifier;
    const bool shift = modifiers == Qt::ShiftModifier;
    if (event.key() == Qt::Key_Home && (plain || shift))
        return takeHome(shift);
    if (m_view.isReadOnly())
        return false;
    if ((event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) && plain)
        return takeEnter();
    if (event.key() == Qt::Key_Tab && plain) {
        takeTab();
        return true;
    }
    if (event.key() == Qt::Key_Backtab || (event.key() == Qt::Key_Tab && shift)) {
        unindent();
        return true;
    }
    return false;
}

std::optional<QString> LineCommands::listMark(const QString& line, bool* isEmpty) const {
    static const QRegularExpression mark(QStringLiteral(
        "^([ \\t]*)(?:([-*+])([ \\t]+)(\\[[ xX]\\][ \\t]+)?|(\\d{1,9})([.)])([ \\t]+)|(>[ \\t>]*))"));
    const QRegularExpressionMatch match = mark.match(line);
    if (!match.hasMatch())
        return std::nullopt;
    *isEmpty = match.capturedLength() == line.size();
    if (match.capturedLength(8) > 0)
        return match.captured(1) + match.captured(8);
    if (match.capturedLength(2) > 0)
        return match.captured(1) + match.captured(2) + match.captured(3) +
               (match.capturedLength(4) > 0 ? QStringLiteral("[ ] ") : QString());
    return match.captured(1) + QString::number(match.captured(5).toLongLong() + 1) + match.captured(6) +
           match.captured(7);
}

bool LineCommands::takeEnter() {
    if (!m_style.indentsNewLines)
        return false;
    QTextCursor cursor = m_view.textCursor();
    const QTextBlock block = m_view.document()->findBlock(cursor.selectionStart());
    const QString before = block.text().left(cursor.selectionStart() - block.position());
    QString indent = before.left(indentOf(before));
    if (m_habits.continuesLists && !cursor.hasSelection()) {
        bool isEmpty = false;
        if (const std::optional<QString> mark = listMark(before, &isEmpty)) {
            if (isEmpty && cursor.position() == block.position() + block.length() - 1) {
                replaceInLines({{block.position(), cursor.position(), QString()}});
                return true;
            }
            indent = *mark;
        }
    }
    const QString ended = before.trimmed();
    if (!ended.isEmpty() && !m_habits.continuesLists &&
        (QStringLiteral("{[(").contains(ended.back()) || (m_habits.colonIndents && ended.endsWith(u':'))))
        indent += indentation();
    if (indent.isEmpty())
        return false;
    m_view.binding().insertText(cursor, u'\n' + indent);
    m_view.ensureCursorVisible();
    return true;
}

void LineCommands::takeTab() {
    const QTextCursor cursor = m_view.textCursor();
    const Lines lines = selectedLines();
    if (lines.first != lines.last) {
        indent();
        return;
    }
    QString typed = QStringLiteral("\t");
    if (m_style.tabsAreSpaces) {
        int column = 0;
        const QString before = lines.first.text().left(cursor.selectionStart() - lines.start);
        for (const QChar c : before)
            column += c == u'\t' ? m_style.tabWidth - column % m_style.tabWidth : 1;
        typed = QString(m_style.tabWidth - column % m_style.tabWidth, u' ');
    }
    m_view.binding().insertText(cursor, typed);
    m_view.ensureCursorVisible();
}

// To where the line's text begins, and from there to where the line begins.
bool LineCommands::takeHome(bool selects) {
    QTextCursor cursor = m_view.textCursor();
    const QTextBlock block = cursor.block();
    const QTextLine row = block.layout()->lineForTextPosition(cursor.positionInBlock());
    const int indent = indentOf(block.text());
    // In a later row of a wrapped line, Home goes to the start of the row.
    if (!row.isValid() || row.lineNumber() > 0 || indent > row.textStart() + row.textLength())
        return false;
    const int target = cursor.positionInBlock() == indent ? 0 : indent;
    cursor.setPosition(block.position() + target,
                       selects ? QTextCursor::KeepAnchor : QTextCursor::MoveAnchor);
    m_view.setTextCursor(cursor);
    return true;
}

// --- commands

void LineCommands::replaceInLines(const std::vector<TextReplacement>& replacements) {
    if (m_view.isReadOnly() || replacements.empty())
        return;
    m_view.binding().replace(replacements);
    m_view.ensureCursorVisible();
}

void LineCommands::indent() {
    const Lines lines = selectedLines();
    const QTextCursor before = m_view.textCursor();
    const bool wasSelected = before.hasSelection();
    std::vector<TextReplacement> replacements;
    int added = 0;
    for (QTextBlock block = lines.first;; block = block.next()) {
        if (block.length() > 1 || lines.first == lines.last) {
            replacements.push_back({block.position(), block.position(), indentation()});
            added += static_cast<int>(indentation().size());
        }
        if (block == lines.last)
            break;
    }
    if (m_view.isReadOnly())
        return;
    replaceInLines(replacements);
    if (wasSelected)
        m_view.setSelection(lines.start, lines.end + added, EditorView::Show::no);
    else
        m_view.setSelection(before.position() + added, before.position() + added);
}

void LineCommands::unindent() {
    const Lines lines = selectedLines();
    std::vector<TextReplacement> replacements;
    for (QTextBlock block = lines.first;; block = block.next()) {
        const QString line = block.text();
        int width = line.startsWith(u'\t') ? 1 : 0;
        while (width < m_style.tabWidth && width < line.size() && line[width] == u' ' && line[0] == u' ')
            ++width;
        if (width > 0)
            replacements.push_back({block.position(), block.position() + width, QString()});
        if (block == lines.last)
            break;
    }
    replaceInLines(replacements);
}

void LineCommands::duplicate() {
    if (m_view.isReadOnly())
        return;
    const Lines lines = selectedLines();
    const QTextCursor cursor = m_view.textCursor();
    const QString copy = u'\n' + m_view.binding().text(lines.start, lines.end);
    const auto size = static_cast<int>(copy.size());
    const int tail = cursor.anchor() + size;
    const int head = cursor.position() + size;
    replaceInLines({{lines.end, lines.end, copy}});
    m_view.setSelection(tail, head);
}

// The line beside goes to the other side, so that what is moved stays what it was, with all carets in it.
void LineCommands::moveUp() {
    const Lines lines = selectedLines();
    const QTextBlock above = lines.first.previous();
    if (!above.isValid() || m_view.isReadOnly())
        return;
    const QTextCursor cursor = m_view.textCursor();
    const int by = above.length();
    const int tail = cursor.anchor() - by;
    const int head = cursor.position() - by;
    const QString text = m_view.binding().text(above.position(), lines.start - 1);
    replaceInLines({{above.position(), lines.start, QString()}, {lines.end, lines.end, u'\n' + text}});
    m_view.setSelection(tail, head);
}

void LineCommands::moveDown() {
    const Lines lines = selectedLines();
    const QTextBlock below = lines.last.next();
    if (!below.isValid() || m_view.isReadOnly())
        return;
    const QTextCursor cursor = m_view.textCursor();
    const int belowEnd = below.position() + below.length() - 1;
    const int tail = cursor.anchor() + below.length();
    const int head = cursor.position() + below.length();
    const QString text = m_view.binding().text(below.position(), belowEnd);
    replaceInLines({{lines.start, lines.start, text + u'\n'}, {lines.end, belowEnd, QString()}});
    m_view.setSelection(tail, head);
}

// One space in place of each line feed and the blanks around it.
void LineCommands::join() {
    Lines lines = selectedLines();
    if (lines.first == lines.last)
        lines.last = lines.last.next();
    std::vector<TextReplacement> replacements;
    for (QTextBlock block = lines.first; block.isValid() && block != lines.last; block = block.next()) {
        const QString line = block.text();
        const QString next = block.next().text();
        qsizetype kept = line.size();
        while (kept > 0 && isBlank(line[kept - 1]))
            --kept;
        const int start = block.position() + static_cast<int>(kept);
        const int end = block.next().position() + indentOf(next);
        // A line of blanks joins those before and after it.
        const bool goesOn = !replacements.empty() && start <= replacements.back().end;
        const int from = goesOn ? replacements.back().start : start;
        const bool spaced = from > lines.start && indentOf(next) < next.size();
        if (goesOn)
            replacements.pop_back();
        replacements.push_back({from, end, spaced ? QStringLiteral(" ") : QString()});
    }
    replaceInLines(replacements);
}

void LineCommands::remove() {
    const Lines lines = selectedLines();
    const bool hasNext = lines.last.next().isValid();
    replaceInLines(
        {{lines.start - (!hasNext && lines.start > 0 ? 1 : 0), lines.end + (hasNext ? 1 : 0), QString()}});
}

// --- comments

void LineCommands::toggleComment() {
    if (!m_comment->isEnabled())
        return;
    const Lines lines = selectedLines();
    const std::vector<TextReplacement> undone = uncommented(lines);
    replaceInLines(undone.empty() ? commented(lines) : undone);
}

std::vector<TextReplacement> LineCommands::commented(const Lines& lines) const {
    int column = std::numeric_limits<int>::max();
    for (QTextBlock block = lines.first; block.isValid() && block.position() <= lines.end;
         block = block.next()) {
        if (!block.text().trimmed().isEmpty())
            column = std::min(column, indentOf(block.text()));
    }
    std::vector<TextReplacement> replacements;
    for (QTextBlock block = lines.first; block.isValid() && block.position() <= lines.end;
         block = block.next()) {
        if (block.text().trimmed().isEmpty())
            continue;
        const int start = block.position() + column;
        const int end = block.position() + block.length() - 1;
        if (!m_habits.lineComment.isEmpty()) {
            replacements.push_back({start, start, m_habits.lineComment + u' '});
            continue;
        }
        replacements.push_back({start, start, m_habits.commentOpen + u' '});
        replacements.push_back({end, end, u' ' + m_habits.commentClose});
    }
    return replacements;
}

// Empty unless each line that says something is a comment.
std::vector<TextReplacement> LineCommands::uncommented(const Lines& lines) const {
    const bool byLine = !m_habits.lineComment.isEmpty();
    const QString& open = byLine ? m_habits.lineComment : m_habits.commentOpen;
    std::vector<TextReplacement> replacements;
    for (QTextBlock block = lines.first; block.isValid() && block.position() <= lines.end;
         block = block.next()) {
        const QString line = block.text();
        const QString said = line.trimmed();
        if (said.isEmpty())
            continue;
        if (!said.startsWith(open) || (!byLine && !said.endsWith(m_habits.commentClose)))
            return {};
        const int start = block.position() + indentOf(line);
        const int past = indentOf(line) + static_cast<int>(open.size());
        replacements.push_back(
            {start, block.position() + past + (past < line.size() && line[past] == u' ' ? 1 : 0), QString()});
        if (byLine)
            continue;
        const auto close = static_cast<int>(line.lastIndexOf(m_habits.commentClose));
        const int spaced = close > past + 1 && line[close - 1] == u' ' ? 1 : 0;
        replacements.push_back({block.position() + close - spaced,
                                block.position() + close + static_cast<int>(m_habits.commentClose.size()),
                                QString()});
    }
    return replacements;
}

} // namespace tandem
