// Where the certificate is that the server shows. A plain value.
#pragma once

#include <string>

namespace tandem {

struct TlsFiles {
    std::string certificate; // PEM, with the certificates between it and the authority's behind it
    std::string key;         // PEM, without a password
};

} // namespace tandem
