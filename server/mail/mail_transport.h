// The way that letters take. Owned by main; `send` may be called on any thread, on several at once, and
// waits.
#pragma once

#include "mail/mail_message.h"

#include <functional>
#include <optional>

namespace tandem {

struct MailRefusal {
    std::string why;        // a sentence without addresses, passwords or text
    bool isForGood = false; // the same letter would be refused again
};

class MailTransport {
public:
    virtual ~MailTransport() = default;

    // Nothing: it is on its way. A letter of the same id may have been sent before, if the answer was lost.
    virtual std::optional<MailRefusal> send(const Mail& mail, const std::function<bool()>& shouldStop) = 0;
};

} // namespace tandem
