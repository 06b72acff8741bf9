// What is to be written into a LocalStore, as values that go to the writing thread.
#pragma once

#include "client/open_document.h"
#include "offline/past_names.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace tandem {

struct StoreTask {
    struct Made { // see DocumentJournal, for these four
        Outbox::Entry change;
        std::string key;
        std::int64_t timeMs = 0; // since 1970; 0: not known
        std::string name = {};   // of the person; empty: not known
    };
    struct Committed {
        Seq version = 0;
        std::string change;
    };
    struct Acked {
        ReplicaId replica = 0;
        Counter through = 0;
        Seq version = 0;
    };
    struct Titled {
        std::string title;
    };
    // It was opened: with this link, at this time.
    struct Opened {
        std::string link;
        std::int64_t timeMs = 0;
    };
    // All of it is another one.
    struct Replaced {
        std::string snapshot; // Replica::encode()
        Seq version = 0;
        std::string title;
        OpenDocument::Leftover leftover; // with all authors
        std::vector<std::string> acked;
        std::string before = {}; // key under which it was kept, when that was another one
    };
    // Beside those that are there. An empty name takes one away.
    struct Named {
        PastNames names;
    };
    // Outbox of a damaged store: what it stands on is not known.
    struct Rescued {
        std::string epoch;
    };
    // The journal up to `through` is in this snapshot, if the document is still the one that was read.
    struct Compacted {
        std::int64_t generation = 0;
        std::int64_t through = 0;
        std::string packed;
    };
    // Put into the bin at this time; 0: taken out of it. Opening it takes it out as well.
    struct Binned {
        std::int64_t timeMs = 0;
    };
    struct LeftOut {}; // of the recent ones, until it is opened again
    struct Forgotten {};

    std::string document; // key
    std::variant<Made, Committed, Acked, Titled, Opened, Replaced, Named, Rescued, Compacted, Binned, LeftOut,
                 Forgotten>
        what;
};

} // namespace tandem
