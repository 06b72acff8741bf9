#include "admin/sample_documents.h"

namespace tandem {

std::vector<SampleDocument> sampleDocuments() {
    return {
        {"sample-welcome-0001", "Welcome",
         U"# Welcome\n\n"
         U"This document is open to everyone who has its address. Type anywhere: whoever else is here sees "
         U"it at "
         U"once.\n\n"
         U"- Edits made without a connection are kept and sent when it is back.\n"
         U"- Undo takes back what you did, never what others did.\n"},
        {"sample-minutes-0001", "Minutes",
         U"# Minutes\n\n## Present\n\n## Agenda\n\n1. \n2. \n3. \n\n## Decisions\n\n## Next time\n"},
        {"sample-unicode-0001", "Writing of the world",
         U"Ελληνικά · Русский · العربية · עברית · हिन्दी · ไทย · 日本語 · 한국어 · 中文\n"
         U"e\u0301 is é in two code points. 👩\u200D👩\u200D👧 is one sign in five. "
         U"𝒜 lies beyond the basic plane.\n"},
    };
}

} // namespace tandem
