// Who has which colour in a text of the past: their names on their tints, in one row. Owned by a HistoryPage.
#pragma once

#include <QStringList>
#include <QWidget>

namespace tandem {

class AuthorLegend final : public QWidget {
    Q_OBJECT
public:
    struct Author {
        QString name;
        int color = 0; // of the palette of twelve
    };

    explicit AuthorLegend(QWidget* parent = nullptr);

    // Those for whom there is no room are counted behind the others, and named in the tool tip.
    void show(const QList<Author>& authors);
    QStringList names() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QList<Author> m_authors;
};

} // namespace tandem
