// A letter as it is sent and stored: RFC 5322 with MIME. Nothing that a stranger puts into it becomes a
// header. Pure.
#pragma once

#include <cstdint>
#include <string>

namespace tandem {

struct Mail {
    std::string id;   // of the job, which is the same at each try: letters, digits, - and _
    std::string from; // isMailAddress(), as is `to`
    std::string to;
    std::string subject; // UTF-8 of any kind
    std::string text;    // UTF-8 of any kind
    std::int64_t dateMs = 0;
};

// The id of the letter: who gets it twice can tell.
std::string messageId(const Mail& mail);

// Lines end with CR LF and have at most 76 characters, all of ASCII. Dots at their beginning are not doubled.
std::string encodeMail(const Mail& mail);

} // namespace tandem
