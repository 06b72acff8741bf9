// What a window offers for the document in front: its history, and this computer as its server.
#include "connection/rest_client.h"
#include "documents/document_page.h"
#include "documents/library.h"
#include "documents/status_row.h"
#include "editor/editor_view.h"
#include "history/history_page.h"
#include "hosting/network_sharing.h"
#include "offline/document_place.h"
#include "offline/local_store.h"
#include "settings/preferences.h"
#include "window/main_window.h"
#include "window/window_set.h"

#include <QCryptographicHash>
#include <QEvent>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>

namespace tandem {

// The same each time for the same document, so that publishing can be repeated; nobody else can know it.
QString WindowSet::ownerSecretOf(const OpenDocument& document) {
    const std::vector<OpenDocument::Author> authors = document.authorsOfOutbox();
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData("tandem owner secret ");
    hash.addData(QByteArray::fromStdString(authors.empty() ? std::string() : authors.front().key));
    return QString::fromLatin1(
        hash.result().toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

QList<Command> WindowSet::historyCommands(MainWindow* window) {
    return {{QStringLiteral("file.history"), Section::fileHistory,
             makeAction(window, tr("Version &History"), {Qt::CTRL | Qt::SHIFT | Qt::Key_H}, [this, window] {
                 if (auto* page = qobject_cast<DocumentPage*>(window->currentPage()))
                     showHistory(*page, *window);
             })}};
}

namespace {
QString scopeOf(const KeptPast& past, const QString& why) {
    const auto count = past.steps.size();
    const QString what =
        past.isWhole() ? WindowSet::tr("All of its history is on this computer.")
        : count == 1
            ? WindowSet::tr("This computer has its last change; what was before comes from the server.")
            : WindowSet::tr("This computer has its last %1 changes; what was before comes from the server.")
                  .arg(QLocale().toString(static_cast<qulonglong>(count)));
    return QStringLiteral("%1 %2").arg(why, what);
}
} // namespace

void WindowSet::showHistory(DocumentPage& page, MainWindow& window) {
    for (Page* each : window.pages()) {
        auto* history = qobject_cast<HistoryPage*>(each);
        if (!history || storeKeyOf(history->url()) != storeKeyOf(page.url()))
            continue;
        if (!history->isOfThisComputer())
            return window.showPage(history);
        window.closePage(history); // it shows what the document was then
    }
    HistoryPage* history = makeHistory(page);
    history->meet(page.document().peers().all());
    if (!page.mayEdit())
        history->forbidRestoring();
    connect(history, &HistoryPage::restoreRequested, &page, [&page, &window, history](const QString& text) {
        page.editor().binding().replaceText(text);
        page.statusRow().tell(tr("The text is as it was then. Ctrl+Z takes that back."));
        window.showPage(&page);
        QMetaObject::invokeMethod(
            &window, [&window, history] { window.closePage(history); }, Qt::QueuedConnection);
    });
    window.addPage(history);
}

HistoryPage* WindowSet::makeHistory(DocumentPage& page) {
    LocalStore* store = m_library.store();
    const QString key = storeKeyOf(page.url());
    if (isLocalOnly(page.url())) {
        PastLog log = PastLog::of(page.document().outbox(),
                                  store ? store->namesOf(key).authors : std::map<ReplicaId, std::string>(),
                                  m_preferences.person().name, store ? store->timesOf(key) : PastTimes());
        return new HistoryPage(page.url(), page.title(), m_preferences, std::move(log), store);
    }
    const auto kept = [store, key] {
        std::optional<KeptPast> past = store ? store->pastOf(key) : std::nullopt;
        return past && (past->isWhole() || !past->steps.empty()) ? std::move(past) : std::nullopt;
    };
    const auto logOf = [store, key](KeptPast past) {
        return PastLog::of(std::move(past), store->namesOf(key).authors);
    };
    if (!page.isLive()) {
        if (auto past = kept()) {
            const QString why = page.hosting() == DocumentPage::Hosting::ended
                                    ? tr("This document is not shared now.")
                                    : tr("The server does not answer now.");
            const QString scope = scopeOf(*past, why);
            return new HistoryPage(page.url(), page.title(), m_preferences, logOf(std::move(*past)), scope);
        }
    }
    auto* history = new HistoryPage(page.url(), page.title(), m_preferences);
    connect(history, &HistoryPage::serverAway, this, [history, kept, logOf](const QString& sentence) {
        if (auto past = kept()) {
            const QString scope = scopeOf(*past, sentence);
            history->showKept(logOf(std::move(*past)), scope);
        }
    });
    return history;
}

// Once the server has all that they name.
void WindowSet::bringNames(DocumentPage* page) {
    LocalStore* store = m_library.store();
    const QString key = storeKeyOf(page->url());
    if (!store || isLocalOnly(page->url()) || store->namesOf(key).versions.empty())
        return;
    const auto bring = [store, key, page] {
        auto* rest = new RestClient(page);
        for (const auto& [version, label] : store->namesOf(key).versions)
            rest->post(page->url(), QStringLiteral("/versions"),
                       {{"label", QString::fromStdString(label)}, {"version", qint64{version}}}, {},
                       [store, key, number = version](const RestAnswer& answer) {
                           if (answer.ok())
                               store->nameVersion(key, number, {}); // the server has it now
                       });
    };
    connect(page, &DocumentPage::saved, page, bring, Qt::SingleShotConnection);
}

QList<Command> WindowSet::sharingCommands(MainWindow* window) {
    if (!m_sharing)
        return {};
    const auto withPage = [window](auto use) {
        return [window, use] {
            if (auto* page = qobject_cast<DocumentPage*>(window->currentPage()))
                use(*page);
        };
    };
    QAction* network = makeAction(
        window, tr("Share on This &Network…"), {},
        withPage([this](DocumentPage& page) { m_sharing->share(page, ownerSecretOf(page.document())); }));
    QAction* stop =
        makeAction(window, tr("S&top Sharing on This Network"), {}, [this] { m_sharing->stop(); });
    const auto refresh = [this, stop] {
        setAvailable(stop, m_sharing->isSharing(), tr("Nothing is shared on this network."));
    };
    refresh();
    connect(m_sharing, &NetworkSharing::changed, stop, refresh);
    return {{QStringLiteral("share.network"), Section::peopleShare, network},
            {QStringLiteral("share.stop"), Section::peopleShare, stop}};
}

void WindowSet::askHowToShare(DocumentPage& page) {
    if (!isLocalOnly(page.url()))
        return m_sharing->share(page, {}); // it was shared from here before
    auto* question =
        new QMessageBox(QMessageBox::NoIcon, tr("Share"),
                        tr("“%1” is on this computer only.").arg(page.title()), QMessageBox::Cancel, &page);
    question->setTextFormat(Qt::PlainText);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setInformativeText(
        tr("Others can write in it while this computer shares it on the network, or at any time when it is "
           "published to a server. You keep your copy either way."));
    QPushButton* network = question->addButton(tr("Share on This &Network"), QMessageBox::AcceptRole);
    QPushButton* server = question->addButton(tr("&Publish to a Server…"), QMessageBox::AcceptRole);
    question->setDefaultButton(network);
    connect(network, &QPushButton::clicked, &page,
            [this, &page] { m_sharing->share(page, ownerSecretOf(page.document())); });
    connect(server, &QPushButton::clicked, &page, [this, &page] { publish(page); });
    question->open();
}

// The last window takes the server of this computer with it.
bool WindowSet::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::Close || !m_sharing || !m_sharing->isSharing() || windows().size() > 1)
        return QObject::eventFilter(watched, event);
    auto* window = static_cast<QWidget*>(watched);
    auto* question =
        new QMessageBox(QMessageBox::NoIcon, tr("Others may be writing"),
                        tr("This computer shares documents on the network."), QMessageBox::Cancel, window);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setInformativeText(
        tr("Whoever is in them cannot reach the others until Tandem shares again. What "
           "anyone has typed is kept."));
    QPushButton* end = question->addButton(tr("Stop Sharing and Close"), QMessageBox::AcceptRole);
    connect(end, &QPushButton::clicked, this, [this, window] {
        m_sharing->stop();
        QMetaObject::invokeMethod(window, &QWidget::close, Qt::QueuedConnection);
    });
    question->open();
    event->ignore();
    return true;
}

} // namespace tandem
