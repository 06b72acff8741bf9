// The desktop program: opens the document at the address it was given, and what was open before.
#include "documents/library.h"
#include "offline/local_store.h"
#include "settings/language.h"
#include "settings/preferences.h"
#include "theme/theme.h"
#include "window/command_line.h"
#include "window/single_instance.h"
#include "window/window_set.h"

#include <QApplication>
#include <QIcon>

namespace {

void describe(QCoreApplication& application) {
    application.setApplicationName(QStringLiteral("tandem"));
    application.setOrganizationName(QStringLiteral("tandem"));
    application.setApplicationVersion(QStringLiteral(TANDEM_VERSION));
}

// Before there is a display, so that --help and mistakes need none.
std::optional<tandem::CommandLine> parse(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    describe(application);
    const tandem::Language language;
    return tandem::parseCommandLine();
}

} // namespace

int main(int argc, char** argv) {
    using tandem::SingleInstance;
    const std::optional<tandem::CommandLine> line = parse(argc, argv);
    if (!line)
        return 2;

    QApplication application(argc, argv);
    describe(application);
    const tandem::Language language;
    QApplication::setApplicationDisplayName(QStringLiteral("Tandem"));
    QApplication::setDesktopFileName(QStringLiteral("io.tandem.Tandem"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/tandem.svg")));

    // Under another name someone else writes here: a program of its own.
    SingleInstance instance(SingleInstance::usualFolder());
    const auto role = line->name.isEmpty() ? instance.claim(line->wish()) : SingleInstance::Role::alone;
    if (role == SingleInstance::Role::handedOver)
        return 0;

    tandem::Preferences preferences;
    if (!line->name.isEmpty())
        preferences.useName(line->name);
    tandem::theme::Theme theme(application);
    theme.choose(preferences.theme());
    theme.followDesktop();
    QObject::connect(&preferences, &tandem::Preferences::themeChanged, &application,
                     [&theme](tandem::theme::Choice choice) { theme.choose(choice); });
    tandem::SecretStore secrets(tandem::systemKeychain(), tandem::SecretStore::usualFile());
    tandem::LocalStore store;
    tandem::Library library(preferences, secrets, &store);
    tandem::WindowSet windows(preferences, library);
    QObject::connect(&instance, &SingleInstance::addressReceived, &windows, &tandem::WindowSet::openAddress);

    if (role == SingleInstance::Role::first) {
        windows.restoreTabs();
        windows.rememberTabs();
    }
    if (!line->wish().isEmpty())
        windows.openAddress(line->wish());
    else if (windows.windows().isEmpty())
        windows.showStartPage();
    return QApplication::exec();
}
