// An own change as bytes that tell by themselves what they are: found and checked anywhere in a damaged file,
// they can be sent to the server that they are for. Pure functions.
#pragma once

#include "client/open_document.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tandem {

struct OwnRecord {
    std::string document; // key of LocalStore
    std::string epoch;    // of the log that it was made for; empty: of none
    std::string key;      // of its replica
    Outbox::Entry change;
};

std::string encodeOwn(const OwnRecord& record);
// Nothing when a byte is another than it was.
std::optional<OwnRecord> decodeOwn(std::string_view bytes);
// All that are whole, in the order of the bytes.
std::vector<OwnRecord> findOwn(std::string_view bytes);

// Another's change, with a checksum.
std::string encodeCommitted(std::string_view change);
std::optional<std::string> decodeCommitted(std::string_view bytes);

} // namespace tandem
