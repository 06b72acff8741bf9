// The row beneath a document's text: at the left whether everything is saved, then a sentence for a moment,
// at the right small facts such as the place of the caret. Owned by its page; features add their own small
// widgets at the right.
#pragma once

#include "documents/status_item.h"

#include <QTimer>

class QHBoxLayout;

namespace tandem {

class StatusRow final : public QWidget {
    Q_OBJECT
public:
    explicit StatusRow(QWidget* parent = nullptr);

    StatusItem& status() { return *m_status; }
    // Shown for some seconds, and told to screen readers.
    void tell(const QString& sentence);
    // Takes the widget; the first one stays at the far right.
    void addFact(QWidget* widget);

private:
    StatusItem* m_status;
    QLabel* m_message;
    QHBoxLayout* m_row;
    int m_firstFact;
    QTimer m_messageEnds;
};

} // namespace tandem
