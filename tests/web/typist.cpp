// A native client for tests of the page: opens a document, makes edits at random places, waits until they are
// saved, and tells its text when asked: typist URL EDITS SEED
#include "qt/qt_client.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSocketNotifier>
#include <QTimer>

#include <cstdio>

namespace tandem {

namespace {

constexpr int pauseMs = 10;

void say(const QByteArray& line) {
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

int run(const QStringList& arguments) {
    const auto address = DocumentUrl::parse(arguments.value(1));
    if (!address)
        return 2;
    SystemRandom identity;
    OpenDocument document(identity);
    QtClient client(document, *address, {"Typist", 4}, "tandem-page-typist");
    SeededRandom random(arguments.value(3).toULongLong());
    int left = arguments.value(2).toInt();
    bool told = false;

    QTimer typing;
    QObject::connect(&typing, &QTimer::timeout, [&] {
        if (client.session().state() != ClientSession::State::live)
            return;
        if (left > 0) {
            const std::size_t length = document.replica().length();
            const std::size_t index = random.below(length + 1);
            const std::size_t deleted =
                length > 20 && random.below(5) == 0 ? std::min<std::size_t>(2, length - index) : 0;
            static_cast<void>(
                document.edit(index, deleted, U"{n" + std::u32string(1, U'a' + left % 26) + U"}"));
            --left;
        } else if (document.outbox().empty() && !told) {
            told = true;
            say("done");
        }
    });
    QSocketNotifier asked(0, QSocketNotifier::Read);
    QObject::connect(&asked, &QSocketNotifier::activated, [&] {
        asked.setEnabled(false);
        // What the others typed last may still be on its way.
        QTimer::singleShot(500, [&] {
            const QJsonArray text{QString::fromStdString(document.replica().text())};
            say("text " + QJsonDocument(text).toJson(QJsonDocument::Compact));
            QCoreApplication::quit();
        });
    });
    typing.start(pauseMs);
    client.start();
    return QCoreApplication::exec();
}

} // namespace

} // namespace tandem

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    return tandem::run(QCoreApplication::arguments());
}
