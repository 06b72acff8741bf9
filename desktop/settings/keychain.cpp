#include "settings/keychain.h"

#include <qt6keychain/keychain.h>

namespace tandem {

namespace {
const QString service = QStringLiteral("tandem");

Keychain::Outcome outcomeOf(const QKeychain::Job& job) {
    switch (job.error()) {
    case QKeychain::NoError:
        return Keychain::Outcome::done;
    case QKeychain::EntryNotFound:
        return Keychain::Outcome::absent;
    default:
        return Keychain::Outcome::unavailable;
    }
}

class SystemKeychain final : public Keychain {
public:
    void read(const QString& key, std::function<void(Outcome, const QString&)> use) override {
        auto* job = new QKeychain::ReadPasswordJob(service); // deletes itself
        start(job, key, [job, use = std::move(use)] { use(outcomeOf(*job), job->textData()); });
    }

    void write(const QString& key, const QString& secret, std::function<void(Outcome)> told) override {
        auto* job = new QKeychain::WritePasswordJob(service);
        job->setTextData(secret);
        start(job, key, [job, told = std::move(told)] { told(outcomeOf(*job)); });
    }

    void remove(const QString& key) override {
        start(new QKeychain::DeletePasswordJob(service), key, [] {});
    }

private:
    template <class Finished>
    void start(QKeychain::Job* job, const QString& key, Finished finished) {
        job->setKey(key);
        job->setInsecureFallback(false); // that would be QSettings
        QObject::connect(job, &QKeychain::Job::finished, job, finished);
        job->start();
    }
};
} // namespace

std::unique_ptr<Keychain> systemKeychain() {
    return std::make_unique<SystemKeychain>();
}

} // namespace tandem
