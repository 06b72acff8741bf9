#include "crdt/unit_log.h"

namespace tandem {

void UnitLog::addBlock() {
    const std::uint32_t begin = beginOf(m_blocks.size());
    const std::size_t room = std::size_t{firstBlock} << m_blocks.size();
    m_blocks.emplace_back(new char16_t[room + slack]); // not filled
    char16_t* const units = m_blocks.back().get();
    m_last = {units, units, units + room, begin};
}

void UnitLog::append(std::u16string_view units) {
    while (!units.empty()) {
        if (m_last.next == m_last.end)
            addBlock();
        const auto some = std::min(units.size(), static_cast<std::size_t>(m_last.end - m_last.next));
        std::memcpy(m_last.next, units.data(), some * sizeof(char16_t));
        m_last.next += some;
        units.remove_prefix(some);
    }
}

std::u16string UnitLog::text(std::uint32_t from, std::size_t count) const {
    std::u16string text;
    const std::uint32_t end = from + static_cast<std::uint32_t>(std::min<std::size_t>(count, size() - from));
    text.reserve(end - from);
    while (from < end) {
        const std::size_t block = blockOf(from);
        const std::uint32_t until = std::min(end, beginOf(block + 1));
        text.append(m_blocks[block].get() + (from - beginOf(block)), until - from);
        from = until;
    }
    return text;
}

std::uint32_t UnitLog::unitsOf(std::uint32_t from, std::size_t codePoints) const {
    const auto at = [this](std::uint32_t unit) {
        const std::size_t block = blockOf(unit);
        return m_blocks[block][unit - beginOf(block)];
    };
    std::uint32_t end = from;
    for (; codePoints > 0; --codePoints)
        end += at(end) >= 0xD800 && at(end) < 0xDC00 ? 2 : 1;
    return end - from;
}

} // namespace tandem
