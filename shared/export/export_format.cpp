#include "export/export_format.h"

#include "archive/document_archive.h"

#include <array>

namespace tandem {

namespace {

struct Known {
    ExportFormat format;
    std::string_view word;
    std::string_view extension;
    std::string_view contentType;
};

constexpr std::array<Known, 6> all{{
    {ExportFormat::text, "txt", "txt", "text/plain; charset=utf-8"},
    {ExportFormat::markdown, "md", "md", "text/markdown; charset=utf-8"},
    {ExportFormat::html, "html", "html", "text/html; charset=utf-8"},
    {ExportFormat::pdf, "pdf", "pdf", "application/pdf"},
    {ExportFormat::odt, "odt", "odt", "application/vnd.oasis.opendocument.text"},
    {ExportFormat::archive, "archive", "tandem", archiveType},
}};

const Known& known(ExportFormat format) {
    return all.at(static_cast<std::size_t>(format));
}

bool isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

} // namespace

std::optional<ExportFormat> exportFormatFrom(std::string_view word) {
    for (const Known& one : all) {
        if (one.word == word)
            return one.format;
    }
    return std::nullopt;
}

std::string exportFormatWords() {
    std::string words;
    for (const Known& one : all) {
        if (!words.empty())
            words += &one == &all.back() ? " or " : ", ";
        words += one.word;
    }
    return words;
}

std::string contentTypeOf(ExportFormat format) {
    return std::string(known(format).contentType);
}

std::string exportName(std::string_view title, Seq version, ExportFormat format) {
    constexpr std::size_t longest = 60;
    std::string name;
    for (const char c : title) {
        if (isLetterOrDigit(c))
            name += c;
        else if (!name.empty() && name.back() != '-')
            name += '-';
        if (name.size() == longest)
            break;
    }
    if (name.ends_with('-'))
        name.pop_back();
    if (name.empty())
        name = "document";
    return name + "-v" + std::to_string(version) + "." + std::string(known(format).extension);
}

} // namespace tandem
