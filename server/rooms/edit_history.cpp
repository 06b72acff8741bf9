#include "rooms/edit_history.h"

#include "protocol/limits.h"

#include <algorithm>

namespace tandem {

namespace {

// Where an index goes when [at, at + count) is deleted.
std::size_t afterDeletion(std::size_t index, std::size_t at, std::size_t count) {
    if (index <= at)
        return index;
    return index >= at + count ? index - count : at;
}

void deleteFrom(CarriedEdit& edit, std::size_t at, std::size_t count) {
    edit.index = afterDeletion(edit.index, at, count);
    for (IndexRange& range : edit.deleted) {
        const std::size_t begin = afterDeletion(range.index, at, count);
        const std::size_t end = afterDeletion(range.index + range.length, at, count);
        range = {begin, end - begin};
    }
    std::erase_if(edit.deleted, [](const IndexRange& range) { return range.length == 0; });
}

void insertInto(CarriedEdit& edit, std::size_t at, std::size_t count) {
    if (at <= edit.index)
        edit.index += count;
    std::vector<IndexRange> ranges;
    for (const IndexRange& range : edit.deleted) {
        const std::size_t end = range.index + range.length;
        if (at <= range.index) {
            ranges.push_back({range.index + count, range.length});
        } else if (at < end) {
            ranges.push_back({range.index, at - range.index});
            ranges.push_back({at + count, end - at});
        } else {
            ranges.push_back(range);
        }
    }
    edit.deleted = std::move(ranges);
}

} // namespace

void EditHistory::add(const TextEdits& edits) {
    std::vector<Step>& steps = m_versions.emplace_back();
    for (const TextEdit& edit : edits)
        steps.push_back({edit.index, edit.deleted, edit.inserted.size()});
    if (m_versions.size() > limits::editHistoryVersions) {
        m_versions.pop_front();
        ++m_oldest;
    }
}

Result<CarriedEdit> EditHistory::carry(std::size_t index, std::size_t deleted, Seq version) const {
    if (version < m_oldest)
        return Error{ErrorCode::versionTooOld, "this version of the text is no longer kept"};
    if (version > newest())
        return Error{ErrorCode::invalidArgument, "the document has no such version yet"};
    CarriedEdit edit;
    edit.index = index;
    if (deleted > 0)
        edit.deleted.push_back({index, deleted});
    for (std::size_t i = static_cast<std::size_t>(version - m_oldest); i < m_versions.size(); ++i) {
        for (const Step& step : m_versions[i]) {
            if (step.deleted > 0)
                deleteFrom(edit, step.index, step.deleted);
            if (step.inserted > 0)
                insertInto(edit, step.index, step.inserted);
        }
    }
    return edit;
}

} // namespace tandem
