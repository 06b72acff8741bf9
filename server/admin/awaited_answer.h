// How a command, which has nothing else to do, asks a store.
#pragma once

#include "base/result.h"

#include <QEventLoop>

#include <optional>

namespace tandem {

// Waits for an answer that comes on this thread's event loop.
template <typename T, typename Ask>
Result<T> wait(Ask ask) {
    std::optional<Result<T>> answer;
    QEventLoop loop;
    ask([&](Result<T> given) {
        answer.emplace(std::move(given));
        loop.quit();
    });
    if (!answer)
        loop.exec();
    return std::move(*answer);
}

} // namespace tandem
