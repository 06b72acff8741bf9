// Keeps a window at least as large as what is in it needs now. Qt sees to that within windows; of a window
// itself it forgets how high words are once they break into more lines than before. Owned by the window;
// lives on the event-loop thread.
#pragma once

#include <QObject>

class QWidget;

namespace tandem::theme {

class FittedWindow final : public QObject {
    Q_OBJECT
public:
    // The window has its layout already, and is never narrower than `leastWidth`.
    FittedWindow(QWidget& window, int leastWidth);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fit();

    QWidget& m_window;
    int m_leastWidth;
};

} // namespace tandem::theme
