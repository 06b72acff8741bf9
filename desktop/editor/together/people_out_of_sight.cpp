#include "editor/together/people_out_of_sight.h"

#include "editor/editor_view.h"
#include "theme/person_colors.h"

#include <QEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace tandem {

namespace {
constexpr int edgePx = 6;
constexpr int gapPx = 4;
constexpr int paddingPx = 8;
constexpr int widestNamePx = 110;

QFont chipFont() {
    QFont font = theme::uiFont();
    font.setPointSizeF(font.pointSizeF() * 0.85);
    font.setWeight(QFont::DemiBold);
    return font;
}
} // namespace

class PeopleOutOfSight::Chip final : public QAbstractButton {
public:
    explicit Chip(QWidget* parent) : QAbstractButton(parent) {
        setCursor(Qt::PointingHandCursor);
        setFocusPolicy(Qt::TabFocus);
        setFont(chipFont());
    }

    void show(const Peer& peer, bool isAbove) {
        const QString name = QString::fromStdString(peer.name).simplified();
        const QString place =
            isAbove ? tr("%1 is above. Go there").arg(name) : tr("%1 is below. Go there").arg(name);
        m_color = peer.color;
        setText((isAbove ? QStringLiteral("↑ ") : QStringLiteral("↓ ")) +
                fontMetrics().elidedText(name, Qt::ElideRight, widestNamePx));
        setAccessibleName(place);
        setToolTip(place);
        resize(sizeHint());
        setVisible(true);
        update();
    }

    QSize sizeHint() const override {
        return {fontMetrics().horizontalAdvance(text()) + 2 * paddingPx, fontMetrics().height() + gapPx};
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const theme::PersonColors colors = theme::personColors(m_color, theme::schemeOf(palette()));
        painter.setPen(hasFocus() ? QPen(palette().color(QPalette::Text), 1.5) : QPen(Qt::NoPen));
        painter.setBrush(underMouse() ? colors.caret.lighter(110) : colors.caret);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), height() / 2.0, height() / 2.0);
        painter.setPen(colors.onCaret);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextSingleLine, text());
    }

private:
    static QString tr(const char* text) { return PeopleOutOfSight::tr(text); }

    int m_color = 0;
};

PeopleOutOfSight::PeopleOutOfSight(EditorView& view, const Peers& peers)
    : QObject(&view), m_view(view), m_peers(peers) {
    view.viewport()->installEventFilter(this);
    connect(&view, &EditorView::peersShown, this, &PeopleOutOfSight::refresh);
    connect(&view.binding(), &DocumentBinding::editsShown, this, &PeopleOutOfSight::refresh);
    connect(view.verticalScrollBar(), &QScrollBar::valueChanged, this, &PeopleOutOfSight::refresh);
    // Typing scrolls without a word of the scroll bar, and takes what is in the view along.
    connect(&view, &QPlainTextEdit::updateRequest, this, [this](const QRect&, int dy) {
        if (dy != 0)
            refresh();
    });
    refresh();
}

bool PeopleOutOfSight::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize)
        refresh();
    return QObject::eventFilter(watched, event);
}

void PeopleOutOfSight::refresh() {
    const EditorView::Span shown = m_view.visibleSpan();
    std::vector<const Peer*> above;
    std::vector<const Peer*> below;
    for (const Peer& peer : m_peers.all()) {
        const std::optional<int> head =
            peer.selection ? m_view.binding().positionOf(peer.selection->head) : std::nullopt;
        if (head && *head < shown.start)
            above.push_back(&peer);
        else if (head && *head > shown.end)
            below.push_back(&peer);
    }
    const auto isOut = [&](const std::string& session) {
        const auto is = [&](const Peer* peer) { return peer->session == session; };
        return std::any_of(above.begin(), above.end(), is) || std::any_of(below.begin(), below.end(), is);
    };
    for (auto chip = m_chips.begin(); chip != m_chips.end();) {
        if (isOut(chip->first)) {
            ++chip;
            continue;
        }
        chip->second->hide();
        chip->second->deleteLater();
        chip = m_chips.erase(chip);
    }
    layOut(above, true);
    layOut(below, false);
}

void PeopleOutOfSight::layOut(const std::vector<const Peer*>& people, bool above) {
    int right = m_view.viewport()->width() - edgePx;
    int count = 0;
    for (const Peer* peer : people) {
        Chip*& chip = m_chips[peer->session];
        if (!chip) {
            chip = new Chip(m_view.viewport());
            connect(chip, &QAbstractButton::clicked, this, [this, session = peer->session] {
                for (const Peer& other : m_peers.all()) {
                    const std::optional<int> head = other.session == session && other.selection
                                                        ? m_view.binding().positionOf(other.selection->head)
                                                        : std::nullopt;
                    if (!head)
                        continue;
                    m_view.reveal(*head);
                    emit revealed(QString::fromStdString(session));
                    return;
                }
            });
        }
        if (++count > mostAtAnEdge) {
            chip->hide();
            continue;
        }
        chip->show(*peer, above);
        right -= chip->width();
        chip->move(right, above ? edgePx : m_view.viewport()->height() - chip->height() - edgePx);
        right -= gapPx;
    }
}

std::vector<QAbstractButton*> PeopleOutOfSight::chips() const {
    std::vector<QAbstractButton*> shown;
    for (const auto& [session, chip] : m_chips) {
        if (!chip->isHidden())
            shown.push_back(chip);
    }
    std::sort(shown.begin(), shown.end(), [](const auto* a, const auto* b) { return a->y() < b->y(); });
    return shown;
}

} // namespace tandem
