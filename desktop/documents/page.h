// What a tab of a window shows: a document, or the start page. It knows no window; it says what it is called,
// what can be done with it, and whether it may go. Owned by the window that shows it.
#pragma once

#include "commands/command.h"

#include <QWidget>

namespace tandem {

class Page : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    enum class Mark { none, unsaved, offline }; // the dot of its tab

    virtual QString title() const = 0;
    virtual Mark mark() const { return Mark::none; }
    // More about it, for the tab's tool tip.
    virtual QString description() const { return {}; }

    // Of the same actions each time; the page owns them.
    virtual QList<Command> commands() const { return {}; }

    // True: it may go now. False: it asks the person; closeAllowed or closeRefused comes later.
    virtual bool askToClose() { return true; }

signals:
    void titleChanged(); // title, mark, description
    void commandsChanged();
    void closeAllowed();
    void closeRefused();
};

} // namespace tandem
