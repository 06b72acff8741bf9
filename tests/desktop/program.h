// The program as it begins over the settings and the folder of a test, which may end it and begin another
// one.
#pragma once

#include "documents/library.h"
#include "offline/local_store.h"
#include "test_settings.h"
#include "window/window_set.h"

namespace tandem {

struct Program {
    explicit Program(TestSettings& settings)
        : store(settings.folder.filePath(QStringLiteral("data")))
        , library(settings.preferences, settings.secrets, &store)
        , windows(settings.preferences, library) {}

    LocalStore store;
    Library library;
    WindowSet windows;
};

} // namespace tandem
