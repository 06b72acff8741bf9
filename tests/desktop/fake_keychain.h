// A keychain in memory that can refuse, and hang.
#pragma once

#include "settings/keychain.h"

#include <QMap>

namespace tandem {

class FakeKeychain final : public Keychain {
public:
    enum class Mood { works, unavailable, silent };

    struct State {
        Mood mood = Mood::works;
        QMap<QString, QString> secrets;
        int reads = 0;
    };
    explicit FakeKeychain(State& state) : m_state(state) {}

    void read(const QString& key, std::function<void(Outcome, const QString&)> use) override {
        ++m_state.reads;
        if (m_state.mood == Mood::unavailable)
            use(Outcome::unavailable, {});
        else if (m_state.mood == Mood::works)
            use(m_state.secrets.contains(key) ? Outcome::done : Outcome::absent, m_state.secrets.value(key));
    }
    void write(const QString& key, const QString& secret, std::function<void(Outcome)> told) override {
        if (m_state.mood == Mood::works)
            m_state.secrets.insert(key, secret);
        if (m_state.mood != Mood::silent)
            told(m_state.mood == Mood::works ? Outcome::done : Outcome::unavailable);
    }
    void remove(const QString& key) override { m_state.secrets.remove(key); }

private:
    State& m_state;
};

} // namespace tandem
