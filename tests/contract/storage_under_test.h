// One storage as the contract tests see it, whatever it is made of.
#pragma once

#include "storage/document_store.h"
#include "storage/snapshot_store.h"

#include <functional>
#include <memory>
#include <string>

namespace tandem {

class StorageUnderTest {
public:
    virtual ~StorageUnderTest() = default;

    virtual OpLog& log() = 0;
    virtual DocumentStore& documents() = 0;
    virtual SnapshotStore& snapshots() = 0;
    // Lets callbacks come until `done` says so, or for a few seconds.
    virtual void runUntil(const std::function<bool()>& done) = 0;
    // Closes and opens what is stored durably.
    virtual void reopen() = 0;
};

using MakeStorage = std::function<std::unique_ptr<StorageUnderTest>()>;

std::unique_ptr<StorageUnderTest> makeMemoryStorage();
std::unique_ptr<StorageUnderTest> makeSqliteStorage();
std::unique_ptr<StorageUnderTest> makeMariadbStorage();

} // namespace tandem
