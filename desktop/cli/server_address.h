// Which server a command talks to: the option --server, on every command that has no document's address.
#pragma once

#include "base/result.h"

#include <QCommandLineOption>
#include <QUrl>

namespace tandem {

QCommandLineOption serverOption();

// http(s)://host[:port], else `invalidArgument`.
Result<QUrl> parseServer(const QString& text);

} // namespace tandem
