#include "backup/table_statements.h"

#include <set>

namespace tandem {

namespace {

const char* kept(std::string statement) {
    static std::set<std::string> statements;
    return statements.insert(std::move(statement)).first->c_str();
}

std::string select(const BackupTable& table) {
    std::string columns;
    for (const BackupColumn& column : table.columns) {
        if (!columns.empty())
            columns += ", ";
        if (column.nullable)
            columns += column.name + " IS NOT NULL, ";
        columns += column.name;
    }
    return "SELECT " + columns + " FROM " + table.name;
}

std::string inOrder(const BackupTable& table) {
    std::string key;
    for (std::size_t i = 0; i < table.keyColumns; ++i)
        key += (i > 0 ? ", " : "") + table.columns[i].name;
    return " ORDER BY " + key + " LIMIT ?";
}

} // namespace

const char* selectFirst(const BackupTable& table) {
    return kept(select(table) + inOrder(table));
}

const char* selectBehind(const BackupTable& table, std::size_t same) {
    std::string where;
    for (std::size_t i = 0; i < same; ++i)
        where += table.columns[i].name + " = ? AND ";
    return kept(select(table) + " WHERE " + where + table.columns[same].name + " > ?" + inOrder(table));
}

const char* insertInto(const std::string& name, const BackupTable& table, std::size_t columns,
                       std::size_t rows) {
    std::string names;
    std::string row;
    for (std::size_t i = 0; i < columns; ++i) {
        names += (i > 0 ? ", " : "") + table.columns[i].name;
        row += i > 0 ? ", ?" : "?";
    }
    std::string all = "(" + row + ")";
    for (std::size_t i = 1; i < rows; ++i)
        all += ", (" + row + ")";
    return kept("INSERT INTO " + name + " (" + names + ") VALUES " + all);
}

} // namespace tandem
