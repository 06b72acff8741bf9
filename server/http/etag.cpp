#include "http/etag.h"

#include <algorithm>
#include <charconv>

namespace tandem {

namespace {

enum class Weak { taken, leftOut };

template <typename Number>
bool readNumber(std::string_view text, Number& number) {
    const auto [rest, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    return fault == std::errc() && rest == text.data() + text.size();
}

std::optional<DocumentRevision> revisionIn(std::string_view tag) {
    if (tag.size() < 2 || tag.front() != '"' || tag.back() != '"')
        return std::nullopt;
    tag = tag.substr(1, tag.size() - 2);
    const std::size_t dot = tag.find('.');
    DocumentRevision revision;
    if (dot == tag.npos || !readNumber(tag.substr(0, dot), revision.version) ||
        !readNumber(tag.substr(dot + 1), revision.meta))
        return std::nullopt;
    return revision;
}

std::vector<DocumentRevision> revisionsIn(std::string_view header, Weak weak) {
    std::vector<DocumentRevision> revisions;
    while (!header.empty()) {
        const std::size_t comma = std::min(header.find(','), header.size());
        std::string_view tag = header.substr(0, comma);
        header.remove_prefix(std::min(comma + 1, header.size()));
        tag.remove_prefix(std::min(tag.find_first_not_of(" \t"), tag.size()));
        tag = tag.substr(0, tag.find_last_not_of(" \t") + 1);
        if (weak == Weak::taken && tag.starts_with("W/"))
            tag.remove_prefix(2);
        if (const auto revision = revisionIn(tag))
            revisions.push_back(*revision);
    }
    return revisions;
}

} // namespace

std::string etagOf(const DocumentRevision& revision) {
    return "\"" + std::to_string(revision.version) + "." + std::to_string(revision.meta) + "\"";
}

std::string etagOf(const DocumentInfo& info) {
    return etagOf(DocumentRevision{info.head, info.metaRevision});
}

bool isNamedIn(std::string_view ifNoneMatch, const DocumentRevision& revision) {
    if (ifNoneMatch == "*")
        return true;
    const auto revisions = revisionsIn(ifNoneMatch, Weak::taken);
    return std::find(revisions.begin(), revisions.end(), revision) != revisions.end();
}

DocumentCatalog::Expected expectedBy(std::string_view ifMatch) {
    if (ifMatch == "*")
        return std::nullopt;
    return revisionsIn(ifMatch, Weak::leftOut);
}

} // namespace tandem
