// What a server keeps its documents on, which takes no more when a test says so: a small file system that is
// full, where the test may mount one (as root), a limit on the size of the server's files, which fails every
// write, or a MariaDB that is made read-only. Owned by a test; outlives its server.
#pragma once

#include "integration/server_process.h"

#include <memory>
#include <string>
#include <vector>

namespace tandem {

class FailingDisk {
public:
    virtual ~FailingDisk() = default;

    // For the server.
    virtual QStringList arguments() const = 0;
    // From now on writes of this server, which runs, fail; or work again.
    virtual void fail(const ServerProcess& server) = 0;
    virtual void mend(const ServerProcess& server) = 0;
};

struct DiskKind {
    std::string name;
    std::unique_ptr<FailingDisk> (*make)();
};

// Those that this test program may use.
std::vector<DiskKind> failingDisks();

} // namespace tandem
