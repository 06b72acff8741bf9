#include "export/rich_text.h"

#include "export/export_fonts.h"
#include "export/markdown_tree.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <QTextCursor>
#include <QTextDocument>
#include <QTextFrame>
#include <QTextList>
#include <QTextTable>

#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace tandem {

namespace {

constexpr qreal bodyPoints = 10.5;
constexpr qreal codePoints = 9;
constexpr std::array<qreal, 6> headingPoints{20, 15.5, 12.5, 11, 10.5, 10.5};
constexpr qreal lineHeight = 130; // per cent
constexpr qreal gap = 9;          // between paragraphs
constexpr qreal itemGap = 3;
constexpr qreal indentWidth = 24;
constexpr qreal codePadding = 8;
constexpr qreal codeGap = 2;
constexpr qreal codeLineHeight = 125;
constexpr qreal headingLineHeight = 115;
constexpr qreal cellPadding = 4;
constexpr qreal tableGap = 4;
constexpr int mostRows = 100;
// Of all tables; what is more stands in lines, since time grows with the square.
constexpr int mostRealRows = 5'000;
constexpr int deepestIndent = 8;
// A longer one takes more than its share of time to break into lines.
constexpr int longestBlock = 16 * 1'024;
constexpr int mostPieces = 300; // of text that look different
// Of boxes around code; what is more has none, since time grows with the square.
constexpr int mostFrames = 1'000;
constexpr int nodesBetweenQuestions = 256;

QColor ink() {
    return {0x1c, 0x20, 0x24};
}
QColor faint() {
    return {0x55, 0x5d, 0x66};
}
QColor shade() {
    return {0xf3, 0xf5, 0xf7};
}
QColor border() {
    return {0xc8, 0xcd, 0xd3};
}
QColor linkColor() {
    return {0x1a, 0x5f, 0xb4};
}

QString stringOf(const char* utf8) {
    QString text = QString::fromUtf8(utf8);
    text.replace(QChar::ObjectReplacementCharacter, QChar::ReplacementCharacter); // Qt's sign of an object
    text.replace(QChar::ParagraphSeparator, QChar::LineSeparator);
    return text;
}

class RichText {
public:
    explicit RichText(QTextDocument& document) : m_cursor(&document) {}

    bool write(cmark_node* root, const std::function<bool()>& shouldStop) {
        cmark_iter* walk = cmark_iter_new(root);
        bool isStopped = false;
        int nodes = 0;
        for (cmark_event_type event = cmark_iter_next(walk); event != CMARK_EVENT_DONE && !isStopped;
             event = cmark_iter_next(walk)) {
            cmark_node* node = cmark_iter_get_node(walk);
            if (event == CMARK_EVENT_ENTER)
                begin(node);
            else
                end(node);
            isStopped = ++nodes % nodesBetweenQuestions == 0 && shouldStop();
        }
        cmark_iter_free(walk);
        if (m_isFresh)
            makeFlat();
        return !isStopped;
    }

private:
    struct List {
        bool isOrdered = false;
        int number = 1;                 // of the next item, where Qt does not count
        bool isCountedByQt = true;      // it begins with 1 only
        QTextList* list = nullptr;      // none yet
        cmark_node* unmarked = nullptr; // the item whose first block is still to come
    };

    void begin(cmark_node* node);
    void end(cmark_node* node);
    void beginOfExtension(cmark_node* node);
    void endOfExtension(cmark_node* node);
    void beginHeading(int level);
    void beginTable(cmark_node* node);
    void beginRow();
    void beginCell(cmark_node* node);
    void codeBlock(const QString& literal);
    void startBlock(QTextBlockFormat format);
    void mark(List& list);
    void enterFrame(QTextFrame* frame);
    void leaveFrame(QTextFrame* frame);
    void makeFlat();
    void text(const QString& text) { write(text, textFormat()); }
    void write(const QString& text, const QTextCharFormat& format);
    void writeCode(const QString& code, QTextCharFormat format);
    QTextBlockFormat bodyFormat() const;
    QTextCharFormat textFormat() const;
    QTextCharFormat codeFormat() const;
    int indent() const { return std::min(static_cast<int>(m_lists.size()) + m_quotes, deepestIndent); }

