#include "history/author_colors.h"

#include "theme/person_colors.h"

namespace tandem {

AuthorColors::AuthorColors(const QString& ownName, int ownColor) {
    m_colors[ownName] = ownColor;
}

int AuthorColors::of(const AuthorSpan& span) {
    const QString key = span.name.isEmpty() ? QString::number(span.replica) : span.name;
    if (const auto known = m_colors.constFind(key); known != m_colors.constEnd())
        return *known;
    const QList<int> taken = m_colors.values();
    int color = theme::personColorOf(key);
    for (int i = 0; i < theme::personColorCount && taken.contains(color); ++i)
        color = (color + 1) % theme::personColorCount;
    m_colors[key] = color;
    return color;
}

} // namespace tandem
