// What is done with bytes from anyone, as libFuzzer and the ordinary tests do it: nothing may crash, hang or
// take more memory than the bytes are worth, and what is accepted must be sound.
#pragma once

#include <string_view>

namespace tandem::fuzz {

// Frames of all four kinds, binary and JSON: what decodes comes back from its own bytes.
void message(std::string_view bytes);
// Changes: what decodes has these bytes and no others; a replica takes or refuses it and stays sound.
void change(std::string_view bytes);
// A stream of changes, each with its length before it: it stays in step with a writer, or ends.
void changeStream(std::string_view bytes);
// Snapshots: what decodes is a sound replica, which goes on and comes back from its own bytes.
void snapshot(std::string_view bytes);
// A replica under a series of changes, each with its length before it: as if from many strangers.
void replica(std::string_view bytes);

} // namespace tandem::fuzz
