// The few REST calls that a measurement begins and ends with, one after the other.
#pragma once

#include "base/result.h"
#include "load/load_socket.h"

#include <string>

namespace tandem::load {

// Makes an empty document; its id.
Result<std::string> createDocument(const ServerAddress& server, const std::string& title);
// The text of a document, as the server has it.
Result<std::string> textOf(const ServerAddress& server, const std::string& document);

} // namespace tandem::load
