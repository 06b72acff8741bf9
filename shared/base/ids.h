// Ids of replicas and documents.
#pragma once

#include "base/random.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace tandem {

// Who makes element ids in one copy of a document: 1 to 2^53-1, so that it fits a JSON number. 0 is the
// root's.
using ReplicaId = std::uint64_t;
constexpr ReplicaId maxReplicaId = (ReplicaId{1} << 53) - 1;

// Numbers a replica's elements and deletes, from 1, without holes.
using Counter = std::uint32_t;
constexpr Counter maxCounter = 0xFFFF'FFFF;

// Place of a change in its document's log, from 1. Clients call it version.
using Seq = std::uint64_t;

// `[A-Za-z0-9_-]{16,64}`
using DocumentId = std::string;
bool isDocumentId(std::string_view text);

ReplicaId makeReplicaId(Random& random);
// 128 random bits in base64url: 22 characters. For document ids, keys, epochs, sessions.
std::string makeRandomId(Random& random);

} // namespace tandem
