#include "export/odt_file.h"

#include "export/odt_content.h"
#include "export/odt_styles.h"
#include "export/printable_text.h"
#include "export/zip_file.h"

namespace tandem {

namespace {

constexpr std::string_view begin = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

std::string meta(const std::string& title) {
    std::string part(begin);
    part += "<office:document-meta";
    part += odtNamespaces;
    part += "><office:meta><dc:title>" + escapedText(printableText(title)) +
            "</dc:title></office:meta></office:document-meta>\n";
    return part;
}

// Bullets and numbers of ten levels, each further in than the one before.
std::string listStyle(const std::string& name, const std::string& level) {
    std::string style = "<text:list-style style:name=\"" + name + "\">";
    for (int depth = 1; depth <= 10; ++depth) {
        const std::string place = std::to_string(depth);
        const std::string indent = std::to_string(depth * 6) + "mm";
        std::string one = level;
        one.replace(one.find('@'), 1, place);
        style +=
            "<" + one +
            "><style:list-level-properties text:list-level-position-and-space-mode=\"label-alignment\">"
            "<style:list-level-label-alignment text:label-followed-by=\"listtab\" fo:text-indent=\"-6mm\" "
            "fo:margin-left=\"" +
            indent + "\"/></style:list-level-properties></" + one.substr(0, one.find(' ')) + ">";
    }
    return style + "</text:list-style>";
}

std::string automaticStyles() {
    return "<office:automatic-styles>"
           "<style:style style:name=\"Table\" style:family=\"table\"><style:table-properties "
           "table:align=\"margins\" fo:margin-bottom=\"2mm\"/></style:style>"
           "<style:style style:name=\"Cell\" style:family=\"table-cell\"><style:table-cell-properties "
           "fo:padding=\"1.2mm\" fo:border=\"0.02cm solid #c0c6cc\"/></style:style>"
           "<style:style style:name=\"HeaderCell\" style:family=\"table-cell\"><style:table-cell-properties "
           "fo:padding=\"1.2mm\" fo:border=\"0.02cm solid #c0c6cc\" "
           "fo:background-color=\"#f3f5f7\"/></style:style>" +
           listStyle("Bullets", "text:list-level-style-bullet text:level=\"@\" text:bullet-char=\"•\"") +
           listStyle("Numbers", "text:list-level-style-number text:level=\"@\" style:num-format=\"1\" "
                                "style:num-suffix=\".\"") +
           "</office:automatic-styles>";
}

} // namespace

std::string odtFile(const std::string& title, const MarkdownTree& content) {
    std::string body(begin);
    body += "<office:document-content";
    body += odtNamespaces;
    body += ">" + automaticStyles() + "<office:body><office:text>" + odtContent(content) +
            "</office:text></office:body></office:document-content>\n";
    ZipFile file;
    // First and as it stands, so that the file's first bytes tell what it is.
    file.add("mimetype", "application/vnd.oasis.opendocument.text", ZipFile::Packing::stored);
    file.add("content.xml", body);
    file.add("styles.xml", odtStyles);
    file.add("meta.xml", meta(title));
    file.add("META-INF/manifest.xml", odtManifest);
    return std::move(file).finish();
}

} // namespace tandem
