#include "export/rich_text_writer.h"

#include "export/export_fonts.h"
#include "export/markdown_tree.h"
#include "export/page_style.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <QTextDocument>
#include <QTextList>
#include <QTextTable>

#include <algorithm>
#include <utility>

namespace tandem {

using namespace page_style;

namespace {

// A longer one takes more than its share of time to break into lines.
constexpr int longestBlock = 16 * 1'024;
constexpr int mostPieces = 300; // of text that look different
constexpr int deepestIndent = 8;
constexpr int nodesBetweenQuestions = 256;

QString stringOf(const char* utf8) {
    QString text = QString::fromUtf8(utf8);
    text.replace(QChar::ObjectReplacementCharacter, QChar::ReplacementCharacter); // Qt's sign of an object
    text.replace(QChar::ParagraphSeparator, QChar::LineSeparator);
    return text;
}

} // namespace

bool RichTextWriter::write(cmark_node* root, const std::function<bool()>& shouldStop) {
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

int RichTextWriter::indent() const {
    return std::min(static_cast<int>(m_lists.size()) + m_quotes, deepestIndent);
}

QTextCharFormat RichTextWriter::textFormat() const {
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

QTextCharFormat RichTextWriter::codeFormat() const {
    QTextCharFormat format = textFormat();
    format.setFontFamilies(codeFamilies());
    if (m_headingLevel == 0)
        format.setFontPointSize(codePoints);
    return format;
}

QTextBlockFormat RichTextWriter::bodyFormat() const {
    QTextBlockFormat format;
    format.setBottomMargin(m_lists.empty() ? gap : itemGap);
    format.setLineHeight(lineHeight, QTextBlockFormat::ProportionalHeight);
    format.setIndent(indent());
    return format;
}

void RichTextWriter::startBlock(QTextBlockFormat format) {
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

void RichTextWriter::mark(List& list) {
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

void RichTextWriter::write(const QString& text, const QTextCharFormat& format) {
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
void RichTextWriter::writeCode(const QString& code, QTextCharFormat format) {
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

void RichTextWriter::beginHeading(int level) {
    m_headingLevel = level;
    QTextBlockFormat format = bodyFormat();
    format.setTopMargin(level <= 2 ? 2 * gap : gap);
    format.setBottomMargin(level <= 2 ? gap : gap / 2);
    format.setLineHeight(headingLineHeight, QTextBlockFormat::ProportionalHeight);
    format.setHeadingLevel(level);
    startBlock(format);
}

void RichTextWriter::beginOfExtension(cmark_node* node) {
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

void RichTextWriter::endOfExtension(cmark_node* node) {
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

void RichTextWriter::begin(cmark_node* node) {
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

void RichTextWriter::end(cmark_node* node) {
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

} // namespace tandem
