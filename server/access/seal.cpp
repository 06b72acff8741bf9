#include "access/seal.h"

#include "access/token.h"

#include <sodium.h>

namespace tandem {

namespace {

std::string keyOf(std::string_view word) {
    return sha256("seal\n" + std::string(word));
}

const unsigned char* raw(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* raw(std::string& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

} // namespace

std::string seal(std::string_view bytes, std::string_view word) {
    std::string nonce(crypto_secretbox_NONCEBYTES, '\0');
    randombytes_buf(nonce.data(), nonce.size());
    std::string box(crypto_secretbox_MACBYTES + bytes.size(), '\0');
    crypto_secretbox_easy(raw(box), raw(bytes), bytes.size(), raw(nonce), raw(keyOf(word)));
    return nonce + box;
}

std::optional<std::string> unseal(std::string_view sealed, std::string_view word) {
    if (sealed.size() < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES)
        return std::nullopt;
    const std::string_view nonce = sealed.substr(0, crypto_secretbox_NONCEBYTES);
    const std::string_view box = sealed.substr(nonce.size());
    std::string bytes(box.size() - crypto_secretbox_MACBYTES, '\0');
    if (crypto_secretbox_open_easy(raw(bytes), raw(box), box.size(), raw(nonce), raw(keyOf(word))) != 0)
        return std::nullopt;
    return bytes;
}

} // namespace tandem
