#include "crdt/element_index.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace tandem {

namespace {

constexpr std::uint32_t interval(std::uint32_t offset, LeafHandle leaf) {
    return offset << 26 | leaf;
}
constexpr std::uint32_t offsetOf(std::uint32_t interval) {
    return interval >> 26;
}
constexpr LeafHandle leafOfInterval(std::uint32_t interval) {
    return interval & ((1u << 26) - 1);
}
// Which of the sizes 2, 4, ... holds so many words.
constexpr std::size_t sizeClass(std::uint32_t words) {
    return static_cast<std::size_t>(std::bit_width(words - 1)) - 1;
}

} // namespace

ElementIndex::ElementIndex() {
    indexFor(0);
}

ReplicaIndex ElementIndex::add(ReplicaId replica) {
    const auto index = static_cast<ReplicaIndex>(m_ids.size());
    m_indexes.emplace(replica, index);
    m_ids.push_back(replica);
    m_intervals.emplace_back();
    m_lastId = replica;
    m_lastFound = index;
    return index;
}

ReplicaIndex ElementIndex::search(ReplicaId replica) const {
    const auto entry = m_indexes.find(replica);
    if (entry == m_indexes.end())
        return noReplica;
    m_lastId = replica;
    m_lastFound = entry->second;
    return entry->second;
}

// The last page at or before `number`.
std::size_t ElementIndex::Intervals::slotOf(std::uint32_t number) const {
    if (number < pages.size() && pages[number].number == number)
        return number;
    const auto after = std::upper_bound(pages.begin(), pages.end(), number,
                                        [](std::uint32_t n, const Page& page) { return n < page.number; });
    return static_cast<std::size_t>(after - pages.begin()) - 1;
}

LeafHandle ElementIndex::leafOf(ReplicaIndex replica, Counter counter) const {
    const Intervals& intervals = m_intervals[replica];
    const std::uint32_t number = counter >> pageBits;
    const Page& page = intervals.pages[intervals.slotOf(number)];
    return leafAt(page.word, page.number == number ? counter % pageLength : pageLength - 1);
}

LeafHandle ElementIndex::leafAt(Word page, std::uint32_t offset) const {
    if ((page & arenaFlag) == 0)
        return page;
    const std::uint32_t* block = m_arena.data() + (page & ~arenaFlag);
    std::uint32_t i = block[0];
    while (i > 1 && offsetOf(block[i]) > offset)
        --i;
    return leafOfInterval(block[i]);
}

void ElementIndex::assignTail(ReplicaIndex replica, Counter first, LeafHandle leaf) {
    Intervals& intervals = m_intervals[replica];
    const std::size_t slot = slotFor(intervals, first >> pageBits);
    for (; intervals.pages.size() > slot + 1; intervals.pages.pop_back())
        release(intervals.pages.back().word);
    assignInPage(intervals.pages[slot].word, first % pageLength, pageLength, leaf);
    intervals.tail = leaf;
}

void ElementIndex::assign(ReplicaIndex replica, Counter first, Counter length, LeafHandle leaf) {
    Intervals& intervals = m_intervals[replica];
    const std::uint64_t end = std::uint64_t{first} + length;
    const std::uint32_t firstPage = first >> pageBits;
    const auto lastPage = static_cast<std::uint32_t>((end - 1) >> pageBits);
    const std::size_t begin = slotFor(intervals, firstPage);
    if (const auto endPage = static_cast<std::uint32_t>(end >> pageBits); endPage != firstPage)
        slotFor(intervals, endPage); // what comes behind stays as it is
    for (std::size_t slot = begin; slot < intervals.pages.size(); ++slot) {
        Page& page = intervals.pages[slot];
        if (page.number > lastPage)
            break;
        const std::uint32_t from = page.number == firstPage ? first % pageLength : 0;
        const auto until =
            page.number < lastPage ? pageLength : static_cast<std::uint32_t>((end - 1) % pageLength) + 1;
        assignInPage(page.word, from, until, leaf);
    }
}

