// Which colour each author of one history has: the one that they chose if that is known, otherwise that of
// their name, and as long as there are enough, each another one. Owned by a HistoryPage.
#pragma once

#include "history/past_client.h"

#include <QMap>

namespace tandem {

class AuthorColors {
public:
    // This person has the colour that they chose.
    AuthorColors(const QString& ownName, int ownColor);

    // So has somebody else; what others were given may change.
    void keep(const QString& name, int color);

    // The same one each time for the same author.
    int of(const AuthorSpan& span);

private:
    QMap<QString, int> m_chosen; // by name
    QMap<QString, int> m_given;  // by name, or by the id of a replica whose author nobody knows
};

} // namespace tandem
