#include "documents/local_list.h"

#include "offline/document_place.h"
#include "offline/local_store.h"

#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace tandem {

namespace {
constexpr int LinkRole = Qt::UserRole;

QString stateOf(const LocalStore::Entry& entry, const DocumentUrl& document) {
    if (isLocalOnly(document))
        return LocalList::tr("Only here");
    if (entry.unsent == 0)
        return document.server.authority();
    const QString edits = entry.unsent == 1 ? LocalList::tr("1 edit not sent")
                                            : LocalList::tr("%1 edits not sent").arg(entry.unsent);
    return QStringLiteral("%1 · %2").arg(document.server.authority(), edits);
}
} // namespace

LocalList::LocalList(LocalStore& store, QWidget* parent)
    : QWidget(parent), m_store(store), m_list(new QTreeWidget) {
    m_list->setHeaderLabels({tr("Title"), tr("Where"), tr("Used")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAccessibleName(tr("Documents on this computer"));
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    connect(m_list, &QTreeWidget::itemActivated, this, &LocalList::openSelected);

    auto* title = new QLabel(tr("On &this computer"));
    QFont font = title->font();
    font.setWeight(QFont::DemiBold);
    title->setFont(font);
    title->setBuddy(m_list);
    auto* make = new QPushButton(tr("&New on This Computer"));
    make->setAutoDefault(false);
    connect(make, &QPushButton::clicked, this, &LocalList::newRequested);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* row = new QHBoxLayout;
    row->addWidget(title, 1);
    row->addWidget(make);
    column->addLayout(row);
    column->addWidget(m_list, 1);
    refresh();
}

void LocalList::refresh() {
    m_list->clear();
    for (const LocalStore::Entry& entry : m_store.documents()) {
        const auto document = documentOfStoreLink(entry.link);
        if (!document)
            continue;
        const QString title = entry.title.simplified();
        auto* item = new QTreeWidgetItem(
            m_list, {title.isEmpty() ? tr("Untitled") : title, stateOf(entry, *document),
                     entry.used.toMSecsSinceEpoch() == 0
                         ? QString()
                         : QLocale().toString(entry.used.toLocalTime(), QLocale::ShortFormat)});
        item->setData(0, LinkRole, entry.link);
    }
}

void LocalList::openSelected() {
    const QList<QTreeWidgetItem*> items = m_list->selectedItems();
    if (items.isEmpty())
        return;
    if (const auto document = documentOfStoreLink(items.first()->data(0, LinkRole).toString()))
        emit chosen(*document);
}

} // namespace tandem
