#include "theme/fitted_window.h"

#include <QEvent>
#include <QLayout>
#include <QWidget>

#include <algorithm>

namespace tandem::theme {

FittedWindow::FittedWindow(QWidget& window, int leastWidth)
    : QObject(&window), m_window(window), m_leastWidth(leastWidth) {
    m_window.installEventFilter(this);
    fit();
}

bool FittedWindow::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize)
        fit();
    return QObject::eventFilter(watched, event);
}

void FittedWindow::fit() {
    const QLayout& layout = *m_window.layout();
    const QSize least = layout.totalMinimumSize();
    const int width = std::max(m_leastWidth, least.width());
    const int height = layout.hasHeightForWidth()
                           ? layout.totalMinimumHeightForWidth(std::max(width, m_window.width()))
                           : least.height();
    if (m_window.minimumSize() != QSize(width, height))
        m_window.setMinimumSize(width, height);
}

} // namespace tandem::theme
