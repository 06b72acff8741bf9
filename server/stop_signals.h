// Turns SIGTERM and SIGINT into a Qt signal. Made first in main, before any thread, and once: all threads
// inherit the mask.
#pragma once

#include <QObject>

namespace tandem {

class StopSignals final : public QObject {
    Q_OBJECT
public:
    StopSignals();
    ~StopSignals() override;

    // Whether one has come that is told when the event loop goes on.
    bool isPending() const;

signals:
    void received();

private:
    int m_descriptor;
};

} // namespace tandem
