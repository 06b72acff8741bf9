#include "crdt/text_diff.h"

#include "crdt/shortest_edits.h"

#include <list>
#include <unordered_map>

namespace tandem {

namespace {

constexpr std::size_t maxEdits = 6'000;
constexpr std::size_t maxSteps = 60'000'000;

// Appends the splice, joined with the last one if they touch.
void add(std::vector<Splice>& splices, Splice splice) {
    if (splice.deleted == 0 && splice.inserted.empty())
        return;
    if (!splices.empty() && splices.back().index + splices.back().deleted == splice.index) {
        splices.back().deleted += splice.deleted;
        splices.back().inserted += splice.inserted;
        return;
    }
    splices.push_back(std::move(splice));
}

// The lines of both texts as numbers, equal for equal lines.
class Lines {
public:
    std::vector<std::size_t> numbersOf(std::u32string_view text) {
        std::vector<std::size_t> numbers;
        while (!text.empty()) {
            const std::size_t end = text.find(U'\n');
            const std::u32string_view line = text.substr(0, end == text.npos ? end : end + 1);
            numbers.push_back(m_numbers.emplace(line, m_numbers.size()).first->second);
            text.remove_prefix(line.size());
        }
        return numbers;
    }

private:
    std::unordered_map<std::u32string_view, std::size_t> m_numbers;
};

// Where each line begins; the end of the text behind them.
std::vector<std::size_t> beginsOf(std::u32string_view text) {
    std::vector<std::size_t> begins{0};
    for (std::size_t end = text.find(U'\n'); end != text.npos; end = text.find(U'\n', end + 1))
        begins.push_back(end + 1);
    if (begins.back() != text.size())
        begins.push_back(text.size());
    return begins;
}

} // namespace

std::vector<Splice> splicesBetween(std::u32string_view before, std::u32string_view after) {
    std::vector<Splice> splices;
    const auto take = [&](const std::vector<Hunk>& hunks, std::size_t beforeStart, std::size_t afterStart) {
        for (const Hunk& hunk : hunks)
            add(splices, {beforeStart + hunk.before, hunk.deleted,
                          std::u32string(after.substr(afterStart + hunk.after, hunk.inserted))});
    };
    ShortestEdits<char32_t> whole({before.data(), before.size()}, {after.data(), after.size()}, maxEdits,
                                  maxSteps);
    const std::vector<Hunk> found = whole.find();
    if (whole.isShortest()) {
        take(found, 0, 0);
        return splices;
    }
    Lines lines;
    const std::vector<std::size_t> beforeLines = lines.numbersOf(before);
    const std::vector<std::size_t> afterLines = lines.numbersOf(after);
    const std::vector<std::size_t> beforeBegins = beginsOf(before);
    const std::vector<std::size_t> afterBegins = beginsOf(after);
    ShortestEdits<std::size_t> byLine(beforeLines, afterLines, maxEdits, maxSteps);
    for (const Hunk& hunk : byLine.find()) {
        const std::size_t beforeStart = beforeBegins[hunk.before];
        const std::size_t afterStart = afterBegins[hunk.after];
        const std::u32string_view old =
            before.substr(beforeStart, beforeBegins[hunk.before + hunk.deleted] - beforeStart);
        const std::u32string_view fresh =
            after.substr(afterStart, afterBegins[hunk.after + hunk.inserted] - afterStart);
        ShortestEdits<char32_t> within({old.data(), old.size()}, {fresh.data(), fresh.size()}, maxEdits / 10,
                                       maxSteps / 100);
        take(within.find(), beforeStart, afterStart);
    }
    return splices;
}

// A piece is a range of the first text, or an insertion.
Result<std::vector<Splice>> splicesOfSequence(std::size_t length, const std::vector<Splice>& edits) {
    struct Piece {
        std::size_t index = 0;
        std::size_t length = 0;
        std::u32string inserted;
        std::size_t size() const { return length + inserted.size(); }
    };
    std::list<Piece> pieces;
    if (length > 0)
        pieces.push_back({0, length, {}});
    std::size_t now = length;
    // Cuts at `index`; gives the piece that begins there.
    const auto cutAt = [&pieces](std::size_t index) {
        auto piece = pieces.begin();
        while (piece != pieces.end() && index >= piece->size()) {
            index -= piece->size();
            ++piece;
        }
        if (index == 0 || piece == pieces.end())
            return piece;
        Piece head = piece->length > 0 ? Piece{piece->index, index, {}}
                                       : Piece{0, 0, piece->inserted.substr(0, index)};
        if (piece->length > 0) {
            piece->index += index;
            piece->length -= index;
        } else {
            piece->inserted.erase(0, index);
        }
        pieces.insert(piece, std::move(head));
        return piece;
    };
    for (const Splice& edit : edits) {
        if (edit.index > now || edit.deleted > now - edit.index)
            return Error{ErrorCode::outOfRange, "an edit is beyond the text"};
        const auto end = cutAt(edit.index + edit.deleted);
        const auto begin = cutAt(edit.index);
        pieces.erase(begin, end);
        if (!edit.inserted.empty())
            pieces.insert(end, {0, 0, edit.inserted});
        now = now - edit.deleted + edit.inserted.size();
    }
    std::vector<Splice> splices;
    std::size_t place = 0; // in the first text
    for (Piece& piece : pieces) {
        if (piece.length == 0) {
            add(splices, {place, 0, std::move(piece.inserted)});
            continue;
        }
        add(splices, {place, piece.index - place, {}});
        place = piece.index + piece.length;
    }
    add(splices, {place, length - place, {}});
    return splices;
}

} // namespace tandem
