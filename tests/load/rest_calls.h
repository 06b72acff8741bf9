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
// Asks for an export of a document; the job's id.
Result<std::string> enqueueExport(const ServerAddress& server, const std::string& document,
                                  const std::string& format);
// How many jobs are not finished.
Result<std::uint64_t> waitingJobs(const ServerAddress& server);

} // namespace tandem::load
