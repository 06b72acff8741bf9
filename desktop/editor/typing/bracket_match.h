// The bracket at the caret and the one that belongs to it, in boxes. Owned by the page; lives on the
// event-loop thread; the view must outlive it. Looks no further than `farthest` characters, so that no key
// waits for it.
#pragma once

#include "editor/editor_layer.h"

#include <QObject>

#include <optional>

namespace tandem {

class EditorView;

class BracketMatch final : public QObject, public EditorLayer {
    Q_OBJECT
public:
    static constexpr int farthest = 20'000;

    explicit BracketMatch(EditorView& view);
    ~BracketMatch() override;

    struct Pair {
        int open = 0;
        int close = 0;

        friend bool operator==(const Pair&, const Pair&) = default;
    };
    // Of the bracket after the caret, else of the one before it.
    std::optional<Pair> pairAtCaret() const;
    // The caret to the other one.
    void jump();

    void paintUnder(QPainter& painter) override;

private:
    std::optional<Pair> pairOf(int position) const;

    EditorView& m_view;
};

} // namespace tandem
