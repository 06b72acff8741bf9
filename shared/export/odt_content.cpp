#include "export/odt_content.h"

#include "export/markdown_tree.h"
#include "export/printable_text.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <string_view>

namespace tandem {

namespace {

// Word processors know ten; what is deeper stands beside that.
constexpr std::size_t deepestList = 9;

std::string_view view(const char* text) {
    return text ? std::string_view(text) : std::string_view();
}

// One walk over the tree. Invariant: every element that was begun is ended by the same node's end.
class OdtWriter {
public:
    void write(cmark_node* root) {
        cmark_iter* walk = cmark_iter_new(root);
        for (cmark_event_type event = cmark_iter_next(walk); event != CMARK_EVENT_DONE;
             event = cmark_iter_next(walk)) {
            cmark_node* node = cmark_iter_get_node(walk);
            if (event == CMARK_EVENT_ENTER)
                begin(node);
            else
                end(node);
        }
        cmark_iter_free(walk);
    }
    std::string take() && { return std::move(m_out); }

private:
    void begin(cmark_node* node);
    void end(cmark_node* node);
    void beginOfExtension(cmark_node* node);
    void endOfExtension(cmark_node* node);
    void beginList(cmark_node* node);
    void beginItem(cmark_node* node);
    void beginTable(cmark_node* node);
    void beginCell(cmark_node* node);
    void paragraph(std::string_view style) {
        m_out += "<text:p text:style-name=\"";
        m_out += style;
        m_out += "\">";
    }
    void span(std::string_view style) {
        m_out += "<text:span text:style-name=\"";
        m_out += style;
        m_out += "\">";
    }
    void code(std::string_view literal);
    void text(std::string_view text);
    std::string_view bodyStyle() const {
        return m_quotes > 0 ? "Quotations" : m_lists > 0 ? "List_20_Contents" : "Text_20_body";
    }
    // A list holds no table: there its rows are paragraphs.
    bool hasRealTables() const { return m_lists == 0; }

    std::string m_out;
    std::size_t m_lists = 0;
    std::size_t m_quotes = 0;
    const std::uint8_t* m_alignments = nullptr;
    std::size_t m_columns = 0;
    std::size_t m_column = 0;
};

// White space is one space to a word processor, unless it is written as elements.
void OdtWriter::text(std::string_view text) {
    std::size_t spaces = 0;
    const auto flush = [&] {
        if (spaces > 0)
            m_out += "<text:s text:c=\"" + std::to_string(spaces) + "\"/>";
        spaces = 0;
    };
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find_first_of(" \t\n", begin), text.size());
        if (end > begin) {
            flush();
            m_out += escapedText(text.substr(begin, end - begin));
        }
        if (end == text.size())
            break;
        const bool isBetweenWords =
            text[end] == ' ' && spaces == 0 && end > begin && end + 1 < text.size() && text[end + 1] != ' ';
        if (isBetweenWords) {
            m_out += ' ';
        } else if (text[end] == ' ') {
            ++spaces;
        } else {
            flush();
            m_out += text[end] == '\t' ? "<text:tab/>" : "<text:line-break/>";
        }
        begin = end + 1;
    }
    flush();
}

void OdtWriter::code(std::string_view literal) {
    if (literal.ends_with('\n'))
        literal.remove_suffix(1);
    for (bool isMore = true; isMore;) {
        const std::size_t end = literal.find('\n');
        isMore = end != std::string_view::npos;
        paragraph("Preformatted_20_Text");
        text(literal.substr(0, end));
        m_out += "</text:p>";
        if (isMore)
            literal.remove_prefix(end + 1);
    }
    m_out += "<text:p text:style-name=\"Standard\"/>";
}

void OdtWriter::beginList(cmark_node* node) {
    if (++m_lists > deepestList)
        return;
    m_out += "<text:list text:style-name=\"";
    m_out += cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? "Numbers" : "Bullets";
    m_out += "\">";
}

void OdtWriter::beginItem(cmark_node* node) {
    if (m_lists <= deepestList) {
        m_out += "<text:list-item";
        cmark_node* list = cmark_node_parent(node);
        const int start = cmark_node_get_list_start(list);
        if (cmark_node_get_list_type(list) == CMARK_ORDERED_LIST && start != 1 && !cmark_node_previous(node))
            m_out += " text:start-value=\"" + std::to_string(start) + "\"";
        m_out += ">";
    }
    if (!cmark_node_first_child(node))
        m_out += "<text:p text:style-name=\"List_20_Contents\"/>";
}

void OdtWriter::beginTable(cmark_node* node) {
    m_columns = cmark_gfm_extensions_get_table_columns(node);
    m_alignments = cmark_gfm_extensions_get_table_alignments(node);
    if (hasRealTables())
        m_out +=
            "<table:table table:style-name=\"Table\"><table:table-column table:number-columns-repeated=\"" +
            std::to_string(m_columns) + "\"/>";
}

