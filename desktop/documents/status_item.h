// The one item that tells whether everything is saved: a dot in the colour of the state, words, and a link to
// try again while there is no connection. Owned by the status bar of a window.
#pragma once

#include "connection/state_words.h"

#include <QLabel>
#include <QWidget>

namespace tandem {

class StatusItem final : public QWidget {
    Q_OBJECT
public:
    explicit StatusItem(QWidget* parent = nullptr);

    void show(const StateWords& words);
    QString words() const { return m_words->text(); }

signals:
    void retryRequested();
    // From good to bad or back, in words; not told for each step in between.
    void turned(const QString& words);

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyColors();
    void tellTurns(const StateWords& words);

    theme::Tone m_tone = theme::Tone::busy;
    bool m_isTrouble = false;
    QLabel* m_dot;
    QLabel* m_words;
    QLabel* m_retry;
    QLabel* m_problem;
};

} // namespace tandem
