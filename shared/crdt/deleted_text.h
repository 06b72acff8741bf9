// What deleted elements said, so that nothing that anyone typed is lost: for undo and for saving a document
// with all its past. A log in the order of deleting; a question sorts it once. Owned by Document. After
// loading a document that was saved without it, some of it is not known. An element is deleted once.
#pragma once

#include "crdt/op_id.h"
#include "crdt/unit_log.h"

#include <string>
#include <string_view>
#include <vector>

namespace tandem {

using ReplicaIndex = std::uint32_t;

class DeletedText {
public:
    // Where the text of what goes is put first, in UTF-16; then each stretch of it is noted, in its order:
    // elements with successive counters and the units that they take. Amortized O(length).
    UnitLog& units() { return m_units; }
    const UnitLog& units() const { return m_units; }
    void note(ReplicaIndex replica, Counter first, Counter length, std::uint32_t units);
    // Of units that are not noted yet and stand for `all` elements: how many the first `some` of these take.
    std::uint32_t unitsOfNext(Counter some, std::size_t all) const {
        const std::uint32_t units = m_units.size() - m_noted;
        if (some == all)
            return units;
        return units == all ? some : m_units.unitsOf(m_noted, some);
    }

    // Both for one element.
    void add(ReplicaIndex replica, Counter counter, char16_t unit) {
        m_units.push_back(unit);
        note(replica, counter, 1, 1);
    }

    // Goes on behind the units of another log, which stay at their places; what they stand for is forgotten.
    void goOnBehind(DeletedText& earlier);

    // How far the log goes now.
    using Mark = std::size_t;
    Mark mark() {
        m_isOpen = false;
        return m_runs.size();
    }

    // Answers about the log as it is now, or what came into it after a mark; to be dropped at the next add().
    class Lookup {
    public:
        explicit Lookup(const DeletedText& deleted, Mark since = 0);

        // Calls `known(text)` or `unknown(count)` for the elements from `first` on, part by part.
        template <typename Known, typename Unknown>
        void visit(ReplicaIndex replica, Counter first, std::uint64_t length, Known&& known,
                   Unknown&& unknown) const;

    private:
        struct Part {
            Counter length = 0; // from the asked counter on
            std::u32string text;
        };
        // What is known from `first` on, at most `length`; without text: how many are not known.
        Part partAt(ReplicaIndex replica, Counter first, std::uint64_t length) const;

        const DeletedText& m_deleted;
        std::vector<std::uint32_t> m_sorted; // runs by replica and counter
    };

    std::size_t heapBytes() const { return m_runs.capacity() * sizeof(Run) + m_units.heapBytes(); }

private:
    // Elements deleted one after another: with rising counters or, by backspace, with falling ones. Trivial,
    // so that many are moved at once.
    struct Run {
        ReplicaIndex replica;
        Counter first; // the lowest
        Counter length;
        std::uint32_t units; // where its text begins
        bool falling;
    };

    std::vector<Run> m_runs;
    bool m_isOpen = false;     // the last run may still grow
    UnitLog m_units;           // elements in the order of deleting
    std::uint32_t m_noted = 0; // of the units
};

inline void DeletedText::note(ReplicaIndex replica, Counter first, Counter length, std::uint32_t units) {
    const std::uint32_t begin = m_noted;
    m_noted += units;
    if (m_isOpen && m_runs.back().replica == replica) {
        Run& last = m_runs.back();
        const bool isOne = last.length == 1;
        if (last.first == first + 1 && length == 1 && (last.falling || isOne)) {
            last.first = first;
            ++last.length;
            last.falling = true;
            return;
        }
        if (last.first + last.length == first && (!last.falling || isOne)) {
            last.length += length;
            last.falling = false;
            return;
        }
    }
    m_runs.push_back({replica, first, length, begin, false});
    m_isOpen = true;
}

template <typename Known, typename Unknown>
void DeletedText::Lookup::visit(ReplicaIndex replica, Counter first, std::uint64_t length, Known&& known,
                                Unknown&& unknown) const {
    while (length > 0) {
        const Part part = partAt(replica, first, length);
        if (part.text.empty())
            unknown(part.length);
        else
            known(part.text);
        first += part.length;
        length -= part.length;
    }
}

} // namespace tandem
