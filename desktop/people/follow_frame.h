// The frame around the text while someone is followed, with a label: "Following Ana · Esc". Lies over the
// view and lets the mouse through. Owned by the view.
#pragma once

#include <QWidget>

namespace tandem {

class FollowFrame final : public QWidget {
    Q_OBJECT
public:
    explicit FollowFrame(QWidget* view);

    void show(const QString& words, int color);
    const QString& words() const { return m_words; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_words;
    int m_color = 0;
};

} // namespace tandem
