#include "editor/together/author_tints.h"

#include "base/utf8.h"
#include "editor/editor_view.h"
#include "theme/person_colors.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace tandem {

namespace {
constexpr int mostShown = 20'000; // characters that are looked at for one painting
}

AuthorTints::AuthorTints(EditorView& view, const OpenDocument& document, const AuthorNames* names)
    : m_view(view), m_document(document), m_names(names) {
    m_view.addLayer(*this);
    m_view.viewport()->installEventFilter(this);
}

AuthorTints::~AuthorTints() {
    m_view.removeLayer(*this);
}

void AuthorTints::setOn(bool on) {
    m_isOn = on;
    m_view.viewport()->update();
}

std::vector<AuthorTints::Part> AuthorTints::partsOf(int start, int end) const {
    const Replica& replica = m_document.replica();
    const auto units = static_cast<int>(replica.utf16Length());
    std::vector<Part> parts;
    const int first = std::clamp(start, 0, units);
    const int last = std::clamp(end, first, units);
    const std::size_t from = replica.indexOfUtf16(static_cast<std::size_t>(first));
    const std::size_t to = replica.indexOfUtf16(static_cast<std::size_t>(last));
    const std::u32string text = replica.slice(from, to - from);
    int at = static_cast<int>(replica.utf16OfIndex(from));
    for (std::size_t i = 0; i < text.size(); ++i) {
        const ReplicaId author = replica.anchorAt(from + i, Side::left).element.replica;
        const int next = at + static_cast<int>(utf16Length(text[i]));
        if (!parts.empty() && parts.back().author == author)
            parts.back().end = next;
        else
            parts.push_back({at, next, author});
        at = next;
    }
    return parts;
}

int AuthorTints::colorOf(ReplicaId author) const {
    if (m_names) {
        if (const std::optional<AuthorNames::Author> known = m_names->authorOf(author))
            return known->color;
    }
    return static_cast<int>(author % theme::personColorCount);
}

QString AuthorTints::nameAt(int position) const {
    const std::vector<Part> parts = partsOf(position, position + 2);
    if (parts.empty() || !m_names)
        return {};
    const std::optional<AuthorNames::Author> author = m_names->authorOf(parts.front().author);
    return author ? author->name.simplified() : QString();
}

void AuthorTints::paintUnder(QPainter& painter) {
    if (!m_isOn)
        return;
    const EditorView::Span shown = m_view.visibleSpan();
    const theme::Scheme scheme = theme::schemeOf(m_view.palette());
    for (const Part& part : partsOf(shown.start, std::min(shown.end, shown.start + mostShown))) {
        const QColor tint = theme::personColors(colorOf(part.author), scheme).selection;
        for (const QRectF& rect : m_view.textRects(part.start, part.end))
            painter.fillRect(rect, tint);
    }
}

bool AuthorTints::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::ToolTip || !m_isOn)
        return QObject::eventFilter(watched, event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString name = nameAt(m_view.cursorForPosition(help->pos()).position());
    if (name.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), tr("%1 wrote this").arg(name).toHtmlEscaped(),
                           m_view.viewport());
    return true;
}

} // namespace tandem
