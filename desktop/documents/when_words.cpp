#include "documents/when_words.h"

#include <QCoreApplication>
#include <QLocale>

namespace tandem {

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(WhenWords)
};
constexpr qint64 minute = 60;
constexpr qint64 hour = 60 * minute;
} // namespace

QString whenWords(const QDateTime& moment, const QDateTime& now) {
    if (!moment.isValid())
        return {};
    const QDateTime local = moment.toLocalTime();
    const qint64 seconds = moment.secsTo(now);
    const qint64 days = local.daysTo(now.toLocalTime());
    // Clocks of servers may be a little ahead.
    if (seconds < minute && seconds > -hour)
        return Words::tr("just now");
    if (seconds > 0 && seconds < hour) {
        const qint64 minutes = seconds / minute;
        return minutes == 1 ? Words::tr("1 minute ago") : Words::tr("%1 minutes ago").arg(minutes);
    }
    const QString time = QLocale().toString(local.time(), QLocale::ShortFormat);
    if (days == 0)
        return Words::tr("today %1").arg(time);
    if (days == 1)
        return Words::tr("yesterday %1").arg(time);
    return QLocale().toString(local.date(), QLocale::ShortFormat);
}

} // namespace tandem
