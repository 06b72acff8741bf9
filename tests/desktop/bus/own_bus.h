// A message bus of its own for a test program, which stands for the session's and for the system's; it goes
// with the program, however that ends. Owned by main().
#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace tandem {

class OwnBus {
public:
    ~OwnBus();

    // False, and words on stderr: it does not start.
    bool start();

private:
    QTemporaryDir m_folder;
    QProcess m_daemon;
};

} // namespace tandem
