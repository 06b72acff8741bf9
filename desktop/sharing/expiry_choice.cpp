#include "sharing/expiry_choice.h"

#include <QHBoxLayout>
#include <QLocale>

namespace tandem {

ExpiryChoice::ExpiryChoice(QWidget* parent)
    : QWidget(parent), m_choice(new QComboBox), m_date(new QDateEdit(QDate::currentDate().addMonths(1))) {
    m_choice->addItem(tr("Never ends"), never);
    m_choice->addItem(tr("For a day"), aDay);
    m_choice->addItem(tr("For a week"), aWeek);
    m_choice->addItem(tr("Until a date…"), aDate);
    m_choice->setAccessibleName(tr("Until when the link works"));
    m_date->setAccessibleName(tr("The last day on which the link works"));
    m_date->setCalendarPopup(true);
    m_date->setMinimumDate(QDate::currentDate());
    m_date->hide();
    setFocusProxy(m_choice);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_choice);
    row->addWidget(m_date);

    connect(m_choice, &QComboBox::currentIndexChanged, this, [this] { m_date->setVisible(item() == aDate); });
    connect(m_choice, &QComboBox::activated, this, [this] {
        if (item() == aDate)
            m_date->setFocus();
        else if (item() != present)
            emit chosen(expires());
    });
    connect(m_date, &QDateEdit::editingFinished, this, [this] {
        if (item() == aDate)
            emit chosen(expires());
    });
}

void ExpiryChoice::showPresent(const QDateTime& expires) {
    m_present = expires;
    if (const int index = m_choice->findData(present); index >= 0)
        m_choice->removeItem(index);
    if (!expires.isValid()) {
        m_choice->setCurrentIndex(m_choice->findData(never));
        return;
    }
    m_choice->insertItem(0, expiryWords(expires), present);
    m_choice->setCurrentIndex(0);
}

QDateTime ExpiryChoice::expires() const {
    switch (item()) {
    case aDay:
        return QDateTime::currentDateTimeUtc().addDays(1);
    case aWeek:
        return QDateTime::currentDateTimeUtc().addDays(7);
    case aDate: // the whole of that day, where this person is
        return QDateTime(m_date->date().addDays(1), QTime(0, 0)).toUTC();
    case present:
        return m_present;
    }
    return {};
}

QString expiryWords(const QDateTime& expires) {
    if (!expires.isValid())
        return ExpiryChoice::tr("Never ends");
    const QDateTime local = expires.toLocalTime();
    if (expires <= QDateTime::currentDateTimeUtc())
        return ExpiryChoice::tr("Ended %1").arg(QLocale().toString(local.date(), QLocale::ShortFormat));
    return ExpiryChoice::tr("Until %1").arg(QLocale().toString(local, QLocale::ShortFormat));
}

} // namespace tandem
