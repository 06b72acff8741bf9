#include "commands/finder.h"

#include "commands/finder_delegate.h"
#include "commands/fuzzy_match.h"
#include "theme/theme.h"

#include <QGraphicsDropShadowEffect>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <algorithm>

namespace tandem {

namespace {
constexpr int widthPx = 560;
constexpr int topPx = 52;
constexpr int marginPx = 8;
constexpr int mostRows = 11;
} // namespace

Finder::Finder(const QString& placeholder, QWidget* window)
    : QFrame(window), m_field(new QLineEdit), m_list(new QListView), m_model(new QStandardItemModel(this)) {
    setObjectName(QStringLiteral("finder"));
    setAutoFillBackground(true);
    setAccessibleName(placeholder);
    m_field->setPlaceholderText(placeholder);
    m_field->setAccessibleName(placeholder);
    m_field->installEventFilter(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new FinderDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus); // the keyboard stays in the field
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_list->setAccessibleName(tr("What matches"));

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(marginPx, marginPx, marginPx, marginPx);
    column->setSpacing(6);
    column->addWidget(m_field);
    column->addWidget(m_list);

    auto* shadow = new QGraphicsDropShadowEffect(this);
    shadow->setBlurRadius(32);
    shadow->setOffset(0, 8);
    shadow->setColor(QColor(0, 0, 0, 70));
    setGraphicsEffect(shadow);

    connect(m_field, &QLineEdit::textChanged, this, [this](const QString& text) {
        filter();
        emit typed(text);
    });
    connect(m_list, &QListView::clicked, this, &Finder::choose);
    dress();
    hide();
}

void Finder::setEntries(QList<Entry> entries) {
    m_entries = std::move(entries);
    filter();
}

void Finder::setEmptyText(const QString& sentence) {
    m_emptyText = sentence;
}

void Finder::open() {
    if (!isVisible())
        m_before = window()->focusWidget();
    m_field->clear();
    filter();
    raise();
    show();
    m_field->setFocus();
}

QStringList Finder::shownKeys() const {
    QStringList keys;
    for (int row = 0; row < m_model->rowCount(); ++row)
        if (const QString key = m_model->index(row, 0).data(FinderDelegate::KeyRole).toString();
            !key.isEmpty())
            keys.append(key);
    return keys;
}

void Finder::filter() {
    struct Found {
        const Entry* entry;
        FuzzyMatch match;
    };
    const QString typedText = m_field->text();
    QList<Found> found;
    for (const Entry& entry : m_entries)
        if (const std::optional<FuzzyMatch> match = fuzzyMatch(typedText, entry.text))
            found.append({&entry, *match});
    if (!typedText.trimmed().isEmpty())
        std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
            return std::pair(a.match.score, a.entry->weight) > std::pair(b.match.score, b.entry->weight);
        });

    m_model->clear();
    for (const Found& each : found) {
        auto* item = new QStandardItem(each.entry->text);
        item->setData(each.entry->note, FinderDelegate::NoteRole);
        item->setData(each.entry->shortcut, FinderDelegate::ShortcutRole);
        item->setData(each.entry->key, FinderDelegate::KeyRole);
        item->setData(QVariant::fromValue(each.match.positions), FinderDelegate::MatchRole);
        item->setEnabled(each.entry->enabled);
        m_model->appendRow(item);
    }
    if (found.isEmpty() && !m_emptyText.isEmpty()) {
        auto* item = new QStandardItem(m_emptyText);
        item->setEnabled(false);
        m_model->appendRow(item);
    }
    m_list->setCurrentIndex({});
    moveBy(1);
    fit();
}

// To the next one that can be chosen.
void Finder::moveBy(int rows) {
    const int count = m_model->rowCount();
    int row = m_list->currentIndex().isValid() ? m_list->currentIndex().row() : (rows > 0 ? -1 : count);
    for (int tried = 0; tried < count; ++tried) {
        row = ((row + (rows > 0 ? 1 : -1)) % count + count) % count;
        if (m_model->item(row)->isEnabled()) {
            m_list->setCurrentIndex(m_model->index(row, 0));
            return;
        }
    }
}

void Finder::choose(const QModelIndex& index) {
    if (!index.isValid() || !index.flags().testFlag(Qt::ItemIsEnabled))
        return;
    const QString key = index.data(FinderDelegate::KeyRole).toString();
    leave();
    emit chosen(key);
}

void Finder::leave() {
    hide();
    if (m_before)
        m_before->setFocus();
}

bool Finder::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusOut) {
        const auto reason = static_cast<QFocusEvent*>(event)->reason();
        if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason)
            hide();
    }
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept(); // what is pressed here is meant for the field
        return true;
    }
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
    case Qt::Key_Down:
    case Qt::Key_Tab:
        moveBy(1);
        return true;
    case Qt::Key_Up:
    case Qt::Key_Backtab:
        moveBy(-1);
        return true;
    case Qt::Key_PageDown:
    case Qt::Key_PageUp:
        for (int i = 0; i < mostRows; ++i)
            moveBy(key->key() == Qt::Key_PageDown ? 1 : -1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(m_list->currentIndex());
        return true;
    case Qt::Key_Escape:
        leave();
        return true;
    default:
        return QFrame::eventFilter(watched, event);
    }
}

void Finder::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_list)
        dress();
}

void Finder::dress() {
    QPalette palette = parentWidget()->palette();
    palette.setColor(QPalette::Window, palette.color(QPalette::Base));
    if (palette.color(QPalette::Window) != this->palette().color(QPalette::Window))
        setPalette(palette);
    setFrameShape(QFrame::StyledPanel);
}

void Finder::fit() {
    const QRect room = parentWidget()->rect();
    const int rows = std::clamp(m_model->rowCount(), 1, mostRows);
    m_list->setFixedHeight(rows * FinderDelegate::rowPx);
    const int width = std::min(widthPx, room.width() - 2 * marginPx);
    resize(width, sizeHint().height());
    move((room.width() - width) / 2, topPx);
}

} // namespace tandem
