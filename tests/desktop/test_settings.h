// The settings and secrets of a person who has just begun, in a folder that goes with the test. A base of
// fixtures.
#pragma once

#include "fake_keychain.h"
#include "settings/preferences.h"
#include "settings/secret_store.h"

#include <QTemporaryDir>

namespace tandem {

struct TestSettings {
    QTemporaryDir folder;
    Preferences preferences{folder.filePath(QStringLiteral("settings.ini"))};
    FakeKeychain::State keychain;
    SecretStore secrets{std::make_unique<FakeKeychain>(keychain),
                        folder.filePath(QStringLiteral("secrets.json"))};
};

} // namespace tandem
