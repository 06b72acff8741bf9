// Small chips at the upper and the lower edge of a text for the people who are above or below what is in
// sight; a click goes there. Owned by the view; the peers must outlive it.
#pragma once

#include "client/peers.h"

#include <QAbstractButton>

#include <map>

namespace tandem {

class EditorView;

class PeopleOutOfSight final : public QObject {
    Q_OBJECT
public:
    // More are not shown at one edge.
    static constexpr int mostAtAnEdge = 4;

    PeopleOutOfSight(EditorView& view, const Peers& peers);

    // Of those who are shown now, the ones above first.
    std::vector<QAbstractButton*> chips() const;
    // Finds out anew who is where.
    void refresh();

signals:
    void revealed(const QString& session);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    class Chip;

    void layOut(const std::vector<const Peer*>& people, bool above);

    EditorView& m_view;
    const Peers& m_peers;
    std::map<std::string, Chip*> m_chips; // by session
};

} // namespace tandem
