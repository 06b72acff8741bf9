// A worker for tests: built of the server's own parts, with types of jobs that no server has and with short
// leases. Arguments: the database's URL, a folder in which jobs leave what they did.
#include "jobs/job_work.h"
#include "process/process_signals.h"
#include "storage/sql/sql_storage.h"

#include <QCoreApplication>
#include <QFile>
#include <QTimer>

#include <csignal>
#include <cstdio>
#include <thread>

using namespace tandem;

namespace {

class TestJob : public JobHandler {
public:
    explicit TestJob(QString folder) : m_folder(std::move(folder)) {}
    Result<void> check(std::string_view) const override { return {}; }

protected:
    // Each is a file of its own, so that nothing is lost when the process is killed.
    void leave(const QString& kind, const JobRequest& request) const {
        QFile file(m_folder + QStringLiteral("/%1-%2").arg(kind, QString::fromStdString(request.id)));
        if (file.open(QIODevice::WriteOnly | QIODevice::Append))
            file.write("x");
    }

private:
    const QString m_folder;
};

class Quick final : public TestJob {
public:
    using TestJob::TestJob;
    JobOutcome run(const JobRequest& request, JobProgress&) override {
        leave(QStringLiteral("done"), request);
        return JobResult();
    }
};

// Its effect comes at the end; what it has done before is not seen.
class Slow final : public TestJob {
public:
    using TestJob::TestJob;
    JobOutcome run(const JobRequest& request, JobProgress& progress) override {
        leave(QStringLiteral("begun"), request);
        for (int tenth = 0; tenth < 20; ++tenth) {
            if (progress.shouldStop())
                return JobFailure{"stopped", JobRetry::later, std::nullopt};
            progress.report(5 * tenth, "going on");
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        leave(QStringLiteral("done"), request);
        return JobResult();
    }
};

class Failing final : public TestJob {
public:
    using TestJob::TestJob;
    JobOutcome run(const JobRequest&, JobProgress&) override {
        return JobFailure{"it always fails", JobRetry::later, std::nullopt};
    }
};

class Deadly final : public TestJob {
public:
    using TestJob::TestJob;
    JobOutcome run(const JobRequest& request, JobProgress&) override {
        leave(QStringLiteral("begun"), request);
        std::raise(SIGKILL);
        return JobResult();
    }
};

} // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    ProcessSignals processSignals;
    if (argc != 3)
        return 2;
    const SystemClock clock;
    SystemRandom random;
    const auto address = readDatabaseUrl(argv[1], argv[2]);
    if (!address)
        return 2;
    auto storage = SqlStorage::open(*address, clock, {}, {}, {DatabaseUse::working});
    if (!storage) {
        std::fprintf(stderr, "%s\n", storage.error().detail.c_str());
        return 1;
    }
    constexpr std::size_t many = 8;
    const QString folder = QString::fromLocal8Bit(argv[2]);
    JobTypes types;
    types.add({"test.quick", many, JobAlone::no, 60'000, 3, 60'000}, std::make_unique<Quick>(folder));
    types.add({"test.slow", many, JobAlone::no, 60'000, 3, 60'000}, std::make_unique<Slow>(folder));
    types.add({"test.failing", many, JobAlone::no, 60'000, 3, 60'000}, std::make_unique<Failing>(folder));
    types.add({"test.deadly", many, JobAlone::no, 60'000, 3, 60'000}, std::make_unique<Deadly>(folder));
    JobThreads threads(many);
    JobRules rules;
    rules.threads = many;
    rules.pollEveryMs = 200;
    rules.beatEveryMs = 500;
    rules.patienceMs = 3'000;
    JobWork work((*storage)->jobs(), types, threads, clock, random, Measures::none(), rules, {});
    QTimer stopping;
    QObject::connect(&stopping, &QTimer::timeout, &application, [&work] {
        if (work.hasStopped())
            QCoreApplication::quit();
    });
    QObject::connect(&processSignals, &ProcessSignals::stopAsked, &application, [&] {
        work.beginStop();
        stopping.start(20);
    });
    std::printf("works\n");
    std::fflush(stdout);
    const int exitCode = application.exec();
    (*storage)->stop();
    return exitCode;
}
