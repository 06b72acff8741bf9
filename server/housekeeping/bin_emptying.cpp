#include "housekeeping/bin_emptying.h"

namespace tandem {

namespace {
constexpr int everyMs = 60 * 60 * 1000;
constexpr std::size_t atOnce = 20; // appends wait while they are purged
} // namespace

BinEmptying::BinEmptying(DocumentCatalog& catalog, const Log& log)
    : m_catalog(catalog), m_log(log), m_alive(std::make_shared<bool>(true)) {
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { purgeSome(); });
    m_timer.start(everyMs);
    purgeSome();
}

void BinEmptying::purgeSome() {
    m_catalog.purgeExpired(atOnce, [this, alive = m_alive](const Result<std::size_t>& purged) {
        if (!*alive || !purged || *purged == 0)
            return; // a database that cannot be written is reported elsewhere
        m_log.info("documents purged from the bin", {{"count", std::to_string(*purged)}});
        if (*purged == atOnce)
            purgeSome();
    });
}

} // namespace tandem
