#include "documents/quick_open.h"

#include "commands/finder.h"
#include "documents/when_words.h"
#include "offline/document_place.h"

#include <QSet>

namespace tandem {

QuickOpen::QuickOpen(Library& library, QWidget* window)
    : QObject(window), m_library(library), m_finder(new Finder(tr("Type the title of a document"), window)) {
    m_finder->setEmptyText(tr("No document is called so. A link can be pasted here as well."));
    connect(&library, &Library::listedChanged, this, [this] {
        if (m_finder->isVisible())
            showDocuments();
    });
    connect(m_finder, &Finder::typed, this, [this](const QString& text) {
        m_typed = text;
        showDocuments();
    });
    connect(m_finder, &Finder::chosen, this, [this](const QString& key) {
        if (const std::optional<DocumentUrl> document = documentOfStoreLink(key))
            emit chosen(*document);
    });
}

void QuickOpen::open() {
    m_typed.clear();
    showDocuments();
    m_finder->open();
    for (const QUrl& server : m_library.servers())
        m_library.list(
            server, Library::Shelf::present, {}, [](const auto&) {}, [](const QString&) {});
}

void QuickOpen::showDocuments() {
    QList<Finder::Entry> entries;
    if (DocumentUrl::parse(m_typed))
        entries.append({m_typed, tr("Open this link"), {}, m_typed});
    QSet<QString> known;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto add = [&](const DocumentUrl& url, const QString& title, const QDateTime& when) {
        const QString key = storeLinkOf({url.server, url.id});
        const QString place = m_library.placeOf(url);
        if (known.contains(key))
            return;
        known.insert(key);
        const QString moment = whenWords(when, now);
        entries.append({title.isEmpty() ? tr("Untitled") : title.simplified(),
                        moment.isEmpty() ? place : QStringLiteral("%1 · %2").arg(place, moment),
                        {},
                        key,
                        true,
                        -static_cast<int>(entries.size())});
    };
    for (const RecentDocument& each : m_library.recent())
        add(each.url, each.title, each.opened);
    for (const Library::Kept& each : m_library.kept())
        add(each.url, each.title, each.used);
    for (const DocumentEntry& each : m_library.listed())
        add(each.url, each.title, each.updated);
    m_finder->setEntries(std::move(entries));
}

} // namespace tandem
