#include "offline/past_names.h"

#include "offline/store_database.h"

namespace tandem {

// Numbers as SQLite has them, so that a statement of a migration can write it as well.
std::string encodeState(const PastState& state) {
    QStringList parts;
    for (const auto& [replica, last] : state)
        parts.append(
            QStringLiteral("%1:%2").arg(static_cast<qint64>(replica)).arg(static_cast<qint64>(last)));
    return parts.join(u' ').toStdString();
}

PastState decodeState(const std::string& text) {
    PastState state;
    const QStringList parts = QString::fromStdString(text).split(u' ', Qt::SkipEmptyParts);
    for (const QString& part : parts)
        state[static_cast<ReplicaId>(part.section(u':', 0, 0).toLongLong())] =
            static_cast<Counter>(part.section(u':', 1).toLongLong());
    return state;
}

Result<PastTimes> readPastTimes(StoreDatabase& database, const std::string& key) {
    PastTimes times;
    auto rows = database.run("SELECT replica, last, time FROM journal WHERE own = 1 AND time > 0 AND "
                             "document = (SELECT id FROM documents WHERE key = ?)",
                             {storeText(key)});
    if (!rows.ok())
        return rows.error();
    while ((*rows)->next())
        times[{static_cast<ReplicaId>((*rows)->value(0).toLongLong()),
               static_cast<Counter>((*rows)->value(1).toLongLong())}] = (*rows)->value(2).toLongLong();
    if (auto fault = StoreDatabase::faultOf(**rows); !fault.ok())
        return fault.error();
    return times;
}

Result<PastNames> readPastNames(StoreDatabase& database, const std::string& key) {
    PastNames names;
    const auto read = [&](const char* statement, auto& into) -> Result<void> {
        auto rows = database.run(statement, {storeText(key)});
        if (!rows.ok())
            return rows.error();
        using Number = typename std::remove_reference_t<decltype(into)>::key_type;
        while ((*rows)->next())
            into[static_cast<Number>((*rows)->value(0).toLongLong())] = textAt(**rows, 1);
        return StoreDatabase::faultOf(**rows);
    };
    if (auto done = read("SELECT version, label FROM version_names WHERE document = "
                         "(SELECT id FROM documents WHERE key = ?)",
                         names.versions);
        !done.ok())
        return done.error();
    if (auto done = read("SELECT replica, name FROM author_names WHERE document = "
                         "(SELECT id FROM documents WHERE key = ?)",
                         names.authors);
        !done.ok())
        return done.error();
    auto states = database.run("SELECT state, label FROM named_states WHERE document = "
                               "(SELECT id FROM documents WHERE key = ?)",
                               {storeText(key)});
    if (!states.ok())
        return states.error();
    while ((*states)->next())
        names.states[decodeState(textAt(**states, 0))] = textAt(**states, 1);
    if (auto fault = StoreDatabase::faultOf(**states); !fault.ok())
        return fault.error();
    return names;
}

} // namespace tandem
