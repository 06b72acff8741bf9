// Until when a link opens its document: never ends, a day, a week, or the end of a date. Owned by its dialog.
#pragma once

#include <QComboBox>
#include <QDateEdit>
#include <QDateTime>

namespace tandem {

class ExpiryChoice final : public QWidget {
    Q_OBJECT
public:
    explicit ExpiryChoice(QWidget* parent = nullptr);

    // Shows a time that holds already; invalid: never.
    void showPresent(const QDateTime& expires);
    // From now on; invalid: never.
    QDateTime expires() const;

signals:
    void chosen(const QDateTime& expires); // by the person

private:
    enum Item { never, aDay, aWeek, aDate, present };

    int item() const { return m_choice->currentData().toInt(); }

    QComboBox* m_choice;
    QDateEdit* m_date;
    QDateTime m_present;
};

// "until 3 March, 14:00", or "never ends", for people.
QString expiryWords(const QDateTime& expires);

} // namespace tandem
