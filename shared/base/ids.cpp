#include "base/ids.h"

#include "base/base64url.h"

#include <algorithm>

namespace tandem {

bool isDocumentId(std::string_view text) {
    const auto allowed = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-';
    };
    return text.size() >= 16 && text.size() <= 64 && std::all_of(text.begin(), text.end(), allowed);
}

ReplicaId makeReplicaId(Random& random) {
    return 1 + random.below(maxReplicaId);
}

std::string makeRandomId(Random& random) {
    std::string bytes;
    for (int word = 0; word < 2; ++word) {
        const std::uint64_t bits = random.bits();
        for (int shift = 0; shift < 64; shift += 8)
            bytes.push_back(static_cast<char>(bits >> shift));
    }
    return toBase64Url(bytes);
}

} // namespace tandem
