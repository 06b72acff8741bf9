// Runs the real tandem-cli in tests; the event loop goes on meanwhile.
#pragma once

#include <QByteArray>
#include <QStringList>

namespace tandem {

struct CliResult {
    int exitCode = -1; // -1: it did not end by itself in time
    QByteArray output; // standard output
    QByteArray errors;
};

CliResult runCli(const QStringList& arguments, const QByteArray& input = {});

} // namespace tandem
