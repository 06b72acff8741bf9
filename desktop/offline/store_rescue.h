// What can still be read of a damaged file of a LocalStore: whole documents where all of them is right, and
// own changes wherever they stand in the bytes. Pure reading; the file is as it was. O(file).
#pragma once

#include "offline/store_task.h"

#include <QString>

namespace tandem {

struct Rescue {
    std::vector<StoreTask> tasks; // put it into another file
    std::set<std::string> whole;  // documents, by key
    std::set<std::string> partly; // of these only own changes
    std::size_t ownChanges = 0;   // of the latter
};

Rescue rescueFrom(const QString& file);

} // namespace tandem