    QTextCursor m_cursor;
    int m_pieces = 0; // of the block at the cursor
    int m_frames = 0;
    bool m_isFresh = true; // the block at the cursor stands there because one must; nothing is in it
    std::vector<List> m_lists;
    int m_quotes = 0;
    int m_headingLevel = 0;
    bool m_isHeaderCell = false;
    int m_emphasis = 0;
    int m_strong = 0;
    int m_struck = 0;
    QString m_address;
    QTextTable* m_table = nullptr;
    int m_rows = 0; // of all tables so far
    int m_rowsToCome = 0;
    int m_columns = 0;
    int m_row = 0;
    int m_column = 0;
};

QTextCharFormat RichText::textFormat() const {
    QTextCharFormat format;
    format.setForeground(!m_address.isEmpty() ? linkColor() : m_quotes > 0 ? faint() : ink());
    if (m_emphasis > 0)
        format.setFontItalic(true);
    if (m_struck > 0)
        format.setFontStrikeOut(true);
    if (m_headingLevel > 0)
        format.setFontPointSize(headingPoints.at(static_cast<std::size_t>(m_headingLevel - 1)));
    if (m_headingLevel > 0 || m_strong > 0 || m_isHeaderCell)
        format.setFontWeight(QFont::DemiBold);
    if (!m_address.isEmpty()) {
        format.setAnchor(true);
        format.setAnchorHref(m_address);
        format.setFontUnderline(true);
    }
    return format;
}

QTextCharFormat RichText::codeFormat() const {
    QTextCharFormat format = textFormat();
    format.setFontFamilies(codeFamilies());
    if (m_headingLevel == 0)
        format.setFontPointSize(codePoints);
    return format;
}

QTextBlockFormat RichText::bodyFormat() const {
    QTextBlockFormat format;
    format.setBottomMargin(m_lists.empty() ? gap : itemGap);
    format.setLineHeight(lineHeight, QTextBlockFormat::ProportionalHeight);
    format.setIndent(indent());
    return format;
}

void RichText::startBlock(QTextBlockFormat format) {
    const bool isFirstOfItem = !m_lists.empty() && m_lists.back().unmarked;
    if (isFirstOfItem && m_lists.back().isCountedByQt)
        format.setIndent(0); // the list has it
    if (m_isFresh) {
        m_cursor.setBlockFormat(format);
        m_cursor.setBlockCharFormat({});
    } else {
        m_cursor.insertBlock(format, {});
    }
    m_isFresh = false;
    if (isFirstOfItem)
        mark(m_lists.back());
}

void RichText::mark(List& list) {
    cmark_node* item = std::exchange(list.unmarked, nullptr);
    const bool isTask = extraOf(item) == MarkdownExtra::task;
    if (!list.isCountedByQt) {
        text(QString::number(list.number++) + QStringLiteral(". "));
    } else if (list.list) {
        list.list->add(m_cursor.block());
    } else {
        QTextListFormat format;
        format.setStyle(list.isOrdered        ? QTextListFormat::ListDecimal
                        : m_lists.size() == 1 ? QTextListFormat::ListDisc
                        : m_lists.size() == 2 ? QTextListFormat::ListCircle
                                              : QTextListFormat::ListSquare);
        format.setIndent(indent());
        list.list = m_cursor.createList(format);
    }
    if (!isTask)
        return;
    QTextBlockFormat box; // in place of the bullet
    box.setMarker(cmark_gfm_extensions_get_tasklist_item_checked(item)
                      ? QTextBlockFormat::MarkerType::Checked
                      : QTextBlockFormat::MarkerType::Unchecked);
    m_cursor.mergeBlockFormat(box);
}

void RichText::write(const QString& text, const QTextCharFormat& format) {
    for (qsizetype begin = 0; begin < text.size();) {
        const qsizetype room = longestBlock - m_cursor.positionInBlock();
        if (m_cursor.atBlockStart())
            m_pieces = 0;
        if (room <= 1 || ++m_pieces > mostPieces) {
            m_cursor.insertBlock();
            continue;
        }
        qsizetype length = std::min(room, text.size() - begin);
        if (begin + length < text.size() && text.at(begin + length).isLowSurrogate())
            --length;
        m_cursor.insertText(text.mid(begin, length), format);
        begin += length;
    }
}

// Runs of signs in turn by two formats that look alike: what differs is shaped apart, so there are no
// ligatures, and who copies code from a page gets its characters.
void RichText::writeCode(const QString& code, QTextCharFormat format) {
    const auto isSign = [&](qsizetype i) {
        return i < code.size() && code.at(i).unicode() < 0x80 && !code.at(i).isLetterOrNumber() &&
               code.at(i) != u' ';
    };
    qsizetype begin = 0;
    for (qsizetype i = 0; i < code.size(); ++i) {
        if (!isSign(i) || !isSign(i + 1))
            continue;
        write(code.mid(begin, i + 1 - begin), format);
        begin = i + 1;
        format.setProperty(QTextFormat::UserProperty, !format.boolProperty(QTextFormat::UserProperty));
    }
    write(code.mid(begin), format);
}

// What must stand between two frames, and takes no place.
void RichText::makeFlat() {
    QTextBlockFormat format;
    format.setLineHeight(1, QTextBlockFormat::FixedHeight);
    QTextCharFormat tiny;
    tiny.setFontPointSize(1);
    m_cursor.setBlockFormat(format);
    m_cursor.setBlockCharFormat(tiny);
}

void RichText::enterFrame(QTextFrame* frame) {
    m_cursor = frame->firstCursorPosition();
    m_isFresh = true;
}

void RichText::leaveFrame(QTextFrame* frame) {
    m_cursor.setPosition(frame->lastPosition() + 1);
    m_isFresh = true;
}

void RichText::codeBlock(const QString& literal) {
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

void RichText::beginHeading(int level) {
    m_headingLevel = level;
    QTextBlockFormat format = bodyFormat();
    format.setTopMargin(level <= 2 ? 2 * gap : gap);
    format.setBottomMargin(level <= 2 ? gap : gap / 2);
    format.setLineHeight(headingLineHeight, QTextBlockFormat::ProportionalHeight);
    format.setHeadingLevel(level);
    startBlock(format);
}

void RichText::beginTable(cmark_node* node) {
    m_rowsToCome = 0;
    for (cmark_node* row = cmark_node_first_child(node); row; row = cmark_node_next(row))
        ++m_rowsToCome;
    m_columns = std::max<int>(cmark_gfm_extensions_get_table_columns(node), 1);
    m_table = nullptr;
}

// Drawing a page looks at all rows of its tables: a very long one is several, below each other.
void RichText::beginRow() {
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

void RichText::beginCell(cmark_node* node) {
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

void RichText::beginOfExtension(cmark_node* node) {
    const MarkdownExtra extra = extraOf(node);
    if (extra == MarkdownExtra::struck) {
        ++m_struck;
    } else if (extra == MarkdownExtra::table) {
        beginTable(node);
    } else if (extra == MarkdownExtra::row || extra == MarkdownExtra::headerRow) {
        beginRow();
    } else if (extra == MarkdownExtra::cell) {
        beginCell(node);
    }
}

void RichText::endOfExtension(cmark_node* node) {
    const MarkdownExtra extra = extraOf(node);
    if (extra == MarkdownExtra::struck) {
        --m_struck;
    } else if (extra == MarkdownExtra::table) {
        if (m_table)
            leaveFrame(m_table);
        m_table = nullptr;
    } else if (extra == MarkdownExtra::cell) {
        m_isHeaderCell = false;
    }
}

void RichText::begin(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_BLOCK_QUOTE:
        ++m_quotes;
        break;
    case CMARK_NODE_LIST: {
        const bool isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
        const int start = isOrdered ? cmark_node_get_list_start(node) : 1;
        m_lists.push_back({isOrdered, start, start == 1, nullptr, nullptr});
        break;
    }
    case CMARK_NODE_ITEM:
        m_lists.back().unmarked = node;
        if (!cmark_node_first_child(node))
            startBlock(bodyFormat());
        break;
    case CMARK_NODE_CODE_BLOCK:
        codeBlock(stringOf(cmark_node_get_literal(node)));
        break;
    case CMARK_NODE_PARAGRAPH:
        startBlock(bodyFormat());
        break;
    case CMARK_NODE_HEADING:
        beginHeading(cmark_node_get_heading_level(node));
        break;
    case CMARK_NODE_THEMATIC_BREAK: {
        QTextBlockFormat format = bodyFormat();
        format.setTopMargin(gap);
        format.setProperty(QTextFormat::BlockTrailingHorizontalRulerWidth,
                           QTextLength(QTextLength::PercentageLength, 100));
        format.setBackground(border());
        if (m_isFresh && m_cursor.blockNumber() > 0) { // Qt gives it no height, lest it look like a gap
            makeFlat();
            m_isFresh = false;
        }
        startBlock(format);
        break;
    }
    case CMARK_NODE_TEXT:
        text(stringOf(cmark_node_get_literal(node)));
        break;
    case CMARK_NODE_SOFTBREAK:
        text(QStringLiteral(" "));
        break;
    case CMARK_NODE_LINEBREAK:
        text(QString(QChar::LineSeparator));
        break;
    case CMARK_NODE_CODE: {
        QTextCharFormat look = codeFormat();
        look.setBackground(shade());
        writeCode(stringOf(cmark_node_get_literal(node)), look);
        break;
    }
    case CMARK_NODE_EMPH:
        ++m_emphasis;
        break;
    case CMARK_NODE_STRONG:
        ++m_strong;
        break;
    case CMARK_NODE_LINK:
        m_address = stringOf(cmark_node_get_url(node));
        break;
    default:
        beginOfExtension(node);
    }
}

void RichText::end(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_BLOCK_QUOTE:
        --m_quotes;
        break;
    case CMARK_NODE_LIST:
        m_lists.pop_back();
        if (m_lists.empty() && !m_isFresh) {
            QTextBlockFormat last;
            last.setBottomMargin(gap);
            m_cursor.mergeBlockFormat(last);
        }
        break;
    case CMARK_NODE_HEADING:
        m_headingLevel = 0;
        break;
    case CMARK_NODE_EMPH:
        --m_emphasis;
        break;
    case CMARK_NODE_STRONG:
        --m_strong;
        break;
    case CMARK_NODE_LINK:
        m_address.clear();
        break;
    default:
        endOfExtension(node);
    }
}

} // namespace

std::unique_ptr<QTextDocument> richText(const MarkdownTree& content,
                                        const std::function<bool()>& shouldStop) {
    auto document = std::make_unique<QTextDocument>();
    document->setUndoRedoEnabled(false);
    QFont font;
    font.setFamilies(bodyFamilies());
    font.setPointSizeF(bodyPoints);
    document->setDefaultFont(font);
    document->setDocumentMargin(0);
    document->setIndentWidth(indentWidth);
    if (!RichText(*document).write(content.root(), shouldStop))
        return nullptr;
    return document;
}

} // namespace tandem
