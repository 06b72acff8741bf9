#include "history/author_colors.h"

#include "theme/person_colors.h"

#include <functional>

namespace tandem {

AuthorColors::AuthorColors(const QString& ownName, int ownColor) {
    keep(ownName, ownColor);
}

void AuthorColors::keep(const QString& name, int color) {
    m_chosen[name] = color;
    m_given.clear();
}

int AuthorColors::of(const AuthorSpan& span) {
    const QString key = span.name.isEmpty() ? QString::number(span.replica) : span.name;
    for (const QMap<QString, int>& known : {std::cref(m_chosen), std::cref(m_given)})
        if (const auto found = known.constFind(key); found != known.constEnd())
            return *found;
    const QList<int> taken = m_chosen.values() + m_given.values();
    int color = theme::personColorOf(key);
    for (int i = 0; i < theme::personColorCount && taken.contains(color); ++i)
        color = (color + 1) % theme::personColorCount;
    m_given[key] = color;
    return color;
}

} // namespace tandem
