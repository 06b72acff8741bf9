// Types into a document as the window does, with the same classes, until it is killed; or brings to the
// server what an earlier one has left on the disk.
//
//   tandem-test-typist type FOLDER LINK NUMBER    types [NUMBER], [NUMBER + 1], ...; prints each number and
//                                                 the time of the system's steady clock in ms
//   tandem-test-typist bring FOLDER LINK          ends with 0 once the server has everything
#include "offline/local_store.h"
#include "offline/stored_journal.h"
#include "qt/qt_client.h"

#include <QCoreApplication>
#include <QTimer>

#include <cstdio>

namespace {

using namespace tandem;

struct Typist {
    Typist(const QString& folder, const DocumentUrl& url)
        : store(folder)
        , document(random)
        , journal(store.keep(url.rest().toString(), url.link().toString(), document))
        , client(document, url, {"Typist", 1}, "typist") {
        client.start();
    }

    // At the ends and in the middle, and sometimes a part of the last word is taken back and typed again.
    void type() {
        const std::size_t length = document.replica().length();
        const std::u32string word = [this] {
            std::u32string text;
            for (const char c : "[" + std::to_string(number) + "]")
                text.push_back(static_cast<char32_t>(c));
            return text;
        }();
        const std::size_t place = random.below(3) == 0 ? 0 : length;
        if (!document.edit(place, 0, word).ok())
            qFatal("an edit was refused");
        std::printf("%ld %lld\n", number++, static_cast<long long>(clock.monotonicMs()));
        std::fflush(stdout);
    }

    SystemRandom random;
    SystemClock clock;
    LocalStore store;
    OpenDocument document;
    std::unique_ptr<StoredJournal> journal;
    QtClient client;
    long number = 0;
};

} // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const auto url = arguments.size() > 3 ? DocumentUrl::parse(arguments[3]) : std::nullopt;
    if (!url)
        return 2;
    Typist typist(arguments[2], *url);
    if (!typist.store.isKeeping()) {
        std::fprintf(stderr, "%s\n", qPrintable(typist.store.problem()));
        return 1;
    }
    QTimer timer;
    if (arguments[1] == "type" && arguments.size() == 5) {
        typist.number = arguments[4].toLong();
        QObject::connect(&timer, &QTimer::timeout, &timer, [&] { typist.type(); });
        timer.start(7);
    } else {
        QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
            if (typist.client.session().state() == ClientSession::State::live &&
                typist.document.outbox().empty())
                QCoreApplication::quit();
        });
        timer.start(10);
    }
    return QCoreApplication::exec();
}
