// Boxes around code, and tables.
#include "export/rich_text_writer.h"

#include "export/markdown_tree.h"
#include "export/page_style.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <QTextDocument>
#include <QTextFrame>
#include <QTextTable>

#include <algorithm>

namespace tandem {

using namespace page_style;

namespace {

constexpr int mostRows = 100;
// Of all tables; what is more stands in lines, since time grows with the square.
constexpr int mostRealRows = 5'000;
// Of boxes around code; what is more has none, since time grows with the square.
constexpr int mostFrames = 1'000;

} // namespace

// What must stand between two frames, and takes no place.
void RichTextWriter::makeFlat() {
    QTextBlockFormat format;
    format.setLineHeight(1, QTextBlockFormat::FixedHeight);
    QTextCharFormat tiny;
    tiny.setFontPointSize(1);
    m_cursor.setBlockFormat(format);
    m_cursor.setBlockCharFormat(tiny);
}

void RichTextWriter::enterFrame(QTextFrame* frame) {
    m_cursor = frame->firstCursorPosition();
    m_isFresh = true;
}

void RichTextWriter::leaveFrame(QTextFrame* frame) {
    m_cursor.setPosition(frame->lastPosition() + 1);
    m_isFresh = true;
}

void RichTextWriter::codeBlock(const QString& literal) {
    if (!m_lists.empty() && m_lists.back().unmarked)
        startBlock(bodyFormat());
    QTextFrame* frame = nullptr;
    if (++m_frames <= mostFrames) {
        if (m_isFresh)
            makeFlat();
        QTextFrameFormat box;
        box.setBackground(shade());
        box.setPadding(codePadding);
        box.setTopMargin(codeGap);
        box.setBottomMargin(gap);
        box.setLeftMargin(indent() * m_cursor.document()->indentWidth());
        frame = m_cursor.insertFrame(box);
        enterFrame(frame);
    }
    const QTextCharFormat look = codeFormat();
    QTextBlockFormat line;
    line.setLineHeight(codeLineHeight, QTextBlockFormat::ProportionalHeight);
    QStringView rest(literal);
    if (rest.endsWith(u'\n'))
        rest.chop(1);
    for (bool isMore = true; isMore;) {
        const qsizetype end = rest.indexOf(u'\n');
        isMore = end >= 0;
        if (m_isFresh)
            m_cursor.setBlockFormat(line);
        else
            m_cursor.insertBlock(line, look);
        m_isFresh = false;
        m_cursor.setBlockCharFormat(look);
        writeCode(rest.left(isMore ? end : rest.size()).toString(), look);
        if (isMore)
            rest = rest.mid(end + 1);
    }
    if (frame)
        leaveFrame(frame);
}

void RichTextWriter::beginTable(cmark_node* node) {
    m_rowsToCome = 0;
    for (cmark_node* row = cmark_node_first_child(node); row; row = cmark_node_next(row))
        ++m_rowsToCome;
    m_columns = std::max<int>(cmark_gfm_extensions_get_table_columns(node), 1);
    m_table = nullptr;
}

// Drawing a page looks at all rows of its tables: a very long one is several, below each other.
void RichTextWriter::beginRow() {
    m_column = 0;
    ++m_row;
    if (m_table && m_row < m_table->rows())
        return;
    if (m_table)
        leaveFrame(m_table);
    if (m_rows > mostRealRows) {
        m_table = nullptr;
        return startBlock(bodyFormat());
    }
    const bool isFirst = m_table == nullptr;
    if (m_isFresh)
        makeFlat();
    QTextTableFormat format;
    format.setBorder(1);
    format.setBorderBrush(border());
    format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
    format.setBorderCollapse(true);
    format.setCellPadding(cellPadding);
    format.setHeaderRowCount(isFirst ? 1 : 0);
    format.setTopMargin(isFirst ? tableGap : 0);
    format.setBottomMargin(m_rowsToCome <= mostRows ? gap : 0);
    format.setLeftMargin(indent() * m_cursor.document()->indentWidth());
    if (!isFirst || m_rowsToCome > mostRows) // else they would not stand below each other
        format.setColumnWidthConstraints(
            QList<QTextLength>(m_columns, QTextLength(QTextLength::PercentageLength, 100.0 / m_columns)));
    const int rows = std::min(m_rowsToCome, mostRows);
    m_rowsToCome -= rows;
    m_rows += rows;
    m_table = m_cursor.insertTable(rows, m_columns, format);
    m_row = 0;
}

void RichTextWriter::beginCell(cmark_node* node) {
    if (!m_table) {
        text(m_column++ > 0 ? QStringLiteral("\t") : QString());
        return;
    }
    if (m_column >= m_table->columns())
        return;
    QTextTableCell cell = m_table->cellAt(m_row, m_column);
    m_isHeaderCell = extraOf(cmark_node_parent(node)) == MarkdownExtra::headerRow;
    if (m_isHeaderCell) {
        QTextTableCellFormat look = cell.format().toTableCellFormat();
        look.setBackground(shade());
        cell.setFormat(look);
    }
    m_cursor = cell.firstCursorPosition();
    QTextBlockFormat format;
    const std::uint8_t side =
        cmark_gfm_extensions_get_table_alignments(cmark_node_parent(cmark_node_parent(node)))[m_column];
    if (side == 'c')
        format.setAlignment(Qt::AlignHCenter);
    else if (side == 'r')
        format.setAlignment(Qt::AlignRight | Qt::AlignAbsolute);
    m_cursor.setBlockFormat(format);
    ++m_column;
}

} // namespace tandem
