// Draws the main states of the program as PNG files into the folder it is given: start page, three people
// editing, offline, history, share, preview, dark, right-to-left, 200 % scale, and some more. Needs no
// screen, and the tandem-server beside it:
// QT_QPA_PLATFORM=offscreen desktop_screenshots OUTDIR
#include "served_scene.h"
#include "window_scene.h"

#include <QApplication>
#include <QProcess>
#include <QTextStream>

namespace {

using namespace tandem;

const QString scaledOption = QStringLiteral("--scaled");

// The scale of a screen is that of the whole process.
bool drawScaled(const QString& folder) {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_SCALE_FACTOR"), QStringLiteral("2"));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    process.start(QCoreApplication::applicationFilePath(), {scaledOption, folder});
    return process.waitForFinished(-1) && process.exitStatus() == QProcess::NormalExit &&
           process.exitCode() == 0;
}

int fail(const QString& sentence) {
    QTextStream(stderr) << sentence << Qt::endl;
    return 1;
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QStringList arguments = QCoreApplication::arguments().mid(1);
    const bool isScaled = arguments.removeOne(scaledOption);
    if (arguments.size() != 1 || !QDir().mkpath(arguments[0])) {
        fail(QStringLiteral("desktop_screenshots OUTDIR"));
        return 2;
    }
    const QDir folder(arguments[0]);
    theme::Theme theme(application);
    theme.choose(theme::Choice::light);
    screenshots::WindowScene scene(folder);
    QObject::connect(&scene.preferences(), &Preferences::themeChanged, &application,
                     [&theme](theme::Choice choice) { theme.choose(choice); });
    if (isScaled) {
        scene.drawTogether(QStringLiteral("scale-200"));
        return scene.hasSaved() ? 0 : 1;
    }
    scene.drawAll();
    screenshots::ServedScene served(scene);
    if (!served.draw({}))
        return fail(QStringLiteral("The server does not do what the pictures need."));
    scene.preferences().setTheme(theme::Choice::dark);
    if (!served.draw(QStringLiteral("-dark")))
        return fail(QStringLiteral("The server does not do what the pictures need."));
    if (!scene.hasSaved() || !drawScaled(folder.path()))
        return fail(QStringLiteral("Not all pictures could be written."));
    return 0;
}
