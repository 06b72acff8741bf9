// Ctrl+P: any recent document, or one that a known server lists, by a few letters of its title; or an
// address. What is known stands there at once; servers are asked meanwhile. Owned by its window; the library
// must outlive it.
#pragma once

#include "documents/library.h"

namespace tandem {

class Finder;

class QuickOpen final : public QObject {
    Q_OBJECT
public:
    QuickOpen(Library& library, QWidget* window);

    void open();
    Finder& finder() { return *m_finder; }

signals:
    void chosen(const tandem::DocumentUrl& document);

private:
    void showDocuments();

    Library& m_library;
    Finder* m_finder;
    QString m_typed;
};

} // namespace tandem
