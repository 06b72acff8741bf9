#include "storage/sql/answer_order.h"

namespace tandem {

AnswerOrder::Ticket AnswerOrder::ask(const DocumentId& document) {
    auto ticket = std::make_shared<Question>();
    ticket->document = document;
    m_open[document].push_back(ticket);
    return ticket;
}

void AnswerOrder::answer(const Ticket& ticket, std::function<void()> answer) {
    ticket->answer = std::move(answer);
    // An answer may ask again: look the queue up each time.
    while (true) {
        const auto queue = m_open.find(ticket->document);
        if (queue == m_open.end())
            return;
        if (queue->second.empty()) {
            m_open.erase(queue);
            return;
        }
        if (!queue->second.front()->answer)
            return;
        const Ticket first = std::move(queue->second.front());
        queue->second.pop_front();
        first->answer();
    }
}

} // namespace tandem
