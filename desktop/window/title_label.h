// A line of plain text that takes the room it gets and is cut with an ellipsis. Owned by the bar it stands
// in.
#pragma once

#include <QWidget>

namespace tandem {

class TitleLabel final : public QWidget {
    Q_OBJECT
public:
    explicit TitleLabel(QWidget* parent = nullptr);

    void setText(const QString& text);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
};

} // namespace tandem
