#include "rooms/initial_content.h"

#include "access/token.h"
#include "client/open_document.h"

namespace tandem {

std::vector<AppendEntry> initialContent(std::u32string_view text, Random& random) {
    OpenDocument document(random);
    std::vector<AppendEntry> entries;
    if (text.empty() || !document.edit(0, 0, text).ok())
        return entries;
    for (const Outbox::Entry& made : document.outbox().entries())
        entries.push_back({made.replica, made.first, made.bytes, std::nullopt, std::nullopt});
    entries.front().binding = ReplicaBinding{document.author()->replica, sha256(document.author()->key), {}};
    return entries;
}

} // namespace tandem
