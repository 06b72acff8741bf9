// A field over the window in which one types to find one of many things, and a list that follows what is
// typed: the command palette and quick open. It shows, filters and gives back what was chosen; what the
// entries are is the caller's. Owned by its window; goes away with Escape, a choice, or when the focus goes
// elsewhere.
#pragma once

#include <QFrame>
#include <QList>
#include <QPointer>

class QLineEdit;
class QListView;
class QStandardItemModel;

namespace tandem {

class Finder final : public QFrame {
    Q_OBJECT
public:
    struct Entry {
        QString text;
        QString note;          // quiet, behind the text
        QString shortcut = {}; // at the right
        QString key;           // given back
        bool enabled = true;   // else shown off, and not to be chosen
        int weight = 0;        // of those that match as well as each other, higher ones come first
    };

    Finder(const QString& placeholder, QWidget* window);

    // Entries in the order in which they stand while nothing is typed. May come again while it is open.
    void setEntries(QList<Entry> entries);
    // Said where nothing matches.
    void setEmptyText(const QString& sentence);
    // At the top of the window, with the keyboard in it, and nothing typed.
    void open();

    // Of the entries that are shown now, in their order.
    QStringList shownKeys() const;

signals:
    void chosen(const QString& key);
    void typed(const QString& text);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void filter();
    void choose(const QModelIndex& index);
    void moveBy(int rows);
    void leave();
    void fit();
    void dress();

    QLineEdit* m_field;
    QListView* m_list;
    QStandardItemModel* m_model;
    QList<Entry> m_entries;
    QString m_emptyText;
    QPointer<QWidget> m_before; // had the keyboard, and gets it back
};

} // namespace tandem
