#include "crdt/op.h"

namespace tandem {

Counter counterCount(const Op& op) {
    if (const auto* insert = std::get_if<InsertOp>(&op))
        return static_cast<Counter>(insert->text.size());
    return 1;
}

} // namespace tandem
