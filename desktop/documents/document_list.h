// A list of documents in two lines each: title, and quietly where it is and when it changed. Shows what it is
// given, in that order; choosing one is told. Owned by the start page.
#pragma once

#include "qt/document_url.h"

#include <QListView>

class QStandardItemModel;

namespace tandem {

class DocumentList final : public QListView {
    Q_OBJECT
public:
    struct Row {
        DocumentUrl url;
        QString title;
        QString place; // beneath the title
        QString when;  // at the right
    };

    explicit DocumentList(QWidget* parent = nullptr);

    // Keeps the document chosen that was, where it is still there; else the first.
    void showRows(const QList<Row>& rows);
    const QList<Row>& rows() const { return m_rows; }
    // Said in the middle while there are no rows.
    void setEmptyText(const QString& sentence);
    // Nothing when there is none.
    std::optional<Row> current() const;

signals:
    void opened(const tandem::DocumentUrl& document);
    void currentMoved();
    void leftUpwards(); // up, on the first row

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void open(const QModelIndex& index);

    QStandardItemModel* m_model;
    QList<Row> m_rows;
    QString m_emptyText;
};

} // namespace tandem
