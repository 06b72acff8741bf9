// The pages of a document on whatever has pages: a PDF, a printer, its preview. They look alike on each: its
// margins, its numbers at the foot. Borrows device and document; of any one thread, as QTextDocument is.
#pragma once

#include <QFont>
#include <QString>

#include <functional>

class QPagedPaintDevice;
class QPainter;
class QTextDocument;

namespace tandem {

// The room around the text that documents have. The paper stays the device's.
void setDocumentMargins(QPagedPaintDevice& device);

class DocumentPages {
public:
    // Lays the document out for the device. `title` is shown at the foot.
    DocumentPages(QPagedPaintDevice& device, QTextDocument& document, QString title);

    int count() const;
    // From `first` to `last`, counted from 1. Asks before each page, with the part that is done in per cent,
    // whether to go on; false when not, or when the device takes no page.
    bool draw(int first, int last, const std::function<bool(int percent)>& goOn);

private:
    void drawBody(QPainter& painter, int page);
    void drawFooter(QPainter& painter, int page);

    QPagedPaintDevice& m_device;
    QTextDocument& m_document;
    QString m_title;
    QFont m_footer;
};

} // namespace tandem
