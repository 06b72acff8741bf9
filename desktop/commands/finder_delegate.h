// A row of a Finder: the text with the letters found in it set off, a quiet note, the shortcut at the right.
#pragma once

#include <QStyledItemDelegate>

namespace tandem {

class FinderDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    static constexpr int rowPx = 34;
    enum Role { NoteRole = Qt::UserRole, ShortcutRole, KeyRole, MatchRole };

    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace tandem
