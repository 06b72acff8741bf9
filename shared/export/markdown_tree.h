// A document's text read as Markdown (CommonMark with tables, task lists, strikethrough and bare addresses),
// made harmless: markup of HTML is text, a picture is a link to it, and only links to the web and to people
// lead anywhere. So whatever is made of it holds no markup of the author's and loads nothing.
//
// A plain value of its thread. Never fails: a text that is too costly to read (export/markdown_shape.h) is
// one block of text as it stands.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct cmark_node;

namespace tandem {

// Where a section begins.
struct MarkdownHeading {
    std::size_t line = 0; // from 0
    int level = 1;        // 1 to 6
    std::string title;
};

class MarkdownTree {
public:
    // `text` is printableText().
    explicit MarkdownTree(std::string_view text);

    cmark_node* root() const { return m_root.get(); }
    // Of the whole document, in order; those within lists and quotations are not among them.
    std::vector<MarkdownHeading> headings() const;
    // Markup of HTML, for the inside of an element.
    std::string html() const;

private:
    struct Free {
        void operator()(cmark_node* node) const;
    };
    std::unique_ptr<cmark_node, Free> m_root;
};

// Nodes that are no part of CommonMark; the library knows them by word only.
enum class MarkdownExtra { none, struck, table, headerRow, row, cell, task };
MarkdownExtra extraOf(cmark_node* node);

// The text of a node and all below it.
std::string textWithin(cmark_node* node);

} // namespace tandem
