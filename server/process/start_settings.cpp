#include "process/start_settings.h"

#include <QFile>
#include <QProcessEnvironment>

namespace tandem {

namespace {

SettingValues environment() {
    SettingValues values;
    const QProcessEnvironment system = QProcessEnvironment::systemEnvironment();
    for (const QString& name : system.keys())
        values[name.toStdString()] = system.value(name).toStdString();
    return values;
}

// A file that was asked for must be there; the usual one need not.
Result<SettingValues> envFile(const std::optional<std::string>& asked) {
    QFile file(QString::fromStdString(asked.value_or(".env")));
    if (file.open(QIODevice::ReadOnly))
        return parseEnvFile(file.readAll().toStdString());
    if (asked)
        return Error{ErrorCode::notFound, "The env file " + *asked + " cannot be read."};
    return SettingValues();
}

} // namespace

Result<Config> readStartSettings(const CommandLine& commandLine) {
    const auto file = envFile(commandLine.envFile);
    if (!file)
        return file.error();
    return readConfig(commandLine.values, environment(), *file);
}

} // namespace tandem
