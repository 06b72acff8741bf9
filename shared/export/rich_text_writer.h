// Writes the nodes of Markdown into a QTextDocument, in one walk. Borrows the document; of any one thread.
#pragma once

#include <QTextCursor>

#include <functional>
#include <vector>

class QTextFrame;
class QTextList;
class QTextTable;
struct cmark_node;

namespace tandem {

class RichTextWriter {
public:
    explicit RichTextWriter(QTextDocument& document) : m_cursor(&document) {}

    // The whole of a tree, once. False when `shouldStop`, which is asked now and then, said so.
    bool write(cmark_node* root, const std::function<bool()>& shouldStop);

private:
    struct List {
        bool isOrdered = false;
        int number = 1;                 // of the next item, where Qt does not count
        bool isCountedByQt = true;      // it begins with 1 only
        QTextList* list = nullptr;      // none yet
        cmark_node* unmarked = nullptr; // the item whose first block is still to come
    };

    void begin(cmark_node* node);
    void end(cmark_node* node);
    void beginOfExtension(cmark_node* node);
    void endOfExtension(cmark_node* node);
    void beginHeading(int level);
    void beginTable(cmark_node* node);
    void beginRow();
    void beginCell(cmark_node* node);
    void codeBlock(const QString& literal);
    void startBlock(QTextBlockFormat format);
    void mark(List& list);
    void enterFrame(QTextFrame* frame);
    void leaveFrame(QTextFrame* frame);
    void makeFlat();
    void text(const QString& text) { write(text, textFormat()); }
    void write(const QString& text, const QTextCharFormat& format);
    void writeCode(const QString& code, QTextCharFormat format);
    QTextBlockFormat bodyFormat() const;
    QTextCharFormat textFormat() const;
    QTextCharFormat codeFormat() const;
    int indent() const;

    QTextCursor m_cursor;
    int m_pieces = 0; // of the block at the cursor
    int m_frames = 0;
    bool m_isFresh = true; // the block at the cursor stands there because one must; nothing is in it
    std::vector<List> m_lists;
    int m_quotes = 0;
    int m_headingLevel = 0;
    bool m_isHeaderCell = false;
    int m_emphasis = 0;
    int m_strong = 0;
    int m_struck = 0;
    QString m_address;
    QTextTable* m_table = nullptr;
    int m_rows = 0; // of all tables so far
    int m_rowsToCome = 0;
    int m_columns = 0;
    int m_row = 0;
    int m_column = 0;
};

} // namespace tandem
