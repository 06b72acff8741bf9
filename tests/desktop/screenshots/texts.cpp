#include "texts.h"

#include <QFile>

namespace tandem::screenshots {

namespace {
std::u32string read(const QString& name) {
    QFile file(QStringLiteral(":/texts/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("a text is missing");
    return QString::fromUtf8(file.readAll()).toStdU32String();
}
} // namespace

const std::u32string& movingDay() {
    static const std::u32string text = read(QStringLiteral("moving-day.md"));
    return text;
}

const std::u32string& movingDayInTwoWays() {
    static const std::u32string text = read(QStringLiteral("moving-day-in-two-ways.md"));
    return text;
}

} // namespace tandem::screenshots
