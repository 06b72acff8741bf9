// All places of a document that a pattern matches, kept true while people edit. It looks through the
// replica's text, which holds what a QTextDocument shows differently, in slices while nothing else is to be
// done; after an edit only what may have changed is looked through again. Owned by a FindBar; lives on the
// event-loop thread; the view must outlive it.
#pragma once

#include "editor/editor_layer.h"
#include "editor/find/search_pattern.h"
#include "editor/text/idle_work.h"
#include "editor/text/pending_ranges.h"

#include <QObject>

#include <optional>
#include <vector>

namespace tandem {

class EditorView;

class TextSearch final : public QObject, public EditorLayer {
    Q_OBJECT
public:
    struct Hit {
        int start = 0;
        int end = 0;

        friend bool operator==(const Hit&, const Hit&) = default;
    };

    explicit TextSearch(EditorView& view);
    ~TextSearch() override;

    void setPattern(SearchPattern pattern);
    const SearchPattern& pattern() const { return m_pattern; }
    // Only what lies between the two anchors, wherever they go; nothing: everywhere.
    void searchWithin(std::optional<Selection> scope);
    bool hasScope() const { return m_scope.has_value(); }

    const std::vector<Hit>& hits() const { return m_hits; } // in order; more may come
    bool isComplete() const { return m_pending.empty(); }
    // Why there are no more hits than these, for people.
    const QString& problem() const { return m_problem; }

    // The first hit that starts at `position` or later, or the last one that ends there or before. Nothing
    // when there is none, or, while it is not complete, none that is surely the one.
    std::optional<Hit> hitFrom(int position) const;
    std::optional<Hit> hitBefore(int position) const;
    // 0-based.
    std::optional<std::size_t> indexOf(const Hit& hit) const;
    // At most so many of the hits that touch the range.
    std::vector<Hit> hitsWithin(int start, int end, std::size_t most) const;

    // What replaces all hits, looked up at once in the text of now. nullopt with problem().
    std::optional<std::vector<TextReplacement>> replacements(const QString& by);
    std::optional<TextReplacement> replacementOf(const Hit& hit, const QString& by);

    // Looks through all that is left, at once: for tests and measurements.
    void finish();

    void paintUnder(QPainter& painter) override;

signals:
    void changed(); // hits, isComplete, problem

private:
    struct Window {
        QString text;
        int origin = 0; // where it starts in the document
    };

    void startAnew();
    void follow(const TextChanges& changes);
    bool step();
    bool searchRange(PendingRanges::Range range, std::vector<Hit>& hits);
    Window window(int start, int end) const;
    PendingRanges::Range scopeRange() const;
    PendingRanges::Range wholeLines(PendingRanges::Range range) const;
    void giveUp();

    EditorView& m_view;
    SearchPattern m_pattern;
    std::optional<Selection> m_scope;
    std::vector<Hit> m_hits;
    PendingRanges m_pending;
    QString m_problem;
    IdleWork m_work;
    int m_from = 0;     // where it was begun: what is near comes first
    int m_window = 256; // starts tried in one go; grows while that is quick
};

} // namespace tandem
