#include "editor/access/edit_announcer.h"

#include "access/voice.h"
#include "editor/editor_view.h"
#include "editor/together/author_tints.h"

#include <QAccessible>
#include <QTextBlock>

#include <algorithm>

namespace tandem {

namespace {
constexpr int mostRead = 1'000; // characters of one edit
}

EditAnnouncer::EditAnnouncer(EditorView& view, const OpenDocument& document, const AuthorNames* names)
    : m_view(view), m_document(document), m_names(names) {
    m_timer.setSingleShot(true);
    m_timer.setInterval(everyMs);
    connect(&m_timer, &QTimer::timeout, this, &EditAnnouncer::tell);
    connect(&view.binding(), &DocumentBinding::edited, this, &EditAnnouncer::follow);
}

void EditAnnouncer::follow(const TextChanges& changes, bool remote) {
    if (!remote) {
        for (const TextChange& change : changes)
            tellOwn(change);
        return;
    }
    for (const TextChange& change : changes) {
        const int line = m_view.document()->findBlock(change.position).blockNumber() + 1;
        const QString name = nameAt(change.position, line);
        m_someone = m_someone || name.isEmpty();
        if (!name.isEmpty())
            m_people.insert(name);
        m_oneLine = m_edits == 0 || (m_oneLine && line == m_firstLine);
        m_firstLine = m_edits == 0 ? line : m_firstLine;
        ++m_edits;
    }
    if (!m_timer.isActive())
        m_timer.start();
}

// Of the element that was put in there, or of whoever's caret is in the line.
QString EditAnnouncer::nameAt(int position, int line) const {
    if (m_names) {
        const ReplicaId author = m_view.binding().anchorAt(position, Side::left).element.replica;
        if (const std::optional<AuthorNames::Author> known = m_names->authorOf(author))
            return known->name.simplified();
    }
    for (const Peer& peer : m_document.peers().all()) {
        const std::optional<int> head =
            peer.selection ? m_view.binding().positionOf(peer.selection->head) : std::nullopt;
        if (head && m_view.document()->findBlock(*head).blockNumber() + 1 == line)
            return QString::fromStdString(peer.name).simplified();
    }
    return {};
}

void EditAnnouncer::tell() {
    if (m_edits == 0)
        return;
    const auto others = static_cast<int>(m_people.size()) - 1 + (m_someone ? 1 : 0);
    const QString who = m_people.empty() ? tr("Someone")
                        : others == 0    ? *m_people.begin()
                        : others == 1    ? tr("%1 and someone else").arg(*m_people.begin())
                                         : tr("%1 and %2 others").arg(*m_people.begin()).arg(others);
    m_summary = m_oneLine ? tr("%1 edited line %2").arg(who).arg(m_firstLine)
                          : tr("%1 edited %2 places").arg(who).arg(m_edits);
    m_people.clear();
    m_someone = false;
    m_edits = 0;
    say(m_view, m_summary);
    emit told(m_summary);
}

void EditAnnouncer::tellOwn(const TextChange& change) {
    if (change.removed == 0 && change.added == 0)
        return;
    const int end = change.position + std::min(change.added, mostRead);
    const QString inserted = m_view.binding().text(change.position, end);
    emit ownTold(change.position, change.removed, inserted);
    if (!QAccessible::isActive())
        return;
    if (change.removed > 0) {
        // What it said is gone already; its length is what readers need.
        QAccessibleTextRemoveEvent removed(&m_view, change.position,
                                           QString(std::min(change.removed, mostRead), u' '));
        QAccessible::updateAccessibility(&removed);
    }
    if (change.added > 0) {
        QAccessibleTextInsertEvent event(&m_view, change.position, inserted);
        QAccessible::updateAccessibility(&event);
    }
}

} // namespace tandem
