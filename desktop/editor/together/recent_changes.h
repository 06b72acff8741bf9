// What others just wrote, and what came while one was away, on a tint that fades in and out. Without fading
// where motion is not wanted: it goes after the same time. Owned by the page; the view and the clock must
// outlive it.
#pragma once

#include "base/clock.h"
#include "editor/document_binding.h"
#include "editor/editor_layer.h"

#include <QTimer>

#include <deque>

namespace tandem {

class EditorView;

class RecentChanges final : public QObject, public EditorLayer {
    Q_OBJECT
public:
    static constexpr std::int64_t comingMs = 300;
    static constexpr std::int64_t shownMs = 2'500;
    static constexpr std::int64_t fadingMs = 1'000;
    // Of more only the newest are shown: they are many.
    static constexpr std::size_t most = 200;

    RecentChanges(EditorView& view, const Clock& clock);
    ~RecentChanges() override;

    void setFades(bool fades) { m_fades = fades; }

    // 0, not shown, to 1.
    qreal opacityAt(int position) const;

    void paintUnder(QPainter& painter) override;

private:
    struct Stretch {
        int start = 0;
        int end = 0;
        std::int64_t begunMs = 0; // when its first part came
        std::int64_t atMs = 0;    // and its last
    };

    void follow(const TextChanges& changes, bool remote);
    qreal opacityOf(const Stretch& stretch) const;
    void forgetOld();

    EditorView& m_view;
    const Clock& m_clock;
    std::deque<Stretch> m_stretches; // oldest first
    QTimer m_timer;
    bool m_fades = true;
};

} // namespace tandem
