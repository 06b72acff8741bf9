// tandem-log-bench DATABASE_URL [documents] [changes in an append] [seconds]: how many changes a database
// makes durable in a second when each of so many documents always has one append under way, and how long one
// takes. It leaves its documents there.
#include "storage/sql/sql_storage.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>

using namespace tandem;

namespace {

struct Measure {
    std::size_t appends = 0;
    std::size_t failed = 0;
    std::vector<double> milliseconds;
};

class Typist {
public:
    Typist(OpLog& log, DocumentId document, Counter changes, Measure& measure)
        : m_log(log), m_document(std::move(document)), m_changes(changes), m_measure(measure) {}

    void append() {
        std::vector<AppendEntry> entries;
        for (Counter i = 0; i < m_changes; ++i)
            entries.push_back({1, ++m_counter, std::string(40, 'x'), std::nullopt, std::nullopt});
        m_since.start();
        m_log.append(m_document, "epoch", std::move(entries), [this](Result<Appended> done) {
            m_measure.milliseconds.push_back(static_cast<double>(m_since.nsecsElapsed()) / 1e6);
            ++(done ? m_measure.appends : m_measure.failed);
            append();
        });
    }

private:
    OpLog& m_log;
    DocumentId m_document;
    Counter m_changes;
    Counter m_counter = 0;
    Measure& m_measure;
    QElapsedTimer m_since;
};

} // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    const auto number = [&](int place, int preset) { return argc > place ? std::atoi(argv[place]) : preset; };
    const auto address = readDatabaseUrl(argc > 1 ? argv[1] : "", ".");
    const SystemClock clock;
    SystemRandom random;
    auto storage = address ? SqlStorage::open(*address, clock) : address.error();
    if (!storage) {
        std::fprintf(stderr, "%s\n", storage.error().detail.c_str());
        return 1;
    }
    const int documents = number(2, 100);
    const int changes = number(3, 1);
    Measure measure;
    std::vector<std::unique_ptr<Typist>> typists;
    for (int i = 0; i < documents; ++i) {
        const DocumentId id = makeRandomId(random);
        typists.push_back(
            std::make_unique<Typist>((*storage)->log(), id, static_cast<Counter>(changes), measure));
        (*storage)->documents().create({id, "bench", "epoch", "hash", {}}, [&typists, i](const auto&) {
            typists[static_cast<std::size_t>(i)]->append();
        });
    }
    QElapsedTimer time;
    time.start();
    while (time.elapsed() < number(4, 5) * 1'000)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 10);
    const double seconds = static_cast<double>(time.nsecsElapsed()) / 1e9;
    std::sort(measure.milliseconds.begin(), measure.milliseconds.end());
    const auto quantile = [&](double part) {
        return measure.milliseconds.empty()
                   ? 0
                   : measure.milliseconds[static_cast<std::size_t>(
                         part * static_cast<double>(measure.milliseconds.size() - 1))];
    };
    std::printf("%d documents, appends of %d: %.0f appends/s, %.0f changes/s, %.1f ms half, %.1f ms 99 in "
                "100, %zu failed\n",
                documents, changes, static_cast<double>(measure.appends) / seconds,
                static_cast<double>(measure.appends) * changes / seconds, quantile(0.5), quantile(0.99),
                measure.failed);
    (*storage)->stop();
    return 0;
}
