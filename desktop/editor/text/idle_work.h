// Work cut into small steps that are done while the event loop has nothing else to do, so that no key waits
// for it. Owned by whoever has the work; lives on the event-loop thread.
#pragma once

#include <QTimer>

#include <functional>

namespace tandem {

class IdleWork {
public:
    // Does one step, of well under a millisecond if it can be; false: that was all.
    using Step = std::function<bool()>;

    // How long one turn of the event loop may go on with it.
    static constexpr std::int64_t sliceMs = 4;

    explicit IdleWork(Step step);

    void start();
    void stop() { m_timer.stop(); }
    bool isActive() const { return m_timer.isActive(); }
    // All that is left, at once.
    void finish();

private:
    void doSlice();

    Step m_step;
    QTimer m_timer;
};

} // namespace tandem
