// Where the system keeps secrets of this person: an interface, so that what happens without one can be shown.
// Answers come later, on the event-loop thread, or never.
#pragma once

#include <QString>

#include <functional>
#include <memory>

namespace tandem {

class Keychain {
public:
    enum class Outcome { done, absent, unavailable }; // unavailable: no service answers

    virtual ~Keychain() = default;

    virtual void read(const QString& key, std::function<void(Outcome, const QString& secret)> use) = 0;
    virtual void write(const QString& key, const QString& secret, std::function<void(Outcome)> told) = 0;
    virtual void remove(const QString& key) = 0;
};

// That of the desktop: libsecret, KWallet.
std::unique_ptr<Keychain> systemKeychain();

} // namespace tandem
