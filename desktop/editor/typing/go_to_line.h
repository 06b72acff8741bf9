// A bar that asks for a line, or line:column, and goes there. Owned by the page that shows it; the view must
// outlive it.
#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;

namespace tandem {

class EditorView;

class GoToLine final : public QWidget {
    Q_OBJECT
public:
    explicit GoToLine(EditorView& view, QWidget* parent = nullptr);

    void ask();
    void dismiss();
    // False: that is no line. The first line is 1; what is beyond the end is the last one.
    bool go(const QString& place);

    QAction* action() const { return m_action; }

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    EditorView& m_view;
    QLineEdit* m_field;
    QLabel* m_words;
    QAction* m_action;
};

} // namespace tandem
