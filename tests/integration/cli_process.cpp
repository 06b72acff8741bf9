#include "integration/cli_process.h"

#include "integration/waiting.h"

#include <QProcess>

namespace tandem {

CliResult runCli(const QStringList& arguments, const QByteArray& input) {
    constexpr int timeoutMs = 240'000;
    QProcess process;
    process.start(QStringLiteral(TANDEM_CLI_PROGRAM), arguments);
    process.write(input);
    process.closeWriteChannel();
    const bool ended = waitUntil([&process] { return process.state() == QProcess::NotRunning; }, timeoutMs);
    if (!ended) {
        process.kill();
        process.waitForFinished();
    }
    const bool byItself = ended && process.exitStatus() == QProcess::NormalExit;
    return {byItself ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

} // namespace tandem
