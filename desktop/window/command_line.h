// What the command line asks for.
#pragma once

#include "qt/document_url.h"

#include <optional>

namespace tandem {

struct CommandLine {
    QString name;    // for this run; empty: the usual one
    QString address; // as it was given
    std::optional<QUrl> server;
    std::optional<DocumentUrl> document;

    // What another start of the program is told; empty: nothing in particular.
    QString wish() const { return address.isEmpty() && server ? server->toString() : address; }
};

// Needs a QCoreApplication, and no display. Answers --help, --version and mistakes by itself: the first two
// end the program; nothing after a mistake, which it has told.
std::optional<CommandLine> parseCommandLine();

} // namespace tandem
