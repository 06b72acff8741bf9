// What keeping documents on this computer costs, in milliseconds, at 1 and at 10 MB of text:
//
//   QT_QPA_PLATFORM=offscreen tandem-documents-bench
//   QT_QPA_PLATFORM=offscreen tandem-documents-bench ARCHIVE    any version of a history, from a document's archive
//
// "open": from the disk to a page that shows the text, and the processor's time for it; "of it the store":
// without the view. "key": in the document and its journal, mean of 10,000; "kept after": from the last key
// until all are on the disk.
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
#include <cstdio>
#include <ctime>

namespace {

using namespace tandem;

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

void measure(std::size_t length) {
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
    std::printf(
        "%4.0f MB: open %.0f ms (CPU %.0f), of it the store %.0f ms; key %.2f us; 10,000 keys kept after "
        "%.0f ms\n",
        static_cast<double>(length) / 1e6, openMs, cpuMs, storeMs, keyUs, keptMs);
}

// Random versions, as a slider asks for them.
int measureHistory(const QString& path) {
    QFile file(path);
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
    std::printf("%llu versions: played in %.0f ms; any of them in %.1f ms (median), %.1f ms (99 of 100)\n",
                static_cast<unsigned long long>((*replay)->head()), loadMs, each[each.size() / 2],
                each[each.size() * 99 / 100]);
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    if (argc == 2)
        return measureHistory(QString::fromLocal8Bit(argv[1]));
    for (const std::size_t length : {std::size_t{1'000'000}, std::size_t{10'000'000}})
        measure(length);
}
