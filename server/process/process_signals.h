// Turns SIGTERM, SIGINT and SIGHUP into Qt signals. Made first in main, before any thread, and once: all
// threads inherit the mask.
#pragma once

#include <QObject>

namespace tandem {

class ProcessSignals final : public QObject {
    Q_OBJECT
public:
    ProcessSignals();
    ~ProcessSignals() override;

    // Whether one has come that asks to stop and is told when the event loop goes on.
    bool stopIsPending() const;

signals:
    void stopAsked();
    // SIGHUP: what stands in files has changed.
    void reloadAsked();

private:
    int m_descriptor;
};

} // namespace tandem
