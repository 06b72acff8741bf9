#include "process/application.h"

#include <QGuiApplication>

namespace tandem {

namespace {

// Qt keeps both as long as its application is there.
int argumentCount = 1;
char programName[] = "tandem-server";
char* arguments[] = {programName, nullptr};

QtMessageHandler standardHandler = nullptr;

// All but that there is no folder of a desktop's session, and for each text anew which font lacks which
// script.
void hearTheRest(QtMsgType type, const QMessageLogContext& context, const QString& message) {
    if (!message.startsWith(QStringLiteral("QStandardPaths: ")) &&
        !message.contains(QStringLiteral("OpenType support missing for")))
        standardHandler(type, context, message);
}

} // namespace

std::unique_ptr<QCoreApplication> makeApplication(bool draws) {
    if (!draws)
        return std::make_unique<QCoreApplication>(argumentCount, arguments);
    qputenv("QT_QPA_PLATFORM", "offscreen");
    standardHandler = qInstallMessageHandler(&hearTheRest);
    return std::make_unique<QGuiApplication>(argumentCount, arguments);
}

} // namespace tandem
