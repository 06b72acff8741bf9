// Tells the local network, by DNS-SD, that a Tandem server is here, through the avahi-daemon of this
// computer. Where none runs, nothing is told until one does; invitations work without. No document is named,
// and no secret. Owned by NetworkSharing; avahi's calls come on a thread of its own.
#pragma once

#include <QString>

#include <memory>

namespace tandem {

class ServiceAnnouncement {
public:
    // As `_tandem._tcp`.
    ServiceAnnouncement(const QString& name, int port);
    ~ServiceAnnouncement(); // takes it back
    ServiceAnnouncement(const ServiceAnnouncement&) = delete;
    ServiceAnnouncement& operator=(const ServiceAnnouncement&) = delete;

    // Others can see it now.
    bool isTold() const;

private:
    struct Avahi;
    std::unique_ptr<Avahi> m_avahi;
};

} // namespace tandem
