// Who is in the document now, this person first. Owned by its page. A click asks to follow someone, or for
// another name for oneself; the context menu also asks to jump there once.
#pragma once

#include "client/client_session.h"

#include <QListWidget>

namespace tandem {

class PeopleList final : public QListWidget {
    Q_OBJECT
public:
    explicit PeopleList(QWidget* parent = nullptr);

    // `followed` is a session, or empty.
    void show(const ClientSession::Person& me, const Peers& others, const std::string& followed);

    QSize sizeHint() const override;

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;

signals:
    void followRequested(const QString& session);
    void jumpRequested(const QString& session);
    void ownNameChosen();
};

} // namespace tandem
