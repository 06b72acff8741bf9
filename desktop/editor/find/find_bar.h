// Where text is searched for and replaced, below or above an editor: what is found shows while one types, and
// stays true while others edit, without moving the view. Owned by the page that shows it; lives on the
// event-loop thread; the view must outlive it.
#pragma once

#include "editor/find/text_search.h"

#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QToolButton;

namespace tandem {

class EditorView;

class FindBar final : public QWidget {
    Q_OBJECT
public:
    explicit FindBar(EditorView& view, QWidget* parent = nullptr);

    // Shows the bar and takes the focus; what is selected, if it is one line, is what is searched for.
    void find();
    void replace();
    // Hides it; the text has the focus again.
    void dismiss();

    void findNext();
    void findPrevious();
    void replaceOne();
    void replaceAll();

    const TextSearch& search() const { return m_search; }
    // What stands beside the field: "3 of 41", or why there is nothing.
    QString words() const;

    // For menus and the palette: find, replace, next, previous.
    const QList<QAction*>& actions() const { return m_actions; }

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    enum class Direction { none, next, previous };

    void makeActions();
    void makeRows();
    QToolButton* makeToggle(const QString& text, const QString& name);
    QToolButton* makeButton(const QString& text, const QString& name, void (FindBar::*use)());
    void open(bool withReplacement);
    void takePattern();
    void takeScope(bool within);
    void go(Direction direction);
    void tryToGo();
    void show(const TextSearch::Hit& hit);
    std::optional<TextSearch::Hit> selectedHit() const;
    void tell();

    EditorView& m_view;
    TextSearch m_search;
    QLineEdit* m_field = nullptr;
    QLineEdit* m_replacement = nullptr;
    QWidget* m_replacementRow = nullptr;
    QLabel* m_words = nullptr;
    QToolButton* m_regex = nullptr;
    QToolButton* m_case = nullptr;
    QToolButton* m_wholeWord = nullptr;
    QToolButton* m_within = nullptr;
    QList<QAction*> m_actions;
    // What was asked for before the place was looked through, and from where.
    Direction m_wanted = Direction::none;
    int m_wantedFrom = 0;
    Anchor m_origin;    // where the caret was when the search began
    QString m_replaced; // told until the next search
};

} // namespace tandem
