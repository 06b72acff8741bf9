#include "http/page_files.h"

#include <QDirIterator>
#include <QFile>

#include <array>
#include <utility>

namespace tandem {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> types{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".wasm", "application/wasm"},
    {".woff2", "font/woff2"},
}};

// Nothing for what is not to be shown.
std::string_view typeOf(std::string_view name) {
    for (const auto& [end, type] : types) {
        if (name.ends_with(end))
            return type;
    }
    return {};
}

std::string contents(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

} // namespace

PageFiles::PageFiles() {
    const QString root = QStringLiteral(":/tandem/web/");
    QDirIterator files(root, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        const std::string name = path.mid(root.size()).toStdString();
        if (const std::string_view type = typeOf(name); !type.empty())
            m_files.emplace(name, File{type, contents(path), contents(path + QStringLiteral(".gz"))});
    }
}

const PageFiles::File* PageFiles::find(std::string_view name) const {
    const auto found = m_files.find(name);
    return found == m_files.end() ? nullptr : &found->second;
}

} // namespace tandem
