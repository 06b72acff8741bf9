#include "people/arrivals.h"

#include <QLocale>

#include <algorithm>
#include <iterator>

namespace tandem {

namespace {
QStringList without(const QStringList& all, const QStringList& some) {
    QStringList rest;
    std::set_difference(all.begin(), all.end(), some.begin(), some.end(), std::back_inserter(rest));
    return rest;
}

// "Ana, Ben and Cy", "Ana, Ben, Cy and 4 others"
QString namesOf(const QStringList& people) {
    if (people.size() <= Arrivals::mostNamed + 1)
        return QLocale().createSeparatedList(people);
    return Arrivals::tr("%1 and %2 others")
        .arg(people.mid(0, Arrivals::mostNamed).join(QStringLiteral(", ")))
        .arg(people.size() - Arrivals::mostNamed);
}
} // namespace

Arrivals::Arrivals(const Peers& peers) : m_peers(peers) {
    m_timer.setSingleShot(true);
    m_timer.setInterval(gatherMs);
    connect(&m_timer, &QTimer::timeout, this, &Arrivals::tell);
}

void Arrivals::setConnected(bool isConnected) {
    if (std::exchange(m_isConnected, isConnected) != isConnected)
        peersChanged();
}

void Arrivals::peersChanged() {
    if (!m_timer.isActive())
        m_timer.start();
}

void Arrivals::tell() {
    if (!m_isConnected)
        return;
    QStringList here;
    for (const Peer& peer : m_peers.all())
        here.append(QString::fromStdString(peer.name).simplified());
    here.sort();
    const QStringList come = without(here, m_known);
    const QStringList gone = without(m_known, here);
    m_known = here;
    QStringList sentences;
    if (!come.isEmpty())
        sentences += (come.size() == 1 ? tr("%1 is here.") : tr("%1 are here.")).arg(namesOf(come));
    if (!gone.isEmpty())
        sentences += (gone.size() == 1 ? tr("%1 has left.") : tr("%1 have left.")).arg(namesOf(gone));
    if (!sentences.isEmpty())
        emit told(sentences.join(u' '));
}

} // namespace tandem
