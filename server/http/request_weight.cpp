#include "http/request_weight.h"

#include "protocol/limits.h"

#include <algorithm>
#include <array>

namespace tandem {

std::int64_t weightOf(const HttpRequest& request) {
    static constexpr std::array<std::string_view, 7> costly = {"/history", "/changes", "/authors", "/revert",
                                                               "/import",  "/export",  "/digest"};
    const bool isCostly = request.query.contains("version") ||
                          std::any_of(costly.begin(), costly.end(), [&](std::string_view ending) {
                              return request.path.ends_with(ending);
                          });
    return isCostly ? limits::costlyRequestWeight : 1;
}

} // namespace tandem
