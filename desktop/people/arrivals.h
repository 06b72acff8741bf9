// Who has come into the document and who has left, in a sentence now and then, for those who do not see the
// list. Owned by the page; lives on the event-loop thread; the peers must outlive it.
#pragma once

#include "client/peers.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

namespace tandem {

class Arrivals final : public QObject {
    Q_OBJECT
public:
    static constexpr int gatherMs = 1'500;
    static constexpr int mostNamed = 3;

    explicit Arrivals(const Peers& peers);

    // While it is not, nobody has left: this person does not see them.
    void setConnected(bool isConnected);
    void peersChanged();
    // What there is to tell, now.
    void tell();

signals:
    void told(const QString& sentence);

private:
    const Peers& m_peers;
    QStringList m_known; // sorted; whoever comes back under their name has not been away
    bool m_isConnected = false;
    QTimer m_timer;
};

} // namespace tandem