// The slot of a page, which is made if it is not there. Pages before it are made as well as long as they are
// not many for each assignment and for the text, so that nearly always a page's slot is its number.
std::size_t ElementIndex::slotFor(Intervals& intervals, std::uint32_t number) {
    std::vector<Page>& pages = intervals.pages;
    intervals.credit += 8;
    if (number < pages.size() && pages[number].number == number)
        return number;
    const std::uint32_t back = pages.back().number;
    if (number > back) {
        const LeafHandle reach = leafAt(pages.back().word, pageLength - 1);
        if (pages.size() + (number - back) <= intervals.credit) {
            for (std::uint32_t between = back + 1; between < number; ++between)
                pages.push_back({between, reach});
        }
        pages.push_back({number, reach});
        return pages.size() - 1;
    }
    const std::size_t slot = intervals.slotOf(number);
    if (pages[slot].number == number)
        return slot;
    pages.insert(pages.begin() + static_cast<std::ptrdiff_t>(slot) + 1,
                 {number, leafAt(pages[slot].word, pageLength - 1)});
    return slot + 1;
}

void ElementIndex::assignInPage(Word& page, std::uint32_t from, std::uint32_t end, LeafHandle leaf) {
    if (from == 0 && end == pageLength) {
        release(page);
        page = leaf;
        return;
    }
    if (page == leaf)
        return;
    std::uint32_t whole[] = {interval(0, page)};
    std::uint32_t* intervals = whole;
    std::uint32_t count = 1;
    if ((page & arenaFlag) != 0) {
        std::uint32_t* block = m_arena.data() + (page & ~arenaFlag);
        count = block[0];
        intervals = block + 1;
    }
    // Those from `first` to before `last` give way; the last of them reached over the end, and goes on behind
    // it. Neighbours stay in different leaves.
    std::uint32_t first = 0;
    while (first < count && offsetOf(intervals[first]) < from)
        ++first;
    std::uint32_t last = first;
    while (last < count && offsetOf(intervals[last]) <= end)
        ++last;
    const LeafHandle reach = leafOfInterval(intervals[last - 1]);
    if (first == last && reach == leaf) // as it was
        return;
    std::array<std::uint32_t, 2> added;
    std::uint32_t addedCount = 0;
    if (first == 0 || leafOfInterval(intervals[first - 1]) != leaf)
        added[addedCount++] = interval(from, leaf);
    if (end < pageLength && reach != leaf)
        added[addedCount++] = interval(end, reach);

    const std::uint32_t now = count - (last - first) + addedCount;
    if (now == count) {
        std::copy_n(added.begin(), addedCount, intervals + first);
        return;
    }
    if (count > 1 && now > 1 && sizeClass(now + 1) == sizeClass(count + 1)) {
        std::memmove(intervals + first + addedCount, intervals + last,
                     (count - last) * sizeof(std::uint32_t));
        std::copy_n(added.begin(), addedCount, intervals + first);
        intervals[-1] = now;
        return;
    }
    std::array<std::uint32_t, pageLength + 1> all;
    std::copy_n(intervals, first, all.begin());
    std::copy_n(added.begin(), addedCount, all.begin() + first);
    std::copy(intervals + last, intervals + count, all.begin() + first + addedCount);
    setIntervals(page, all.data(), now);
}

void ElementIndex::setIntervals(Word& page, const std::uint32_t* intervals, std::uint32_t count) {
    if (count == 1) {
        release(page);
        page = leafOfInterval(intervals[0]);
        return;
    }
    const std::size_t size = sizeClass(count + 1);
    if ((page & arenaFlag) == 0 || sizeClass(m_arena[page & ~arenaFlag] + 1) != size) {
        release(page);
        if (m_free[size].empty()) {
            page = static_cast<Word>(m_arena.size()) | arenaFlag;
            m_arena.resize(m_arena.size() + (std::size_t{2} << size));
        } else {
            page = m_free[size].back() | arenaFlag;
            m_free[size].pop_back();
        }
    }
    std::uint32_t* block = m_arena.data() + (page & ~arenaFlag);
    block[0] = count;
    std::copy_n(intervals, count, block + 1);
}

void ElementIndex::release(Word page) {
    if ((page & arenaFlag) == 0)
        return;
    const std::uint32_t at = page & ~arenaFlag;
    m_free[sizeClass(m_arena[at] + 1)].push_back(at);
}

} // namespace tandem
