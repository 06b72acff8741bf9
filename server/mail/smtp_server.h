// A server that takes letters, as SMTP_URL names it. A plain value; its password is for the server only.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace tandem {

enum class SmtpTls {
    fromTheStart, // smtps
    required,     // STARTTLS, or nothing is sent
    ifOffered,    // STARTTLS where the server has it
    never,
};

struct SmtpServer {
    std::string host; // a name or an address, an IPv6 one without brackets
    std::uint16_t port = 0;
    SmtpTls tls = SmtpTls::ifOffered;
    std::string user; // empty: it asks for none
    std::string password;
    std::string authorities; // file of certificates to trust instead of the system's; empty: those
};

// smtp://[user:password@]host[:port][?starttls=required|never][&ca=/path] or smtps://..., with what is
// special in user and password as %40. With a password STARTTLS is required. The error's sentence does not
// repeat what stands there.
Result<SmtpServer> parseSmtpUrl(std::string_view url);

} // namespace tandem
