#include "people/people_list.h"

#include "theme/person_colors.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>

namespace tandem {

namespace {

constexpr int badgePx = 26;
constexpr int rowPx = 38;
constexpr int gapPx = 10;
constexpr int usualWidthPx = 200;

enum ItemRole { SessionRole = Qt::UserRole, ColorRole, NoteRole, IdleRole, FollowedRole };
constexpr qreal ringPx = 2;

// A round badge with initials, the name, and a quiet note behind it.
class PersonDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {0, rowPx}; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const QString name = index.data(Qt::DisplayRole).toString();
        const QString note = index.data(NoteRole).toString();
        const theme::PersonColors colors =
            theme::personColors(index.data(ColorRole).toInt(), theme::schemeOf(option.palette));
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state & (QStyle::State_MouseOver | QStyle::State_HasFocus)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(theme::currentLine(option.palette));
            painter->drawRoundedRect(QRectF(option.rect).adjusted(4, 1, -4, -1), 5, 5);
        }
        if (index.data(IdleRole).toBool())
            painter->setOpacity(0.55);

        const QRectF badge(option.rect.left() + gapPx, option.rect.center().y() - badgePx / 2.0 + 0.5,
                           badgePx, badgePx);
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.caret);
        painter->drawEllipse(badge);
        if (index.data(FollowedRole).toBool()) {
            painter->setPen(QPen(colors.caret, ringPx));
            painter->setBrush(Qt::NoBrush);
            painter->drawEllipse(badge.adjusted(-ringPx - 1, -ringPx - 1, ringPx + 1, ringPx + 1));
        }
        QFont small = option.font;
        small.setPointSizeF(small.pointSizeF() * 0.85);
        small.setWeight(QFont::DemiBold);
        painter->setFont(small);
        painter->setPen(colors.onCaret);
        painter->drawText(badge, Qt::AlignCenter, theme::initials(name));

        const QFontMetricsF metrics(option.font);
        QRectF rest(option.rect);
        rest.setLeft(badge.right() + gapPx);
        rest.setRight(option.rect.right() - gapPx);
        const qreal noteWidth = note.isEmpty() ? 0 : metrics.horizontalAdvance(note) + gapPx / 2.0;
        const QString shown = metrics.elidedText(name, Qt::ElideRight, rest.width() - noteWidth);
        painter->setFont(option.font);
        painter->setPen(option.palette.color(QPalette::Text));
        painter->drawText(rest, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, shown);
        rest.setLeft(rest.left() + metrics.horizontalAdvance(shown) + gapPx / 2.0);
        painter->setPen(theme::quietText(option.palette));
        painter->drawText(rest, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, note);
        painter->restore();
    }
};

} // namespace

PeopleList::PeopleList(QWidget* parent) : QListWidget(parent) {
    setAccessibleName(tr("People in this document"));
    setFrameShape(QFrame::NoFrame);
    setItemDelegate(new PersonDelegate(this));
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(QAbstractItemView::NoSelection);
    const auto choose = [this](const QListWidgetItem* item) {
        const QString session = item->data(SessionRole).toString();
        if (session.isEmpty())
            emit ownNameChosen();
        else
            emit followRequested(session);
    };
    connect(this, &QListWidget::itemClicked, this, choose);
    connect(this, &QListWidget::itemActivated, this, choose);
}

// Rows are changed where they stand: people move all the time, and what is under the mouse or has the
// keyboard stays.
void PeopleList::show(const ClientSession::Person& me, const Peers& others, const std::string& followed) {
    int row = 0;
    const auto put = [&](const std::string& name, int color, const QString& note,
                         const std::string& session) {
        if (row == count())
            new QListWidgetItem(this);
        QListWidgetItem* shown = item(row++);
        const QString plain = QString::fromStdString(name).simplified();
        shown->setText(plain);
        shown->setData(ColorRole, color);
        shown->setData(NoteRole, note);
        shown->setData(SessionRole, QString::fromStdString(session));
        shown->setData(IdleRole, false);
        shown->setData(FollowedRole, false);
        shown->setData(Qt::AccessibleTextRole,
                       note.isEmpty() ? plain : QStringLiteral("%1, %2").arg(plain, note));
        return shown;
    };
    put(me.name, me.color, tr("you"), {})->setToolTip(tr("Change your name and colour"));
    for (const Peer& peer : others.all()) {
        const bool isFollowed = peer.session == followed;
        const QString note = isFollowed ? tr("followed") : peer.idle ? tr("away") : QString();
        QListWidgetItem* shown = put(peer.name, peer.color, note, peer.session);
        shown->setData(IdleRole, peer.idle);
        shown->setData(FollowedRole, isFollowed);
        shown->setToolTip(isFollowed ? tr("Stop following") : tr("Follow"));
    }
    while (count() > row)
        delete takeItem(count() - 1);
}

void PeopleList::contextMenuEvent(QContextMenuEvent* event) {
    const QListWidgetItem* shown = itemAt(event->pos());
    const QString session = shown ? shown->data(SessionRole).toString() : QString();
    if (session.isEmpty())
        return;
    const QString name = shown->text().replace(u'&', QStringLiteral("&&"));
    QMenu menu;
    menu.addAction(shown->data(FollowedRole).toBool() ? tr("Stop &Following") : tr("&Follow %1").arg(name),
                   this, [this, session] { emit followRequested(session); });
    menu.addAction(tr("&Jump to %1").arg(name), this, [this, session] { emit jumpRequested(session); });
    menu.exec(event->globalPos());
}

QSize PeopleList::sizeHint() const {
    return {usualWidthPx, rowPx * 4};
}

} // namespace tandem
