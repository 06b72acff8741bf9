#include "editor/preview/markdown_rendering.h"

#include <QRegularExpression>
#include <QTextDocument>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <mutex>
#include <vector>

namespace tandem {

namespace {

// QTextDocument compares each anchor with all others.
constexpr int mostAnchors = 200;

// The library keeps the special characters of its extensions in one table for all.
std::mutex readingOne;

struct Free {
    void operator()(cmark_node* node) const { cmark_node_free(node); }
    void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};

bool leadsSomewhereHarmless(const QString& address) {
    for (const char* scheme : {"https://", "http://", "mailto:"}) {
        if (address.startsWith(QLatin1String(scheme), Qt::CaseInsensitive))
            return true;
    }
    return false;
}

// Pictures become links to them, and links to anything but the web lead nowhere.
void disarm(cmark_node* root) {
    std::vector<cmark_node*> pictures;
    std::vector<cmark_node*> links;
    cmark_iter* iterator = cmark_iter_new(root);
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;) {
        cmark_node* node = cmark_iter_get_node(iterator);
        if (event != CMARK_EVENT_ENTER)
            continue;
        if (cmark_node_get_type(node) == CMARK_NODE_IMAGE)
            pictures.push_back(node);
        else if (cmark_node_get_type(node) == CMARK_NODE_LINK)
            links.push_back(node);
    }
    cmark_iter_free(iterator);
    for (cmark_node* picture : pictures) {
        cmark_node* link = cmark_node_new(CMARK_NODE_LINK);
        cmark_node_set_url(link, cmark_node_get_url(picture));
        cmark_node_insert_before(picture, link);
        cmark_node* sign = cmark_node_new(CMARK_NODE_TEXT);
        cmark_node_set_literal(sign, "🖼 ");
        cmark_node_append_child(link, sign);
        while (cmark_node* child = cmark_node_first_child(picture))
            cmark_node_append_child(link, child);
        cmark_node_free(picture);
        links.push_back(link);
    }
    for (cmark_node* link : links) {
        if (!leadsSomewhereHarmless(QString::fromUtf8(cmark_node_get_url(link))))
            cmark_node_set_url(link, "");
    }
}

QString styleSheet(const PreviewLook& look) {
    return QStringLiteral("a { color: %1; } code, pre { font-family: '%2'; background-color: %3; }"
                          "blockquote { color: %4; } h1 { font-size: x-large; } h2 { font-size: large; }"
                          "th { background-color: %3; } table { border-color: %5; } hr { color: %5; }")
        .arg(look.link.name(), look.codeFont.families().value(0), look.codeBackground.name(),
             look.quiet.name(), look.line.name());
}

} // namespace

QString markdownToHtml(const QString& markdown, int firstLine) {
    const QByteArray utf8 = markdown.toUtf8();
    QString html;
    const std::lock_guard lock(readingOne);
    cmark_gfm_core_extensions_ensure_registered();
    const std::unique_ptr<cmark_parser, Free> parser(cmark_parser_new(CMARK_OPT_DEFAULT));
    for (const char* name : {"strikethrough", "tasklist", "table", "autolink"}) {
        if (cmark_syntax_extension* extension = cmark_find_syntax_extension(name))
            cmark_parser_attach_syntax_extension(parser.get(), extension);
    }
    cmark_parser_feed(parser.get(), utf8.constData(), static_cast<std::size_t>(utf8.size()));
    const std::unique_ptr<cmark_node, Free> root(cmark_parser_finish(parser.get()));
    disarm(root.get());
    cmark_llist* extensions = cmark_parser_get_syntax_extensions(parser.get());
    static const QRegularExpression openingTags(QStringLiteral("^(?:<[a-z0-9]+[^<>]*>\\s*)+"));
    const auto lines = static_cast<int>(markdown.count(u'\n')) + 1;
    int anchored = -lines;
    for (cmark_node* part = cmark_node_first_child(root.get()); part; part = cmark_node_next(part)) {
        const int line = cmark_node_get_start_line(part) - 1;
        char* rendered = cmark_render_html(part, CMARK_OPT_DEFAULT, extensions);
        QString written = QString::fromUtf8(rendered).trimmed();
        if (line - anchored > lines / mostAnchors) {
            // QTextDocument loses an anchor that does not stand with a text.
            written.insert(openingTags.match(written).capturedLength(),
                           QStringLiteral("<a name=\"l%1\"></a>").arg(firstLine + line));
            anchored = line;
        }
        html += written;
        free(rendered);
    }
    // Form fields, which only the renderer makes, become the markers that QTextDocument has for them.
    html.replace(QStringLiteral("<li><input type=\"checkbox\" checked=\"\" disabled=\"\" />"),
                 QStringLiteral("<li class=\"checked\">"));
    html.replace(QStringLiteral("<li><input type=\"checkbox\" disabled=\"\" />"),
                 QStringLiteral("<li class=\"unchecked\">"));
    html.replace(
        QStringLiteral("<table>"),
        QStringLiteral(
            "<table border=\"1\" cellspacing=\"0\" cellpadding=\"5\" style=\"border-collapse: collapse;\">"));
    return html;
}

std::unique_ptr<QTextDocument> renderMarkdown(const QString& markdown, int firstLine,
                                              const PreviewLook& look) {
    auto document = std::make_unique<QTextDocument>();
    document->setUndoRedoEnabled(false);
    document->setDefaultFont(look.textFont);
    document->setDefaultStyleSheet(styleSheet(look));
    document->setDocumentMargin(16);
    document->setIndentWidth(22);
    document->setHtml(markdownToHtml(markdown, firstLine));
    return document;
}

} // namespace tandem
