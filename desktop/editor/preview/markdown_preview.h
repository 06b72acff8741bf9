// What Markdown looks like, beside the text while it is typed. Made by another thread a moment after an edit;
// of a large text only what is around the lines in sight. Scrolls with the text. Links show where they lead
// before they are opened; nothing is ever fetched. Owned by the page; lives on the event-loop thread; the
// view must outlive it.
#pragma once

#include <QTextBrowser>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace tandem {

class EditorView;

class MarkdownPreview final : public QTextBrowser {
    Q_OBJECT
public:
    // Of a larger text a part of about this size is shown, in UTF-16 units.
    static constexpr int largestWhole = 100'000;
    static constexpr int delayMs = 150;

    explicit MarkdownPreview(EditorView& view, QWidget* parent = nullptr);
    ~MarkdownPreview() override;

    // Opens what the person has agreed to; the system's browser unless a test sets another.
    void setOpener(std::function<void(const QUrl&)> open) { m_open = std::move(open); }

    bool isCurrent() const { return !m_isStale && !m_isRendering; }
    // The first line of the source, from 0, of what stands at the top.
    int firstLineInSight() const;

    QVariant loadResource(int type, const QUrl& name) override;

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Place {
        int line = 0; // of the source
        int block = 0;
    };
    struct Source {
        QString text;
        int firstLine = 0;
        int lastLine = 0;
    };

    void noteEdit();
    void render();
    void take(std::shared_ptr<QTextDocument> document);
    Source source() const;
    void findPlaces();
    qreal topOf(int block) const;
    void followEditor();
    void leadEditor();
    void askAbout(const QUrl& link);

    EditorView& m_view;
    std::function<void(const QUrl&)> m_open;
    std::shared_ptr<QTextDocument> m_shown;
    std::vector<Place> m_places;
    QTimer m_delay;
    int m_firstLine = 0; // of the source that is shown
    int m_lastLine = 0;
    bool m_isStale = true;
    bool m_isRendering = false;
    bool m_isScrolling = false; // because the other one does
    bool m_isBehind = false;    // the place to scroll to has not been laid out yet
};

} // namespace tandem
