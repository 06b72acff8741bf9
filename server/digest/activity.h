// What happened to documents in a stretch of time, for people to read. Plain values.
#pragma once

#include "base/ids.h"

#include <vector>

namespace tandem {

// Wall clock; a change at `untilMs` is not in it any more.
struct TimeWindow {
    std::int64_t sinceMs = 0;
    std::int64_t untilMs = 0;
};

struct AuthorActivity {
    std::string name;
    // Code points as they were typed and deleted, also those that came and went.
    std::size_t inserted = 0;
    std::size_t deleted = 0;
    std::size_t sessions = 0; // stretches without a long pause in which they took part
};

// A part of the text in which there is something else now than before.
struct SectionActivity {
    std::string heading; // empty: there is none above it
    int level = 0;       // of the heading
    // From 1, in the text as it was at the end.
    std::size_t firstLine = 1;
    std::size_t lastLine = 1;
    // Code points that are there now and were not, and the other way round.
    std::size_t inserted = 0;
    std::size_t deleted = 0;
};

struct DocumentActivity {
    DocumentId id;
    std::string title;
    Seq from = 0; // the version before, and the last one
    Seq to = 0;
    std::int64_t firstMs = 0;
    std::int64_t lastMs = 0;
    std::size_t sessions = 0;
    std::vector<AuthorActivity> authors;   // who wrote most first
    std::vector<SectionActivity> sections; // in text order
};

struct Digest {
    TimeWindow window;
    std::vector<DocumentActivity> documents;
    std::size_t moreDocuments = 0; // that changed as well
};

} // namespace tandem
