#include "http/import.h"

#include "base/utf8.h"
#include "http/archive_import.h"
#include "http/request_body.h"
#include "import/html_text.h"
#include "protocol/display_text.h"
#include "protocol/limits.h"

namespace tandem {

namespace {

constexpr const char* nameless = "Imported";

// In a charset other than UTF-8 the bytes would mean something else.
bool saysUtf8(std::string contentType) {
    for (char& c : contentType)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const std::size_t charset = contentType.find("charset=");
    if (charset == std::string::npos)
        return true;
    const std::string_view value = std::string_view(contentType).substr(charset + 8);
    return value.starts_with("utf-8") || value.starts_with("\"utf-8\"");
}

// A title from a file: what can be shown of it, as far as a title goes.
std::optional<std::string> titleFrom(std::u32string_view line) {
    std::u32string title = withoutControls(line);
    title.erase(0, title.find_first_not_of(U" #\t"));
    title.erase(title.find_last_not_of(U" #\t") + 1);
    if (title.empty())
        return std::nullopt;
    return toUtf8(title.substr(0, limits::titleLength));
}

std::string titleIn(std::u32string_view text) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(U'\n'), text.size());
        if (const auto title = titleFrom(text.substr(0, end)))
            return *title;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return nameless;
}

} // namespace

std::variant<DocumentRequest, HttpResponse> importedDocument(const HttpRequest& request) {
    const std::string type = mediaType(request);
    const bool isHtml = type == "text/html";
    if (!(isHtml || type == "text/plain" || type == "text/markdown") || !saysUtf8(request.contentType))
        return problem(request, 415,
                       "The Content-Type must be text/plain, text/markdown or text/html, in UTF-8, or " +
                           std::string(archiveType) + ".");
    auto text = fromUtf8(request.body);
    if (!text)
        return problem(request, text.error());
    if (text->starts_with(U'\ufeff')) // the signature of a file
        text->erase(0, 1);

    DocumentRequest document;
    std::optional<std::string> title;
    if (isHtml) {
        HtmlText page = textOfHtml(*text);
        document.text = std::move(page.text);
        title = titleFrom(page.title);
    } else {
        document.text = std::move(*text);
    }
    if (const auto given = request.query.find("title"); given != request.query.end()) {
        const auto clean = cleanTitle(given->second);
        if (!clean)
            return problem(request, clean.error());
        title = *clean;
    }
    document.title = title ? *title : titleIn(document.text);
    return document;
}

} // namespace tandem
