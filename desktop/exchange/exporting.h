// What a document's page has for files and paper: exports, which are made on a thread of their own, and
// print. Owned by the page, whose actions it makes; what is under way when it goes is stopped.
#pragma once

#include "commands/command.h"
#include "exchange/document_file.h"

#include <QThreadPool>

#include <atomic>
#include <memory>

namespace tandem {

class DocumentPage;

class Exporting final : public QObject {
    Q_OBJECT
public:
    explicit Exporting(DocumentPage& page);
    ~Exporting() override;

    QList<Command> commands() const { return m_commands; }

    // The text that is on the screen now.
    DocumentContent content() const;
    void exportTo(const QString& path, ExportFormat format);

signals:
    void finished(const QString& path, const QString& problem); // no problem: it is on the disk

private:
    void askAndExport(ExportFormat suggested);
    void show(const QString& path, const QString& problem);
    void complain(const QString& problem);

    DocumentPage& m_page;
    QList<Command> m_commands;
    QString m_folder;
    std::shared_ptr<std::atomic<bool>> m_goOn = std::make_shared<std::atomic<bool>>(true);
    QThreadPool m_thread; // goes first, and waits
};

} // namespace tandem
