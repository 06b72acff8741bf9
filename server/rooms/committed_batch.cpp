#include "rooms/committed_batch.h"

#include "base/utf8.h"
#include "protocol/codec.h"
#include "protocol/limits.h"

namespace tandem {

namespace {
Frame frameOf(const message::ToOperationsClient& message, codec::Encoding encoding) {
    return std::make_shared<const std::string>(codec::encode(message, encoding));
}
} // namespace

message::DocUpdate CommittedBatch::update(std::size_t begin, std::size_t end) const {
    message::DocUpdate update;
    update.first = m_first + begin;
    for (std::size_t i = begin; i < end; ++i) {
        const CommittedChange& change = m_changes[i];
        const bool goesOn = !update.groups.empty() && update.groups.back().replica == change.replica &&
                            update.groups.back().timeMs == change.timeMs;
        if (!goesOn)
            update.groups.push_back({change.replica, change.timeMs, {}});
        update.groups.back().changes.push_back(change.bytes);
    }
    return update;
}

std::vector<Frame> CommittedBatch::encode(std::size_t begin, std::size_t end,
                                          codec::Encoding encoding) const {
    std::vector<Frame> frames;
    std::size_t start = begin;
    std::size_t bytes = 0;
    for (std::size_t i = begin; i < end; ++i) {
        constexpr std::size_t around = 80; // JSON about a change, at most
        const std::size_t size = m_changes[i].bytes.size() * 4 / 3 + around;
        if (i > start && bytes + size > limits::frameBytes / 2) {
            frames.push_back(frameOf(update(start, i), encoding));
            start = i;
            bytes = 0;
        }
        bytes += size;
    }
    if (start < end)
        frames.push_back(frameOf(update(start, end), encoding));
    return frames;
}

std::vector<Frame> CommittedBatch::frames(std::size_t begin, std::size_t end,
                                          codec::Encoding encoding) const {
    if (begin > 0 || end < m_changes.size())
        return encode(begin, end, encoding);
    std::vector<Frame>& all = encoding == codec::Encoding::json ? m_jsonFrames : m_binaryFrames;
    if (all.empty())
        all = encode(begin, end, encoding);
    return all;
}

const Frame& CommittedBatch::plainFrame() const {
    if (m_plainFrame)
        return m_plainFrame;
    message::PlainDocUpdate update;
    update.from = m_first - 1;
    update.version = last();
    for (const CommittedChange& change : m_changes) {
        for (const TextEdit& edit : change.edits)
            update.edits.push_back({edit.index, edit.deleted, toUtf8(edit.inserted), change.replica});
    }
    m_plainFrame =
        std::make_shared<const std::string>(codec::encode(message::ToPlainClient(std::move(update))));
    return m_plainFrame;
}

} // namespace tandem
