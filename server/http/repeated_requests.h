// Answers a POST that comes again with the same Idempotency-Key as it was answered the first time. Stands in
// front of the router. Answers may hold secrets: they are stored sealed with the key, which is not stored.
// Lives on the event loop; owned by main, which also owns what it borrows.
#pragma once

#include "http/router.h"
#include "storage/answer_store.h"

#include <memory>

namespace tandem {

class RepeatedRequests {
public:
    RepeatedRequests(const Router& router, AnswerStore& answers)
        : m_router(router), m_answers(answers), m_alive(std::make_shared<bool>(true)) {}
    ~RepeatedRequests() { *m_alive = false; }

    // 409 while the first one is being answered, 422 when the key came with another request.
    void route(HttpRequest request, HttpRespond respond);

private:
    void answer(HttpRequest request, HttpRespond respond);

    const Router& m_router;
    AnswerStore& m_answers;
    std::shared_ptr<bool> m_alive; // guards callbacks of the store
};

} // namespace tandem
