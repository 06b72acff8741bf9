#include "hosting/service_announcement.h"

#include <avahi-client/client.h>
#include <avahi-client/publish.h>
#include <avahi-common/alternative.h>
#include <avahi-common/error.h>
#include <avahi-common/malloc.h>
#include <avahi-common/thread-watch.h>

#include <atomic>
#include <string>

namespace tandem {

struct ServiceAnnouncement::Avahi {
    Avahi(std::string announced, int announcedPort)
        : name(std::move(announced)), port(announcedPort), poll(avahi_threaded_poll_new()) {
        if (!poll)
            return;
        client = avahi_client_new(avahi_threaded_poll_get(poll), AVAHI_CLIENT_NO_FAIL, &Avahi::clientChanged,
                                  this, nullptr);
        hasBegun = client && avahi_threaded_poll_start(poll) == 0;
    }

    ~Avahi() {
        if (hasBegun)
            avahi_threaded_poll_stop(poll);
        if (client)
            avahi_client_free(client); // and its group
        if (poll)
            avahi_threaded_poll_free(poll);
    }

    static void clientChanged(AvahiClient* client, AvahiClientState state, void* self) {
        auto& avahi = *static_cast<Avahi*>(self);
        if (state == AVAHI_CLIENT_S_RUNNING)
            avahi.announce(client);
        else if (avahi.group && (state == AVAHI_CLIENT_S_COLLISION || state == AVAHI_CLIENT_S_REGISTERING))
            avahi_entry_group_reset(avahi.group); // it follows when the computer has its name
        else if (state == AVAHI_CLIENT_CONNECTING)
            avahi.forgetGroup();
        else if (state == AVAHI_CLIENT_FAILURE)
            avahi.beginAgain(client);
    }

    // A client does not outlive its daemon: another one waits for the next.
    void beginAgain(AvahiClient* gone) {
        forgetGroup();
        avahi_client_free(gone);
        client = avahi_client_new(avahi_threaded_poll_get(poll), AVAHI_CLIENT_NO_FAIL, &Avahi::clientChanged,
                                  this, nullptr);
    }

    static void groupChanged(AvahiEntryGroup* group, AvahiEntryGroupState state, void* self) {
        auto& avahi = *static_cast<Avahi*>(self);
        avahi.isTold = state == AVAHI_ENTRY_GROUP_ESTABLISHED;
        if (state != AVAHI_ENTRY_GROUP_COLLISION)
            return;
        avahi.takeAnotherName();
        avahi.announce(avahi_entry_group_get_client(group));
    }

    void takeAnotherName() {
        char* other = avahi_alternative_service_name(name.c_str());
        name = other;
        avahi_free(other);
    }

    // The daemon has gone, and with it what it knew.
    void forgetGroup() {
        if (group)
            avahi_entry_group_free(group);
        group = nullptr;
        isTold = false;
    }

    void announce(AvahiClient* at) {
        if (!group)
            group = avahi_entry_group_new(at, &Avahi::groupChanged, this);
        if (!group || !avahi_entry_group_is_empty(group))
            return;
        const auto add = [this] {
            return avahi_entry_group_add_service(group, AVAHI_IF_UNSPEC, AVAHI_PROTO_UNSPEC,
                                                 AvahiPublishFlags(0), name.c_str(), "_tandem._tcp", nullptr,
                                                 nullptr, static_cast<std::uint16_t>(port), nullptr);
        };
        int added = add();
        if (added == AVAHI_ERR_COLLISION) {
            takeAnotherName();
            added = add();
        }
        if (added == AVAHI_OK)
            avahi_entry_group_commit(group);
    }

    std::string name;
    int port;
    AvahiThreadedPoll* poll;
    AvahiClient* client = nullptr;
    AvahiEntryGroup* group = nullptr;
    bool hasBegun = false;
    std::atomic<bool> isTold = false;
};

ServiceAnnouncement::ServiceAnnouncement(const QString& name, int port)
    : m_avahi(std::make_unique<Avahi>(name.toStdString(), port)) {}

ServiceAnnouncement::~ServiceAnnouncement() = default;

bool ServiceAnnouncement::isTold() const {
    return m_avahi->isTold;
}

} // namespace tandem
