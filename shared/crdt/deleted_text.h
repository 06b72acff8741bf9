// What deleted elements said, so that nothing that anyone typed is lost: for undo and for saving a document
// with all its past. A log in the order of deleting; a question sorts it once. Owned by Document. After
// loading a document that was saved without it, some of it is not known. An element is deleted once.
#pragma once

#include "crdt/op_id.h"

#include <string>
#include <string_view>
#include <vector>

namespace tandem {

using ReplicaIndex = std::uint32_t;

class DeletedText {
public:
    // The text of elements with successive counters. Amortized O(length).
    void add(ReplicaIndex replica, Counter first, std::u32string_view text);
    // The same for text of the basic plane.
    void add(ReplicaIndex replica, Counter first, std::u16string_view units) {
        addRun(replica, first, static_cast<Counter>(units.size()));
        if (units.size() == 1)
            m_units.push_back(units.front());
        else
            m_units.append(units);
    }

    // The same for one element: quicker, where it stood before the one that went last, as backspace takes
    // them.
    void add(ReplicaIndex replica, Counter counter, char16_t unit) {
        if (m_runs.size() == m_closed || !m_runs.back().takesBefore(replica, counter)) {
            const char32_t c = unit;
            add(replica, counter, std::u32string_view(&c, 1));
            return;
        }
        m_runs.back().first = counter;
        ++m_runs.back().length;
        m_runs.back().falling = true;
        m_units.push_back(unit);
    }

    // How far the log goes now.
    using Mark = std::size_t;
    Mark mark() { return m_closed = m_runs.size(); }

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

    std::size_t heapBytes() const {
        return m_runs.capacity() * sizeof(Run) + m_units.capacity() * sizeof(char16_t);
    }

private:
    // Elements deleted one after another: with rising counters or, by backspace, with falling ones.
    struct Run {
        ReplicaIndex replica = 0;
        Counter first = 0; // the lowest
        Counter length = 0;
        std::uint32_t units = 0; // where its text begins
        bool falling = false;

        bool takesBefore(ReplicaIndex from, Counter counter) const {
            return replica == from && counter + 1 == first && (falling || length == 1);
        }
    };

    void addRun(ReplicaIndex replica, Counter first, Counter length) {
        Run* const last = m_runs.size() == m_closed ? nullptr : &m_runs.back();
        if (last && last->replica == replica && last->first + last->length == first &&
            (!last->falling || last->length == 1)) {
            last->length += length;
            last->falling = false;
        } else if (last && length == 1 && last->takesBefore(replica, first)) {
            last->first = first;
            ++last->length;
            last->falling = true;
        } else {
            m_runs.push_back({replica, first, length, static_cast<std::uint32_t>(m_units.size()), false});
        }
    }

    std::vector<Run> m_runs;
    Mark m_closed = 0;      // runs before are as they stay
    std::u16string m_units; // elements in the order of deleting
};

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
