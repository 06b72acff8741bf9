#include "editor/text/idle_work.h"

#include <QElapsedTimer>

namespace tandem {

IdleWork::IdleWork(Step step) : m_step(std::move(step)) {
    m_timer.setInterval(0);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { doSlice(); });
}

void IdleWork::start() {
    if (!m_timer.isActive())
        m_timer.start();
}

void IdleWork::finish() {
    m_timer.stop();
    while (m_step()) {
    }
}

void IdleWork::doSlice() {
    QElapsedTimer spent;
    spent.start();
    do {
        if (!m_step()) {
            m_timer.stop();
            return;
        }
    } while (spent.elapsed() < sliceMs);
}

} // namespace tandem
