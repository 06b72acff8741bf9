// Something that is painted into an EditorView under or over its text: hits of a search, waves under words,
// tints. Owned by whoever makes it, who also removes it from the view before it goes.
#pragma once

class QPainter;

namespace tandem {

class EditorLayer {
public:
    virtual ~EditorLayer() = default;

    // Right before the view is painted; may change how blocks are laid out, not what they say.
    virtual void prepare() {}
    // In the viewport's coordinates.
    virtual void paintUnder(QPainter& /*painter*/) {}
    virtual void paintOver(QPainter& /*painter*/) {}
};

} // namespace tandem
