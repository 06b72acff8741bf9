// What stands beside a document's text, one at a time: people, history. A feature adds its panel and gets the
// action that shows it:
//
//     QAction* shown = page.sidePanel().add("history", tr("&History"), historyView);
//     m_commands.append({"view.history", Section::viewPanels, shown});
//
// Owned by its page; which one is shown is remembered by the preferences.
#pragma once

#include <QAction>
#include <QFrame>
#include <QMap>

class QLabel;
class QStackedWidget;

namespace tandem {

class SidePanel final : public QFrame {
    Q_OBJECT
public:
    explicit SidePanel(QWidget* parent = nullptr);

    // Takes the panel. The action is checked while it shows; `name` is stable and never translated.
    QAction* add(const QString& name, const QString& title, QWidget* panel);
    // Empty, or a name that there is not: none.
    void showPanel(const QString& name);
    const QString& shownName() const { return m_shown; } // empty: none

    QSize sizeHint() const override;

signals:
    void shownChanged(const QString& name);

private:
    struct Panel {
        QWidget* widget;
        QAction* action;
    };

    QLabel* m_title;
    QStackedWidget* m_stack;
    QMap<QString, Panel> m_panels;
    QString m_shown;
};

} // namespace tandem
