#include "digest/digest_words.h"

#include "log/timestamp.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace tandem {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t toldAuthors = 20;
constexpr std::size_t toldSections = 12;
constexpr std::size_t headingBytes = 200;
constexpr std::size_t textBytes = 32 * 1'024;

// For people: to the minute.
std::string moment(std::int64_t ms) {
    std::string text = timestamp(ms).substr(0, 16);
    text[10] = ' ';
    return text;
}

std::string counted(std::size_t count, const char* one, const char* many) {
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string amounts(std::size_t inserted, std::size_t deleted) {
    std::string text = inserted > 0 ? "+" + std::to_string(inserted) : "";
    if (deleted > 0)
        text += (text.empty() ? "" : " ") + ("\u2212" + std::to_string(deleted));
    return text.empty() ? "moved" : text;
}

// At a border of UTF-8.
std::string shortened(const std::string& text) {
    if (text.size() <= headingBytes)
        return text;
    std::size_t end = headingBytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    return text.substr(0, end) + "\u2026";
}

std::string lines(const SectionActivity& section) {
    return section.firstLine == section.lastLine
               ? "line " + std::to_string(section.firstLine)
               : "lines " + std::to_string(section.firstLine) + " to " + std::to_string(section.lastLine);
}

std::string documentText(const DocumentActivity& document) {
    std::string text = document.title + "\n";
    text += "  " + counted(document.sessions, "session", "sessions") + ", the last change at " +
            moment(document.lastMs) + "\n";
    const std::size_t authors = std::min(document.authors.size(), toldAuthors);
    for (std::size_t i = 0; i < authors; ++i) {
        const AuthorActivity& author = document.authors[i];
        text += "  " + author.name + " wrote " + counted(author.inserted, "character", "characters") +
                " and deleted " + std::to_string(author.deleted) + ", in " +
                counted(author.sessions, "session", "sessions") + "\n";
    }
    if (document.authors.size() > authors)
        text += "  and " + counted(document.authors.size() - authors, "other", "others") + "\n";
    const std::size_t sections = std::min(document.sections.size(), toldSections);
    for (std::size_t i = 0; i < sections; ++i) {
        const SectionActivity& section = document.sections[i];
        text += "  - " + (section.heading.empty() ? lines(section) : shortened(section.heading)) + ": " +
                amounts(section.inserted, section.deleted) + "\n";
    }
    if (document.sections.size() > sections)
        text +=
            "  - and " + counted(document.sections.size() - sections, "other place", "other places") + "\n";
    return text;
}

Json documentJson(const DocumentActivity& document) {
    Json json{{"doc_id", document.id},
              {"title", document.title},
              {"from_version", document.from},
              {"to_version", document.to},
              {"first", timestamp(document.firstMs)},
              {"last", timestamp(document.lastMs)},
              {"sessions", document.sessions},
              {"authors", Json::array()},
              {"sections", Json::array()}};
    for (std::size_t i = 0; i < std::min(document.authors.size(), toldAuthors); ++i) {
        const AuthorActivity& author = document.authors[i];
        json["authors"].push_back({{"name", author.name},
                                   {"inserted", author.inserted},
                                   {"deleted", author.deleted},
                                   {"sessions", author.sessions}});
    }
    for (std::size_t i = 0; i < std::min(document.sections.size(), toldSections); ++i) {
        const SectionActivity& section = document.sections[i];
        Json one{{"first_line", section.firstLine},
                 {"last_line", section.lastLine},
                 {"inserted", section.inserted},
                 {"deleted", section.deleted}};
        if (!section.heading.empty()) {
            one["heading"] = shortened(section.heading);
            one["level"] = section.level;
        }
        json["sections"].push_back(std::move(one));
    }
    json["more_authors"] = document.authors.size() - json["authors"].size();
    json["more_sections"] = document.sections.size() - json["sections"].size();
    return json;
}

} // namespace

std::string digestText(const Digest& digest) {
    std::string text =
        "From " + moment(digest.window.sinceMs) + " to " + moment(digest.window.untilMs) + " (UTC)\n\n";
    if (digest.documents.empty())
        return text + "Nothing has changed.\n";
    std::size_t more = digest.moreDocuments;
    for (const DocumentActivity& document : digest.documents) {
        if (text.size() < textBytes)
            text += documentText(document) + "\n";
        else
            ++more;
    }
    if (more > 0)
        text += counted(more, "other document", "other documents") + " changed as well.\n";
    return text;
}

std::string digestJson(const Digest& digest) {
    Json json{{"since", timestamp(digest.window.sinceMs)},
              {"until", timestamp(digest.window.untilMs)},
              {"documents", Json::array()},
              {"more_documents", digest.moreDocuments},
              {"text", digestText(digest)}};
    for (const DocumentActivity& document : digest.documents)
        json["documents"].push_back(documentJson(document));
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string digestSubject(const Digest& digest) {
    const std::string since = " since " + moment(digest.window.sinceMs);
    const std::size_t count = digest.documents.size() + digest.moreDocuments;
    if (count == 1 && digest.moreDocuments == 0)
        return digest.documents.front().title + ": what changed" + since;
    return counted(count, "document", "documents") + " changed" + since;
}

} // namespace tandem
