// What the last versions of a document did to its text, by index: enough to carry a plain client's stale
// index to the present. Owned by DocumentRoom; lives on the event loop. Keeps limits::editHistoryVersions
// versions.
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "crdt/replica.h"
#include "crdt/text_edit.h"

#include <deque>

namespace tandem {

// A plain edit in the present text: what is left to delete, and where its text goes.
struct CarriedEdit {
    std::vector<IndexRange> deleted;
    std::size_t index = 0;
};

class EditHistory {
public:
    // The history begins at `version`; nothing before it is known.
    explicit EditHistory(Seq version) : m_oldest(version) {}

    // The next version came by these edits.
    void add(const TextEdits& edits);
    Seq newest() const { return m_oldest + m_versions.size(); }

    // Carries a deletion of `deleted` code points at `index` and an insertion there from the text at
    // `version` to the newest. What others inserted into the range stays; what others inserted at the index
    // comes before the insertion. versionTooOld, or invalidArgument for a version that is not there yet.
    Result<CarriedEdit> carry(std::size_t index, std::size_t deleted, Seq version) const;

private:
    struct Step {
        std::size_t index = 0;
        std::size_t deleted = 0;
        std::size_t inserted = 0;
    };

    Seq m_oldest; // the text at this version can be carried
    std::deque<std::vector<Step>> m_versions;
};

} // namespace tandem
