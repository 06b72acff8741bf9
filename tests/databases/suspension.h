// A process of a test that neither answers nor ends: all of its threads are stopped when suspend() returns,
// so that nothing it was asked afterwards is done before resume().
#pragma once

#include <QProcess>

namespace tandem {

void suspend(const QProcess& process);
void resume(const QProcess& process);

} // namespace tandem
