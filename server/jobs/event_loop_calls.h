// How a job, on its thread, asks the stores, which live on the event loop: it has the loop ask and waits.
// What is read, decoded and written is done on the database's threads and on the job's own; the loop only
// passes it on. Do not wait on the event loop itself.
#pragma once

#include "base/result.h"

#include <functional>
#include <future>
#include <memory>

namespace tandem {

class EventLoopCalls {
public:
    virtual ~EventLoopCalls() = default;

    // Has `work` done on the event loop, soon. May be called on any thread.
    virtual void post(std::function<void()> work) = 0;
};

// `ask` is given what a store is to call back.
template <typename T, typename Ask>
Result<T> waitFor(EventLoopCalls& loop, Ask ask) {
    const auto answer = std::make_shared<std::promise<Result<T>>>();
    auto coming = answer->get_future();
    loop.post([answer, ask = std::move(ask)] {
        ask([answer](Result<T> given) { answer->set_value(std::move(given)); });
    });
    return coming.get();
}

} // namespace tandem
