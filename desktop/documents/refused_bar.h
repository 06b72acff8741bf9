// Above the text of a document that its server does not give any more: purged, or not for this person. Says
// so, and what can be done with what is here. Owned by its page.
#pragma once

#include "connection/state_words.h"

#include <QFrame>

class QLabel;

namespace tandem {

class RefusedBar final : public QFrame {
    Q_OBJECT
public:
    explicit RefusedBar(QWidget* parent = nullptr);

    // An empty problem hides it.
    void show(const QString& problem, ConnectionStatus::Kept kept);
    QString words() const;

signals:
    void saveRequested(); // as a file
    void copyRequested(); // as another document

private:
    QLabel* m_words;
};

} // namespace tandem
