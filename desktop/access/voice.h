// What screen readers say without anyone having gone there: a sentence, told as the words of an alert that
// nobody sees. Event-loop thread.
#pragma once

#include <QWidget>

namespace tandem {

// Within `where`, which is in the window that it is about.
void say(QWidget& where, const QString& sentence);

class Voice final : public QWidget {
    Q_OBJECT
public:
    explicit Voice(QWidget& where);

    void say(const QString& sentence);
};

} // namespace tandem
