// The documents that are kept on this computer, the last used first: they open without a server. Owned by the
// start page; borrows the store.
#pragma once

#include "qt/document_url.h"

#include <QWidget>

class QTreeWidget;

namespace tandem {

class LocalStore;

class LocalList final : public QWidget {
    Q_OBJECT
public:
    explicit LocalList(LocalStore& store, QWidget* parent = nullptr);

    void refresh();
    QTreeWidget& list() { return *m_list; }

signals:
    void chosen(const tandem::DocumentUrl& document);
    void newRequested(); // a document on this computer only

private:
    void openSelected();

    LocalStore& m_store;
    QTreeWidget* m_list;
};

} // namespace tandem
