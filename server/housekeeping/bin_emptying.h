// Purges what has been in the bin for too long, at the start and every hour; any number of processes may.
// Lives on the event loop; owned by main; borrows the catalog and the log.
#pragma once

#include "log/log.h"
#include "storage/document_catalog.h"

#include <QTimer>

namespace tandem {

class BinEmptying {
public:
    BinEmptying(DocumentCatalog& catalog, const Log& log);
    ~BinEmptying() { *m_alive = false; }

private:
    void purgeSome();

    DocumentCatalog& m_catalog;
    const Log& m_log;
    QTimer m_timer;
    std::shared_ptr<bool> m_alive; // guards callbacks of the catalog
};

} // namespace tandem
