#include "backup/output_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace tandem {

namespace fs = std::filesystem;

Result<std::unique_ptr<OutputFile>> OutputFile::open(const std::string& name) {
    if (name == "-")
        return std::unique_ptr<OutputFile>(new OutputFile(name, {}, STDOUT_FILENO));
    std::error_code ignored;
    if (fs::exists(name, ignored) && !fs::is_regular_file(name, ignored))
        return Error{ErrorCode::invalidArgument, name + " is no file; - is standard output."};
    const std::string part = name + ".part";
    // Nobody else's business: it holds all texts.
    const int descriptor = ::open(part.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return Error{ErrorCode::unavailable, part + " cannot be written: " + std::strerror(errno) + "."};
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        ::close(descriptor);
        return Error{ErrorCode::unavailable, "Another command is writing " + part + "."};
    }
    auto file = std::unique_ptr<OutputFile>(new OutputFile(name, part, descriptor));
    if (::ftruncate(descriptor, 0) != 0) // what one that was killed has left
        return file->failed();
    return file;
}

OutputFile::~OutputFile() {
    if (!m_part.empty())
        ::unlink(m_part.c_str());
    if (m_descriptor != STDOUT_FILENO)
        ::close(m_descriptor);
}

Error OutputFile::failed() const {
    const std::string what = m_name == "-" ? "Standard output" : m_name;
    return {ErrorCode::unavailable, what + " cannot be written: " + std::strerror(errno) + "."};
}

Result<void> OutputFile::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return failed();
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> OutputFile::commit() {
    if (m_part.empty())
        return {};
    if (::fsync(m_descriptor) != 0 || ::rename(m_part.c_str(), m_name.c_str()) != 0)
        return failed();
    m_part.clear();
    std::error_code ignored;
    return synchronize(fs::absolute(m_name, ignored).parent_path());
}

Result<void> synchronize(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool isDone = descriptor >= 0 && ::fsync(descriptor) == 0;
    const int fault = errno;
    if (descriptor >= 0)
        ::close(descriptor);
    if (isDone)
        return {};
    return Error{ErrorCode::unavailable, path + " cannot be written: " + std::strerror(fault) + "."};
}

} // namespace tandem
