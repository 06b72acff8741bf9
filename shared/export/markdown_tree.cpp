#include "export/markdown_tree.h"

#include "export/markdown_shape.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <cassert>
#include <mutex>

namespace tandem {

namespace {

// The library keeps the special characters of its extensions in one table for all.
std::mutex readingOne;

constexpr std::size_t shownAddress = 200; // bytes

cmark_node* newNode(cmark_node_type type, std::string_view literal) {
    cmark_node* node = cmark_node_new(type);
    cmark_node_set_literal(node, std::string(literal).c_str());
    return node;
}

cmark_node* parsed(std::string_view text) {
    const MarkdownShape shape = markdownShapeOf(text);
    if (!shape.isReadable) {
        cmark_node* root = cmark_node_new(CMARK_NODE_DOCUMENT);
        cmark_node_append_child(root, newNode(CMARK_NODE_CODE_BLOCK, text));
        return root;
    }
    const std::lock_guard lock(readingOne);
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser* parser = cmark_parser_new(CMARK_OPT_DEFAULT);
    const auto attach = [&](const char* name) {
        cmark_syntax_extension* extension = cmark_find_syntax_extension(name);
        assert(extension);
        cmark_parser_attach_syntax_extension(parser, extension);
    };
    attach("strikethrough");
    attach("tasklist");
    if (shape.hasTables)
        attach("table");
    if (shape.hasAddresses)
        attach("autolink");
    cmark_parser_feed(parser, text.data(), text.size());
    cmark_node* root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return root;
}

std::string_view view(const char* text) {
    return text ? std::string_view(text) : std::string_view();
}

bool leadsSomewhereHarmless(std::string_view address) {
    for (const std::string_view scheme : {"https://", "http://", "mailto:"}) {
        const bool has = address.size() > scheme.size() &&
                         std::equal(scheme.begin(), scheme.end(), address.begin(), [](char wanted, char c) {
                             return wanted == (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
                         });
        if (has)
            return true;
    }
    return false;
}

void moveChildren(cmark_node* from, cmark_node* before) {
    while (cmark_node* child = cmark_node_first_child(from))
        cmark_node_insert_before(before, child);
}

// What stands in a link or picture that leads nowhere, and its address in words, if it is none that is read
// by machines only.
void becomeText(cmark_node* node) {
    const std::string_view address = view(cmark_node_get_url(node));
    cmark_node* within = cmark_node_first_child(node);
    const bool isEmpty = within == nullptr;
    const bool isSaid = !isEmpty && cmark_node_get_type(within) == CMARK_NODE_TEXT &&
                        view(cmark_node_get_literal(within)) == address;
    const bool isShown =
        !address.empty() && address.size() <= shownAddress && !address.starts_with("data:") && !isSaid;
    moveChildren(node, node);
    if (isShown) {
        const std::string words = isEmpty ? std::string(address) : " (" + std::string(address) + ")";
        cmark_node_insert_before(node, newNode(CMARK_NODE_TEXT, words));
    }
}

// Precondition: its address leads somewhere harmless, and no link is around it.
void becomeLink(cmark_node* picture) {
    const std::string_view address = view(cmark_node_get_url(picture));
    cmark_node* link = cmark_node_new(CMARK_NODE_LINK);
    cmark_node_set_url(link, cmark_node_get_url(picture));
    cmark_node_set_title(link, cmark_node_get_title(picture));
    cmark_node_insert_before(picture, link);
    while (cmark_node* child = cmark_node_first_child(picture))
        cmark_node_append_child(link, child);
    if (!cmark_node_first_child(link))
        cmark_node_append_child(link, newNode(CMARK_NODE_TEXT, address));
}

void makeHarmless(cmark_node* root) {
    struct Doubtful {
        cmark_node* node;
        bool isInLink;
    };
    std::vector<Doubtful> doubtful;
    bool isInLink = false; // links do not stand in links
    cmark_iter* walk = cmark_iter_new(root);
    for (cmark_event_type event = cmark_iter_next(walk); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(walk)) {
        cmark_node* at = cmark_iter_get_node(walk);
        const cmark_node_type type = cmark_node_get_type(at);
        if (type == CMARK_NODE_LINK)
            isInLink = event == CMARK_EVENT_ENTER;
        const bool isLeaf = type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE;
        // What is within comes first.
        const bool isWhole =
            event == CMARK_EVENT_EXIT && (type == CMARK_NODE_IMAGE || type == CMARK_NODE_LINK);
        if (isLeaf || isWhole)
            doubtful.push_back({at, isInLink});
    }
    cmark_iter_free(walk);
    for (const auto& [node, isWithinLink] : doubtful) {
        const cmark_node_type type = cmark_node_get_type(node);
        const bool isPicture = type == CMARK_NODE_IMAGE;
        const bool isHarmless =
            (isPicture || type == CMARK_NODE_LINK) && leadsSomewhereHarmless(view(cmark_node_get_url(node)));
        if (isHarmless && !isPicture)
            continue;
        if (isHarmless && !isWithinLink)
            becomeLink(node);
        else if (isPicture || type == CMARK_NODE_LINK)
            becomeText(node);
        else
            cmark_node_insert_before(
                node, newNode(type == CMARK_NODE_HTML_BLOCK ? CMARK_NODE_CODE_BLOCK : CMARK_NODE_TEXT,
                              view(cmark_node_get_literal(node))));
        cmark_node_free(node); // and takes it out
    }
}

} // namespace

void MarkdownTree::Free::operator()(cmark_node* node) const {
    cmark_node_free(node);
}

MarkdownTree::MarkdownTree(std::string_view text) : m_root(parsed(text)) {
    makeHarmless(m_root.get());
}

std::vector<MarkdownHeading> MarkdownTree::headings() const {
    std::vector<MarkdownHeading> found;
    for (cmark_node* node = cmark_node_first_child(m_root.get()); node; node = cmark_node_next(node)) {
        if (cmark_node_get_type(node) == CMARK_NODE_HEADING)
            found.push_back({static_cast<std::size_t>(cmark_node_get_start_line(node) - 1),
                             cmark_node_get_heading_level(node), textWithin(node)});
    }
    return found;
}

std::string MarkdownTree::html() const {
    // Safe by itself as well: no markup of HTML, no addresses of scripts.
    char* rendered = cmark_render_html(m_root.get(), CMARK_OPT_DEFAULT, nullptr);
    std::string html(rendered);
    cmark_get_default_mem_allocator()->free(rendered);
    return html;
}

MarkdownExtra extraOf(cmark_node* node) {
    const std::string_view word = cmark_node_get_type_string(node);
    if (word == "strikethrough")
        return MarkdownExtra::struck;
    if (word == "table")
        return MarkdownExtra::table;
    if (word == "table_header")
        return MarkdownExtra::headerRow;
    if (word == "table_row")
        return MarkdownExtra::row;
    if (word == "table_cell")
        return MarkdownExtra::cell;
    return word == "tasklist" ? MarkdownExtra::task : MarkdownExtra::none;
}

std::string textWithin(cmark_node* node) {
    std::string text;
    cmark_iter* walk = cmark_iter_new(node);
    for (cmark_event_type event = cmark_iter_next(walk); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(walk)) {
        cmark_node* at = cmark_iter_get_node(walk);
        const cmark_node_type type = cmark_node_get_type(at);
        if (event != CMARK_EVENT_ENTER)
            continue;
        if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
            text += ' ';
        else if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
            text += view(cmark_node_get_literal(at));
    }
    cmark_iter_free(walk);
    return text;
}

} // namespace tandem
