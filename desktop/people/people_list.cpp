#include "people/people_list.h"

#include "theme/person_colors.h"

#include <QPainter>
#include <QStyledItemDelegate>

namespace tandem {

namespace {

constexpr int badgePx = 26;
constexpr int rowPx = 38;
constexpr int gapPx = 10;
constexpr int usualWidthPx = 200;

enum ItemRole { SessionRole = Qt::UserRole, ColorRole, NoteRole, IdleRole };

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
            emit personChosen(session);
    };
    connect(this, &QListWidget::itemClicked, this, choose);
    connect(this, &QListWidget::itemActivated, this, choose);
}

void PeopleList::show(const ClientSession::Person& me, const Peers& others) {
    clear();
    const auto add = [this](const std::string& name, int color, const QString& note,
                            const std::string& session) {
        auto* item = new QListWidgetItem(QString::fromStdString(name).simplified(), this);
        item->setData(ColorRole, color);
        item->setData(NoteRole, note);
        item->setData(SessionRole, QString::fromStdString(session));
        return item;
    };
    add(me.name, me.color, tr("you"), {})->setData(Qt::StatusTipRole, tr("Change your name and colour"));
    for (const Peer& peer : others.all())
        add(peer.name, peer.color, peer.idle ? tr("away") : QString(), peer.session)
            ->setData(IdleRole, peer.idle);
}

QSize PeopleList::sizeHint() const {
    return {usualWidthPx, rowPx * 4};
}

} // namespace tandem
