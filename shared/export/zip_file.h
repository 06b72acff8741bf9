// A ZIP archive in memory, as OpenDocument wants it. Files come out equal for equal content: there are no
// times in it. A plain value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tandem {

class ZipFile {
public:
    enum class Packing { stored, deflated };

    // Precondition: less than 4 GiB in all. `name` is ASCII, and no other entry's.
    void add(std::string_view name, std::string_view bytes, Packing packing = Packing::deflated);
    std::string finish() &&;

private:
    std::string m_bytes;
    std::string m_directory;
    std::uint16_t m_count = 0;
};

} // namespace tandem