void OdtWriter::beginCell(cmark_node* node) {
    const bool isHeader = extraOf(cmark_node_parent(node)) == MarkdownExtra::headerRow;
    if (hasRealTables()) {
        m_out += isHeader ? "<table:table-cell table:style-name=\"HeaderCell\" office:value-type=\"string\">"
                          : "<table:table-cell table:style-name=\"Cell\" office:value-type=\"string\">";
        const std::uint8_t side = m_column < m_columns ? m_alignments[m_column] : 0;
        paragraph(side == 'c' ? "Table_20_Center" : side == 'r' ? "Table_20_End" : "Table_20_Contents");
    } else if (m_column > 0) {
        m_out += "<text:tab/>";
    }
    if (isHeader)
        span("Strong_20_Emphasis");
    ++m_column;
}

void OdtWriter::beginOfExtension(cmark_node* node) {
    const MarkdownExtra extra = extraOf(node);
    if (extra == MarkdownExtra::struck) {
        span("Struck");
    } else if (extra == MarkdownExtra::table) {
        beginTable(node);
    } else if (extra == MarkdownExtra::row || extra == MarkdownExtra::headerRow) {
        m_column = 0;
        if (!hasRealTables())
            paragraph(bodyStyle());
        else if (extra == MarkdownExtra::headerRow)
            m_out += "<table:table-header-rows><table:table-row>";
        else
            m_out += "<table:table-row>";
    } else if (extra == MarkdownExtra::cell) {
        beginCell(node);
    }
}

void OdtWriter::endOfExtension(cmark_node* node) {
    const MarkdownExtra extra = extraOf(node);
    const bool isRow = extra == MarkdownExtra::row || extra == MarkdownExtra::headerRow;
    if (extra == MarkdownExtra::struck) {
        m_out += "</text:span>";
    } else if (extra == MarkdownExtra::table && hasRealTables()) {
        m_out += "</table:table><text:p text:style-name=\"Standard\"/>";
    } else if (isRow && !hasRealTables()) {
        m_out += "</text:p>";
    } else if (isRow) {
        m_out += extra == MarkdownExtra::headerRow ? "</table:table-row></table:table-header-rows>"
                                                   : "</table:table-row>";
    } else if (extra == MarkdownExtra::cell) {
        if (extraOf(cmark_node_parent(node)) == MarkdownExtra::headerRow)
            m_out += "</text:span>";
        if (hasRealTables())
            m_out += "</text:p></table:table-cell>";
    }
}

void OdtWriter::begin(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_BLOCK_QUOTE:
        ++m_quotes;
        break;
    case CMARK_NODE_LIST:
        beginList(node);
        break;
    case CMARK_NODE_ITEM:
        beginItem(node);
        break;
    case CMARK_NODE_CODE_BLOCK:
        code(view(cmark_node_get_literal(node)));
        break;
    case CMARK_NODE_PARAGRAPH: {
        paragraph(bodyStyle());
        cmark_node* item = cmark_node_parent(node);
        if (extraOf(item) == MarkdownExtra::task && !cmark_node_previous(node))
            m_out += cmark_gfm_extensions_get_tasklist_item_checked(item) ? "☑ " : "☐ ";
        break;
    }
    case CMARK_NODE_HEADING: {
        const std::string level = std::to_string(cmark_node_get_heading_level(node));
        m_out += "<text:h text:style-name=\"Heading_20_" + level + "\" text:outline-level=\"" + level + "\">";
        break;
    }
    case CMARK_NODE_THEMATIC_BREAK:
        m_out += "<text:p text:style-name=\"Horizontal_20_Line\"/>";
        break;
    case CMARK_NODE_TEXT:
        text(view(cmark_node_get_literal(node)));
        break;
    case CMARK_NODE_SOFTBREAK:
        m_out += ' ';
        break;
    case CMARK_NODE_LINEBREAK:
        m_out += "<text:line-break/>";
        break;
    case CMARK_NODE_CODE:
        span("Source_20_Text");
        text(view(cmark_node_get_literal(node)));
        m_out += "</text:span>";
        break;
    case CMARK_NODE_EMPH:
        span("Emphasis");
        break;
    case CMARK_NODE_STRONG:
        span("Strong_20_Emphasis");
        break;
    case CMARK_NODE_LINK:
        m_out += "<text:a xlink:type=\"simple\" text:style-name=\"Internet_20_link\" xlink:href=\"" +
                 escapedText(view(cmark_node_get_url(node))) + "\">";
        break;
    default:
        beginOfExtension(node);
    }
}

void OdtWriter::end(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_BLOCK_QUOTE:
        --m_quotes;
        break;
    case CMARK_NODE_LIST:
        if (m_lists-- <= deepestList)
            m_out += "</text:list>";
        break;
    case CMARK_NODE_ITEM:
        if (m_lists <= deepestList)
            m_out += "</text:list-item>";
        break;
    case CMARK_NODE_PARAGRAPH:
        m_out += "</text:p>";
        break;
    case CMARK_NODE_HEADING:
        m_out += "</text:h>";
        break;
    case CMARK_NODE_EMPH:
    case CMARK_NODE_STRONG:
        m_out += "</text:span>";
        break;
    case CMARK_NODE_LINK:
        m_out += "</text:a>";
        break;
    default:
        endOfExtension(node);
    }
}

} // namespace

std::string odtContent(const MarkdownTree& content) {
    OdtWriter writer;
    writer.write(content.root());
    return std::move(writer).take();
}

} // namespace tandem
