// Bytes to begin fuzzing with: one of each kind there is, made by the encoders themselves.
#pragma once

#include <string>
#include <vector>

namespace tandem::fuzz {

std::vector<std::string> messageSeeds();
std::vector<std::string> changeSeeds();
std::vector<std::string> changeStreamSeeds();
std::vector<std::string> snapshotSeeds();
std::vector<std::string> replicaSeeds();

} // namespace tandem::fuzz
