// A file that is there whole or not at all: written beside its place as `<name>.part`, and put there by
// commit(). The name "-" is standard output. Errors are sentences for the operator.
#pragma once

#include "base/result.h"

#include <memory>
#include <string>
#include <string_view>

namespace tandem {

class OutputFile {
public:
    static Result<std::unique_ptr<OutputFile>> open(const std::string& name);
    // Without commit() nothing is left of it.
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    Result<void> write(std::string_view bytes);
    // Makes it durable and takes the place of what had this name.
    Result<void> commit();

private:
    OutputFile(std::string name, std::string part, int descriptor)
        : m_name(std::move(name)), m_part(std::move(part)), m_descriptor(descriptor) {}

    Error failed() const;

    std::string m_name;
    std::string m_part; // empty: standard output, or it is in its place
    int m_descriptor;
};

// Makes what was done to a file, or in a folder, durable.
Result<void> synchronize(const std::string& path);

} // namespace tandem
