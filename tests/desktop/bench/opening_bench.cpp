#include "opening_bench.h"

#include "client/open_document.h"
#include "documents/document_page.h"
#include "history/past_replay.h"
#include "offline/document_place.h"
#include "offline/local_store.h"
#include "offline/stored_journal.h"
#include "settings/preferences.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <ctime>

namespace tandem::bench {

namespace {

std::u32string textOf(std::size_t length) {
    std::u32string text;
    text.reserve(length);
    while (text.size() < length)
        text += U"A line of a long text, such as people write who write much.\n";
    return text;
}

double ms(const QElapsedTimer& timer) {
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

} // namespace

Figures benchOpening(std::size_t length) {
    const QTemporaryDir folder;
    Preferences preferences(folder.filePath(QStringLiteral("settings.ini")));
    SystemRandom random;
    const DocumentUrl url{QUrl(QStringLiteral("http://127.0.0.1:9")),
                          QStringLiteral("abcdefghijklmnopqrstuv")};
    const QString data = folder.filePath(QStringLiteral("data"));
    QElapsedTimer timer;
    double keyUs = 0;
    double keptMs = 0;
    {
        LocalStore store(data);
        OpenDocument written(random);
        OpenDocument document(random);
        const auto journal = store.keep(storeKeyOf(url), storeLinkOf(url), document);
        if (!written.edit(0, 0, textOf(length)).ok() ||
            !document.adoptSnapshot(written.replica().encode(), 1, "epoch").ok())
            qFatal("the text cannot be made");
        store.flush();
        constexpr int keys = 10'000;
        timer.start();
        for (int i = 0; i < keys; ++i) {
            if (!document.edit(length / 2 + static_cast<std::size_t>(i), 0, U"k").ok())
                qFatal("a key was refused");
        }
        keyUs = ms(timer) * 1'000 / keys;
        timer.start();
        store.flush();
        keptMs = ms(timer);
    }
    LocalStore store(data);
    timer.start();
    {
        OpenDocument document(random);
        const auto journal = store.keep(storeKeyOf(url), storeLinkOf(url), document);
        if (document.replica().length() < length)
            qFatal("something is missing");
    }
    const double storeMs = ms(timer);
    timer.start();
    const std::clock_t begun = std::clock();
    DocumentPage page(url, preferences, &store);
    page.resize(1'000, 700);
    page.show();
    QCoreApplication::processEvents();
    const double openMs = ms(timer);
    const double cpuMs = 1e3 * static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
    Figures figures;
    figures["document"] = "kept here";
    figures["units"] = length;
    figures["open_ms"] = openMs;
    if (length <= 1'000'000)
        figures["goal_open_ms"] = 300;
    figures["open_cpu_ms"] = cpuMs;
    figures["open_of_it_store_ms"] = storeMs;
    figures["key_with_journal_us"] = keyUs;
    figures["keys_kept_after_ms"] = keptMs;
    return figures;
}

// Random versions, as a slider asks for them.
Figures benchVersions(const std::string& path) {
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the archive cannot be read");
    const QByteArray bytes = file.readAll();
    QElapsedTimer timer;
    timer.start();
    auto log = PastLog::read({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    auto replay = log.ok() ? PastReplay::of(std::move(*log)) : log.error();
    if (!replay.ok())
        qFatal("this is no archive of a document");
    const double loadMs = ms(timer);
    SeededRandom random(1);
    std::vector<double> each;
    for (int i = 0; i < 500; ++i) {
        timer.start();
        if (!(*replay)->at(random.below((*replay)->head() + 1)).ok())
            qFatal("a version cannot be read");
        each.push_back(ms(timer));
    }
    std::sort(each.begin(), each.end());
    Figures figures;
    figures["document"] = "versions";
    figures["versions"] = (*replay)->head();
    figures["played_ms"] = loadMs;
    figures["version_p50_ms"] = each[each.size() / 2];
    figures["version_p99_ms"] = each[each.size() * 99 / 100];
    figures["goal_version_ms"] = 20;
    return figures;
}

} // namespace tandem::bench
