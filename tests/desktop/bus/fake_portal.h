// The desktop's portal of settings as a process, which this owns.
#pragma once

#include <QProcess>

namespace tandem {

class FakePortal {
public:
    FakePortal();
    ~FakePortal();

    void set(const char* space, const char* key, const char* value);
    void serve(); // from now on it is on the bus
    void stand(); // it says nothing
    void goOn();

private:
    void obey(const QByteArray& line);

    QProcess m_process;
};

} // namespace tandem
