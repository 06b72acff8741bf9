// What an editor does with lines: indenting, moving, doubling, joining, commenting; Enter that keeps the
// indentation, Tab, and Home that knows where a line's text begins. Takes these keys from its view; each
// command is one step of undo and touches nothing but the lines it is about. Owned by the page; lives on the
// event-loop thread; the view must outlive it.
#pragma once

#include "editor/editor_view.h"
#include "editor/typing/typing_style.h"

#include <QObject>
#include <QTextBlock>

#include <optional>

class QAction;

namespace tandem {

class LineCommands final : public QObject {
    Q_OBJECT
public:
    explicit LineCommands(EditorView& view);

    const TypingStyle& style() const { return m_style; }
    void setStyle(const TypingStyle& style);
    void setHabits(const LineHabits& habits);

    void indent();
    void unindent();
    void duplicate();
    void moveUp();
    void moveDown();
    void join();
    void remove();
    void toggleComment();

    const QList<QAction*>& actions() const { return m_actions; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    // Whole lines of the document that the selection touches.
    struct Lines {
        QTextBlock first;
        QTextBlock last;
        int start = 0;
        int end = 0; // before the line feed of the last
    };

    void makeActions();
    Lines selectedLines() const;
    bool takeKey(const QKeyEvent& event);
    bool takeEnter();
    void takeTab();
    bool takeHome(bool selects);
    // What the next line of a Markdown list or quote begins with; nullopt when it ends here.
    std::optional<QString> listMark(const QString& line, bool* isEmpty) const;
    QString indentation() const;
    void replaceInLines(const std::vector<TextReplacement>& replacements);
    std::vector<TextReplacement> commented(const Lines& lines) const;
    std::vector<TextReplacement> uncommented(const Lines& lines) const;

    EditorView& m_view;
    TypingStyle m_style;
    LineHabits m_habits;
    QList<QAction*> m_actions;
    QAction* m_comment = nullptr;
};

} // namespace tandem
