#include "documents/document_list.h"

#include "theme/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

namespace tandem {

namespace {
constexpr int rowPx = 52;
constexpr int sidePx = 14;
constexpr int gapPx = 16;
constexpr qreal radiusPx = 6;
constexpr int PlaceRole = Qt::UserRole;
constexpr int WhenRole = Qt::UserRole + 1;

class RowDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {0, rowPx}; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const bool current = option.state.testFlag(QStyle::State_Selected);
        const bool focused = current && option.state.testFlag(QStyle::State_HasFocus);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (current || option.state.testFlag(QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(focused ? option.palette.color(QPalette::Highlight)
                                      : theme::currentLine(option.palette));
            painter->drawRoundedRect(QRectF(option.rect).adjusted(0, 1, 0, -1), radiusPx, radiusPx);
        }
        const QColor strong = option.palette.color(focused ? QPalette::HighlightedText : QPalette::Text);
        const QColor weak = focused ? strong : theme::quietText(option.palette);
        QRectF room = QRectF(option.rect).adjusted(sidePx, 7, -sidePx, -7);

        const QString when = index.data(WhenRole).toString();
        painter->setFont(option.font);
        painter->setPen(weak);
        painter->drawText(room, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, when);
        if (!when.isEmpty())
            room.setRight(room.right() - QFontMetricsF(option.font).horizontalAdvance(when) - gapPx);

        QFont titleFont = option.font;
        titleFont.setWeight(QFont::Medium);
        const QString place = index.data(PlaceRole).toString();
        const int titleAt = place.isEmpty() ? Qt::AlignVCenter : Qt::AlignTop;
        painter->setFont(titleFont);
        painter->setPen(strong);
        painter->drawText(room, Qt::AlignLeft | titleAt | Qt::TextSingleLine,
                          QFontMetricsF(titleFont).elidedText(index.data(Qt::DisplayRole).toString(),
                                                              Qt::ElideRight, room.width()));
        QFont placeFont = option.font;
        placeFont.setPointSizeF(placeFont.pointSizeF() * 0.9);
        painter->setFont(placeFont);
        painter->setPen(weak);
        painter->drawText(room, Qt::AlignLeft | Qt::AlignBottom | Qt::TextSingleLine,
                          QFontMetricsF(placeFont).elidedText(place, Qt::ElideRight, room.width()));
        painter->restore();
    }
};
} // namespace

DocumentList::DocumentList(QWidget* parent) : QListView(parent), m_model(new QStandardItemModel(this)) {
    setModel(m_model);
    setItemDelegate(new RowDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setAccessibleName(tr("Documents"));
    setContextMenuPolicy(Qt::CustomContextMenu);
    // A click opens, as in a browser; the context menu and the keyboard do the rest.
    connect(this, &QListView::clicked, this, &DocumentList::open);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, &DocumentList::currentMoved);
}

void DocumentList::showRows(const QList<Row>& rows) {
    const std::optional<Row> before = current();
    m_rows = rows;
    m_model->clear();
    int chosen = 0;
    for (int i = 0; i < rows.size(); ++i) {
        auto* item = new QStandardItem(rows[i].title.simplified());
        item->setData(rows[i].place, PlaceRole);
        item->setData(rows[i].when, WhenRole);
        item->setData(rows[i].title + QStringLiteral(", ") + rows[i].place + QStringLiteral(", ") +
                          rows[i].when,
                      Qt::AccessibleTextRole);
        m_model->appendRow(item);
        if (before && before->url.isSameDocument(rows[i].url))
            chosen = i;
    }
    if (!rows.isEmpty())
        setCurrentIndex(m_model->index(chosen, 0));
    emit currentMoved();
}

void DocumentList::setEmptyText(const QString& sentence) {
    m_emptyText = sentence;
    viewport()->update();
}

std::optional<DocumentList::Row> DocumentList::current() const {
    const int row = currentIndex().row();
    return row < 0 || row >= m_rows.size() ? std::nullopt : std::optional(m_rows[row]);
}

void DocumentList::open(const QModelIndex& index) {
    if (!index.isValid() || index.row() >= m_rows.size())
        return;
    const DocumentUrl document = m_rows[index.row()].url; // whoever opens it may change the rows
    emit opened(document);
}

void DocumentList::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        open(currentIndex());
    else if (event->key() == Qt::Key_Up && currentIndex().row() <= 0)
        emit leftUpwards();
    else
        QListView::keyPressEvent(event);
}

void DocumentList::paintEvent(QPaintEvent* event) {
    QListView::paintEvent(event);
    if (!m_rows.isEmpty() || m_emptyText.isEmpty())
        return;
    QPainter painter(viewport());
    painter.setPen(theme::quietText(palette()));
    painter.drawText(viewport()->rect().adjusted(sidePx, 24, -sidePx, 0),
                     Qt::AlignTop | Qt::AlignHCenter | Qt::TextWordWrap, m_emptyText);
}

} // namespace tandem
