#include "storage/commit_pace.h"

#include <algorithm>

namespace tandem {

namespace {
constexpr std::int64_t window = 3'000; // far below what anyone feels
constexpr double worthwhile = 500;     // a second: then another one comes along, as a rule two
constexpr double memoryUs = 100'000;
} // namespace

void CommitPace::begins(std::vector<DocumentId> documents, std::int64_t nowUs) {
    std::sort(documents.begin(), documents.end());
    const auto others = std::count_if(documents.begin(), documents.end(), [this](const DocumentId& document) {
        return !std::binary_search(m_before.begin(), m_before.end(), document);
    });
    const double passedUs = static_cast<double>(std::max<std::int64_t>(1, nowUs - m_beganUs));
    const double perSecond = static_cast<double>(others) * 1e6 / passedUs;
    m_perSecond += (perSecond - m_perSecond) * passedUs / (passedUs + memoryUs);
    m_before = std::move(documents);
    m_beganUs = nowUs;
}

std::int64_t CommitPace::windowUs() const {
    return m_perSecond >= worthwhile ? window : 0;
}

} // namespace tandem
