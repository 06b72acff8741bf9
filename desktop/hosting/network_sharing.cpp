#include "hosting/network_sharing.h"

#include "documents/document_page.h"
#include "documents/status_row.h"
#include "hosting/network_address.h"
#include "offline/document_place.h"
#include "sharing/invitation_dialog.h"

#include <QSysInfo>

namespace tandem {

NetworkSharing::NetworkSharing(const QString& folder, QObject* parent) : QObject(parent), m_server(folder) {
    connect(&m_server, &HostedServer::stateChanged, this, [this] {
        if (m_server.state() == HostedServer::State::running && !m_announcement)
            m_announcement = std::make_unique<ServiceAnnouncement>(
                tr("Tandem on %1").arg(QSysInfo::machineHostName()), m_server.port());
        else if (!m_server.isWanted())
            m_announcement.reset();
        emit changed();
        goOn();
    });
}

void NetworkSharing::bringAlong(DocumentPage& page) const {
    const DocumentUrl before = page.url();
    if (!m_server.isOwn(before.server))
        return;
    if (!m_server.isWanted())
        return page.setHosting(DocumentPage::Hosting::ended);
    if (m_server.state() != HostedServer::State::running)
        return;
    if (before.server != m_server.url())
        page.moveTo({m_server.url(), before.id, before.token});
    page.setHosting(DocumentPage::Hosting::shared);
}

bool NetworkSharing::isAway(const QUrl& server) const {
    return m_server.isOwn(server) &&
           (m_server.state() != HostedServer::State::running || server != m_server.url());
}

QUrl NetworkSharing::addressForOthers(const QUrl& server) const {
    const std::optional<QHostAddress> address = m_server.isOwn(server) ? networkAddress() : std::nullopt;
    QUrl reached = server;
    if (address)
        reached.setHost(address->toString());
    return reached;
}

void NetworkSharing::share(DocumentPage& page, const QString& ownerSecret) {
    m_page = &page;
    m_ownerSecret = ownerSecret;
    if (m_server.state() == HostedServer::State::running)
        return goOn();
    page.statusRow().tell(tr("The server of this computer begins…"));
    m_server.start();
}

void NetworkSharing::stop() {
    m_page.clear();
    m_announcement.reset();
    m_server.stop();
    emit changed(); // it may take a while to end, and takes nobody in any more
}

void NetworkSharing::goOn() {
    if (!m_page)
        return;
    if (m_server.state() == HostedServer::State::running)
        publish();
    else if (m_server.state() != HostedServer::State::starting)
        fail(m_server.problem());
}

void NetworkSharing::publish() {
    bringAlong(*m_page);
    if (m_page->url().server == m_server.url()) {
        m_page->start(); // it may have waited for the server
        return invite();
    }
    if (!isLocalOnly(m_page->url()))
        return fail(tr("This document is at %1. Others open it there, with its link.")
                        .arg(m_page->url().server.authority()));
    m_documents.create(
        m_server.url(), {m_page->title(), m_page->url().id, m_ownerSecret},
        [this](const DocumentUrl& document) {
            if (!m_page)
                return;
            m_page->moveTo(document);
            bringAlong(*m_page);
            invite();
        },
        [this](const QString& sentence) { fail(sentence); }, m_server.adminToken());
}

void NetworkSharing::invite() {
    const DocumentUrl asAdmin{m_page->url().server, m_page->url().id, m_server.adminToken()};
    m_rest.post(asAdmin, QStringLiteral("/links"),
                {{"role", "editor"}, {"label", tr("People on this network")}}, {},
                [this](const RestAnswer& answer) {
                    if (!answer.ok())
                        return fail(answer.problem);
                    if (m_page)
                        show({m_page->url().server, m_page->url().id, answer.json()["secret"].toString()});
                });
}

void NetworkSharing::show(DocumentUrl link) {
    link.server = addressForOthers(link.server);
    m_page->statusRow().tell(tr("This document is shared on this network."));
    auto* dialog = new InvitationDialog(
        link.link(),
        networkAddress()
            ? tr("Whoever is on this network and has the link can write in this document, for as long as "
                 "Tandem runs here.")
            : tr("This computer is on no network now: only programs on it can use the link."),
        m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    m_page.clear();
}

void NetworkSharing::fail(const QString& sentence) {
    if (m_page)
        m_page->statusRow().tell(sentence);
    m_page.clear();
}

} // namespace tandem
