// What a window has for making documents of files: a command, and files dropped anywhere into it. Owned by
// its window; lives on the event-loop thread.
#pragma once

#include "commands/command.h"
#include "connection/rest_client.h"
#include "exchange/imported_file.h"

namespace tandem {

class Importing final : public QObject {
    Q_OBJECT
public:
    // `server` tells, at the moment of an import, where the new document shall be; empty: on this computer.
    Importing(QWidget& window, std::function<QUrl()> server);

    QList<Command> commands() const { return m_commands; }
    void importFile(const QString& path);

    bool eventFilter(QObject* watched, QEvent* event) override;

signals:
    void imported(const tandem::DocumentUrl& document);
    // A document of this computer is to be made, since no server is wanted, or none answers.
    void importedHere(const QString& title, const QString& text);
    void refused(const QString& sentence); // and is shown

private:
    void askAndImport();
    void take(const QString& path, const ImportedFile& file);
    void askForEncoding(const QString& path, const ImportedFile& file);
    void send(const ImportedFile& file);
    bool makeHere(const ImportedFile& file);
    void show(const QString& sentence);

    QWidget& m_window;
    std::function<QUrl()> m_server;
    RestClient m_rest;
    QList<Command> m_commands;
};

} // namespace tandem
