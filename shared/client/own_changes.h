// Own changes that a server has made durable, oldest first, as bytes: for a server that comes back from a
// backup without them. Owned by OpenDocument. Takes little more memory than the bytes themselves.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tandem {

class OwnChanges {
public:
    void add(std::string_view change);
    std::vector<std::string> all() const;
    void clear() { m_packed.clear(); }

private:
    std::string m_packed; // each behind its length
};

} // namespace tandem
