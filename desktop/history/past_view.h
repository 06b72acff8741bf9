// Shows a text of the past for reading: with the colours of its authors, or beside a later one with what
// differs. Only what can be seen is coloured, so that scrubbing through a long text costs little more than
// showing it. Owned by a HistoryPage.
#pragma once

#include "history/line_difference.h"
#include "history/past_client.h"

#include <QPlainTextEdit>

namespace tandem {

class PastView final : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit PastView(QWidget* parent = nullptr);

    // The place in the text stays where it was, as far as there is one.
    void showText(const QString& text);
    void showAuthors(const QList<AuthorSpan>& authors);
    void showDifference(const QList<LineOfTwo>& lines);
    // Null where nobody is known.
    const AuthorSpan* authorAt(int position) const;

signals:
    void hovered(int position, const QPoint& globalPosition); // there is an author

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void replaceText(const QString& text);
    void color();

    QList<AuthorSpan> m_authors;
    QList<LineOfTwo> m_lines;
    int m_colouredFirst = -1; // blocks
    int m_colouredLast = -1;
};

} // namespace tandem
