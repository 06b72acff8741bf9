#include "commands/shortcuts_overview.h"

#include "theme/theme.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <map>

namespace tandem {

namespace {
QString shown(const QAction* action) {
    QStringList sequences;
    for (const QKeySequence& sequence : action->shortcuts())
        if (const QString text = sequence.toString(QKeySequence::NativeText); !sequences.contains(text))
            sequences.append(text);
    return sequences.join(ShortcutsOverview::tr(" or "));
}
} // namespace

ShortcutsOverview::ShortcutsOverview(const CommandRegistry& commands, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Keyboard shortcuts"));
    resize(520, 560);
    auto* list = new QTreeWidget;
    list->setAccessibleName(windowTitle());
    list->setHeaderLabels({tr("Command"), tr("Keys")});
    list->header()->setStretchLastSection(false);
    list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    list->setRootIsDecorated(false);
    list->setItemsExpandable(false);
    list->setFrameShape(QFrame::NoFrame);

    std::map<Menu, QTreeWidgetItem*> groups;
    for (const Command& command : commands.all()) {
        if (command.action->shortcut().isEmpty())
            continue;
        QTreeWidgetItem*& group = groups[menuOf(command.section)];
        if (!group) {
            const QString title = titleOf(menuOf(command.section)).remove(u'&');
            group = new QTreeWidgetItem(list, {title.isEmpty() ? tr("Elsewhere") : title});
            group->setFlags(Qt::ItemIsEnabled);
            QFont font = list->font();
            font.setWeight(QFont::DemiBold);
            group->setFont(0, font);
        }
        new QTreeWidgetItem(group, {plainText(command.action), shown(command.action)});
    }
    list->expandAll();

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addWidget(list);
    column->addWidget(buttons);
}

} // namespace tandem
