#include "crdt/snapshot_columns.h"

#include "crdt/document.h"

#include <algorithm>

namespace tandem {

std::uint32_t DepthWalk::stepTo(std::uint32_t depth, bool isBorder) const {
    if (isBorder)
        return !m_missing.empty() && m_missing.back().last == depth ? 0 : m_last - depth;
    return depth > m_last ? depth - m_last : 0;
}

std::optional<std::uint32_t> DepthWalk::depthAfter(std::uint32_t step, bool isBorder) const {
    if (step == 0) {
        if (m_missing.empty() || m_afterBorder)
            return std::nullopt;
        return m_missing.back().last;
    }
    if (!isBorder) {
        if (step > maxElements - m_last)
            return std::nullopt;
        return m_last + step;
    }
    if (m_afterBorder || step > m_last)
        return std::nullopt;
    const std::uint32_t depth = m_last - step;
    if (!m_missing.empty() && m_missing.back().last >= depth)
        return std::nullopt;
    return depth;
}

void DepthWalk::enter(std::uint32_t depth, std::uint32_t length) {
    if (length == 0) {
        m_afterBorder = true;
        m_last = depth;
        return;
    }
    m_afterBorder = false;
    if (depth > m_last) {
        if (depth > m_last + 1)
            m_missing.push_back({m_last + 1, depth - 1});
    } else if (m_missing.back().first == m_missing.back().last) {
        m_missing.pop_back();
    } else {
        --m_missing.back().last;
    }
    m_last = depth + length - 1;
}

std::optional<RunPath::Element> RunPath::at(std::uint32_t depth) const {
    for (auto stretch = m_stretches.rbegin(); stretch != m_stretches.rend(); ++stretch) {
        if (stretch->depth > depth)
            continue;
        if (depth - stretch->depth >= stretch->length)
            return std::nullopt;
        return Element{stretch->first.run, stretch->first.offset + (depth - stretch->depth)};
    }
    return std::nullopt;
}

void RunPath::cut(std::uint32_t depth) {
    while (!m_stretches.empty() && m_stretches.back().depth > depth)
        m_stretches.pop_back();
    if (!m_stretches.empty()) {
        Stretch& last = m_stretches.back();
        last.length = std::min(last.length, depth - last.depth + 1);
    }
}

void RunPath::enter(Element first, std::uint32_t depth, std::uint32_t length) {
    if (!m_stretches.empty()) {
        Stretch& last = m_stretches.back();
        if (last.first.run == first.run && last.first.offset + last.length == first.offset &&
            last.depth + last.length == depth) {
            last.length += length;
            return;
        }
    }
    m_stretches.push_back({first, depth, length});
}

} // namespace tandem
