// Gives the answers about one document in the order of the questions, although reading and writing have a
// thread each. Owned by SqlCalls; lives on the event-loop thread.
#pragma once

#include "base/ids.h"

#include <deque>
#include <functional>
#include <memory>
#include <unordered_map>

namespace tandem {

class AnswerOrder {
public:
    struct Question {
        DocumentId document;
        std::function<void()> answer; // empty until it came
    };
    using Ticket = std::shared_ptr<Question>;

    Ticket ask(const DocumentId& document);
    // Calls `answer` now, or once all earlier questions of that document have theirs.
    void answer(const Ticket& ticket, std::function<void()> answer);

private:
    std::unordered_map<DocumentId, std::deque<Ticket>> m_open;
};

} // namespace tandem
