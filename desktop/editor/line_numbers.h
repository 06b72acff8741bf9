// The column of line numbers at the left of the editor. Owned by the EditorView whose blocks it numbers.
#pragma once

#include <QWidget>

namespace tandem {

class EditorView;

class LineNumbers final : public QWidget {
    Q_OBJECT
public:
    explicit LineNumbers(EditorView& view);

    // As wide as the highest number needs.
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    EditorView& m_view;
};

} // namespace tandem
