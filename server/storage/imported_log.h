// The log of a document that comes from elsewhere, checked, in the form in which it is stored. A plain value.
#pragma once

#include "archive/segment.h"
#include "storage/document_past.h"

#include <map>

namespace tandem {

struct ImportedLog {
    struct Segment {
        Seq first = 0;
        Seq last = 0;
        std::string bytes; // encodeSegment, then deflate
    };
    std::vector<Segment> segments;        // from version 1 on, without a hole
    std::map<ReplicaId, Counter> highest; // of each replica that made a change
    std::vector<ReplicaBinding> replicas; // one for each replica that is known by a key
    std::vector<NamedVersion> names;
    std::string text; // what all that says, UTF-8

    Seq head() const { return segments.empty() ? 0 : segments.back().last; }
};

} // namespace tandem
