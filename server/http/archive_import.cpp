#include "http/archive_import.h"

#include "archive/document_archive.h"
#include "deflate/deflate.h"
#include "http/document_json.h"
#include "protocol/limits.h"

#include <QMetaObject>

namespace tandem {

namespace {

Result<ReadArchive> readArchive(const std::string& file) {
    const auto bytes = inflate(file, limits::archiveBytes);
    if (!bytes)
        return bytes.error();
    auto archive = decodeArchive(*bytes);
    if (!archive)
        return archive.error();
    auto title = cleanTitle(archive->title);
    if (!title)
        return title.error();
    auto log = importedLog(std::move(*archive), &deflate);
    if (!log)
        return log.error();
    return ReadArchive{std::move(*title), std::move(*log)};
}

} // namespace

ArchiveImport::ArchiveImport() {
    m_pool.setMaxThreadCount(1);
}

void ArchiveImport::read(std::string file, std::function<void(Result<ReadArchive>)> done) {
    m_pool.start([this, file = std::move(file), done = std::move(done)] {
        auto result = std::make_shared<Result<ReadArchive>>(readArchive(file));
        QMetaObject::invokeMethod(
            &m_context, [result, done] { done(std::move(*result)); }, Qt::QueuedConnection);
    });
}

} // namespace tandem
