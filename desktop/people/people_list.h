// Who is in the document now, this person first. Owned by its window. Choosing someone asks for where they
// are.
#pragma once

#include "client/client_session.h"

#include <QListWidget>

namespace tandem {

class PeopleList final : public QListWidget {
    Q_OBJECT
public:
    explicit PeopleList(QWidget* parent = nullptr);

    void show(const ClientSession::Person& me, const Peers& others);

    QSize sizeHint() const override;

signals:
    void personChosen(const QString& session);
    void ownNameChosen();
};

} // namespace tandem
