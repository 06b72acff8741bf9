#include "backup/running_hash.h"

#include <sodium.h>

namespace tandem {

struct RunningHash::State {
    crypto_hash_sha256_state sha;
};

RunningHash::RunningHash() : m_state(std::make_unique<State>()) {
    crypto_hash_sha256_init(&m_state->sha);
}

RunningHash::~RunningHash() = default;

void RunningHash::add(std::string_view bytes) {
    crypto_hash_sha256_update(&m_state->sha, reinterpret_cast<const unsigned char*>(bytes.data()),
                              bytes.size());
}

std::string RunningHash::value() const {
    crypto_hash_sha256_state copy = m_state->sha;
    std::string hash(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256_final(&copy, reinterpret_cast<unsigned char*>(hash.data()));
    return hash;
}

} // namespace tandem
