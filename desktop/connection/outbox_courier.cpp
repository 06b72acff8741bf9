#include "connection/outbox_courier.h"

#include "offline/document_place.h"
#include "offline/local_store.h"
#include "offline/stored_journal.h"
#include "qt/qt_client.h"
#include "settings/preferences.h"

#include <QPointer>

namespace tandem {

namespace {
constexpr int patienceMs = 20'000; // with one server
constexpr int pauseMs = 60'000;    // between rounds
constexpr int soonMs = 1'000;
} // namespace

struct OutboxCourier::Errand {
    Errand(const DocumentUrl& url, LocalStore& store, const Preferences& preferences)
        : place(url)
        , document(random)
        , journal(store.keep(storeKeyOf(url), storeLinkOf(url), document))
        , client(document, url, preferences.person(), "tandem-desktop/" TANDEM_VERSION) {}

    DocumentUrl place;
    SystemRandom random;
    OpenDocument document;
    std::unique_ptr<StoredJournal> journal;
    QtClient client;
};

OutboxCourier::OutboxCourier(LocalStore& store, Preferences& preferences,
                             std::function<bool(const DocumentUrl&)> isOpen,
                             std::function<void(const DocumentUrl&, Use)> complete, QObject* parent)
    : QObject(parent)
    , m_store(store)
    , m_preferences(preferences)
    , m_isOpen(std::move(isOpen))
    , m_complete(std::move(complete)) {
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMs);
    connect(&m_patience, &QTimer::timeout, this, &OutboxCourier::end);
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        m_tried.clear();
        next();
    });
}

OutboxCourier::~OutboxCourier() = default;

void OutboxCourier::wake() {
    if (!m_errand && m_asked.isEmpty())
        m_pause.start(soonMs);
}

void OutboxCourier::letGo(const DocumentUrl& document) {
    m_refused.remove(storeKeyOf(document));
    if (m_errand && storeKeyOf(m_errand->place) == storeKeyOf(document))
        end();
}

void OutboxCourier::next() {
    if (m_errand || !m_asked.isEmpty())
        return;
    bool isSomethingLeft = false;
    for (const LocalStore::Entry& entry : m_store.documents()) {
        const auto document = documentOfStoreLink(entry.link);
        if (entry.unsent == 0 || !document || isLocalOnly(*document) || m_isOpen(*document) ||
            m_refused.contains(entry.key))
            continue;
        isSomethingLeft = true;
        if (m_tried.contains(entry.key))
            continue;
        m_tried.insert(entry.key);
        m_asked = entry.key;
        m_complete(*document, [this, self = QPointer(this)](const DocumentUrl& whole) {
            if (self)
                begin(whole);
        });
        return;
    }
    if (isSomethingLeft)
        m_pause.start(pauseMs);
}

void OutboxCourier::begin(const DocumentUrl& document) {
    m_asked.clear();
    if (m_isOpen(document)) // meanwhile
        return next();
    m_errand = std::make_unique<Errand>(document, m_store, m_preferences);
    connect(&m_errand->client, &QtClient::stateChanged, this, &OutboxCourier::look);
    connect(&m_errand->client, &QtClient::outboxChanged, this, &OutboxCourier::look);
    m_patience.start();
    m_errand->client.start();
}

void OutboxCourier::look() {
    const ClientSession::State state = m_errand->client.session().state();
    const bool isRefused = state == ClientSession::State::stopped;
    if (isRefused)
        m_refused.insert(storeKeyOf(m_errand->place));
    if (isRefused || (state == ClientSession::State::live && m_errand->document.outbox().empty()))
        QMetaObject::invokeMethod(this, &OutboxCourier::end, Qt::QueuedConnection); // not within its signal
}

void OutboxCourier::end() {
    if (!m_errand)
        return;
    const DocumentUrl place = m_errand->place;
    const bool isDone = m_errand->document.outbox().empty();
    m_errand.reset();
    m_patience.stop();
    if (isDone)
        emit brought(place);
    next();
}

} // namespace tandem
