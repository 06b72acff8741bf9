// The desktop program: opens the document at the address it was given, or asks which.
#include "connection/documents_client.h"
#include "offline/local_store.h"
#include "protocol/limits.h"
#include "settings/preferences.h"
#include "theme/theme.h"
#include "window/window_set.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QTextStream>

#include <optional>

namespace {

using tandem::DocumentsClient;
using tandem::DocumentUrl;

// What the command line asks for.
struct Wish {
    QString name;
    std::optional<QUrl> server;
    std::optional<DocumentUrl> document;
};

QString tr(const char* text) {
    return QCoreApplication::translate("main", text);
}

void describe(QCoreApplication& application) {
    application.setApplicationName(QStringLiteral("tandem"));
    application.setOrganizationName(QStringLiteral("tandem"));
    application.setApplicationVersion(QStringLiteral(TANDEM_VERSION));
}

std::optional<Wish> refuse(const QString& sentence) {
    QTextStream(stderr) << sentence << Qt::endl;
    return std::nullopt;
}

// Answers --help, --version and mistakes by itself, without needing a display.
std::optional<Wish> parse(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    describe(application);
    QCommandLineParser parser;
    const QString nameOption = QStringLiteral("name");
    const QString serverOption = QStringLiteral("server");
    parser.setApplicationDescription(tr("Write together, in one text, at the same time."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption({nameOption, tr("The name that others see, this time."), tr("name")});
    parser.addOption({serverOption, tr("The server whose documents are offered."), tr("url")});
    parser.addPositionalArgument(QStringLiteral("address"),
                                 tr("Address of a document: http://server:8000/ui/plain?doc=ID"),
                                 QStringLiteral("[address]"));
    parser.process(application);

    Wish wish;
    if (parser.isSet(nameOption)) {
        wish.name = parser.value(nameOption).simplified();
        const auto longest = static_cast<qsizetype>(tandem::limits::nameLength);
        if (wish.name.isEmpty() || wish.name.toUcs4().size() > longest)
            return refuse(tr("--name has to have 1 to %1 characters.").arg(longest));
    }
    if (parser.isSet(serverOption)) {
        wish.server = DocumentsClient::parseServer(parser.value(serverOption));
        if (!wish.server)
            return refuse(tr("“%1” is not the address of a server. It looks like http://server:8000.")
                              .arg(parser.value(serverOption)));
    }
    const QStringList addresses = parser.positionalArguments();
    if (addresses.size() > 1)
        return refuse(tr("Only one address can be opened at a time."));
    if (!addresses.isEmpty()) {
        wish.document = DocumentUrl::parse(addresses.first());
        if (!wish.document)
            return refuse(tr("“%1” is not the address of a document. It looks like "
                             "http://server:8000/ui/plain?doc=ID.")
                              .arg(addresses.first()));
    }
    return wish;
}

} // namespace

int main(int argc, char** argv) {
    const std::optional<Wish> wish = parse(argc, argv);
    if (!wish)
        return 2;

    QApplication application(argc, argv);
    describe(application);
    QApplication::setApplicationDisplayName(tr("Tandem"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/tandem.svg")));

    tandem::Preferences preferences;
    if (!wish->name.isEmpty())
        preferences.useName(wish->name);
    if (wish->server)
        preferences.setServer(*wish->server);
    tandem::theme::Theme theme(application);
    theme.choose(preferences.theme());
    QObject::connect(&preferences, &tandem::Preferences::themeChanged, &application,
                     [&theme](tandem::theme::Choice choice) { theme.choose(choice); });
    tandem::LocalStore store;
    tandem::WindowSet windows(preferences, &store);
    if (wish->document)
        windows.open(*wish->document);
    else
        windows.showStartPage();
    return QApplication::exec();
}
