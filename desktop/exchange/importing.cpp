#include "exchange/importing.h"

#include "base/ids.h"

#include <QCoreApplication>
#include <QDropEvent>
#include <QFileDialog>
#include <QMessageBox>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QWidget>

namespace tandem {

namespace {

constexpr int mostDropped = 20; // files at once

QStringList filesIn(const QMimeData& data) {
    QStringList files;
    for (const QUrl& url : data.urls())
        if (url.isLocalFile() && files.size() < mostDropped)
            files.append(url.toLocalFile());
    return files;
}

// What is dropped into a text becomes part of it.
bool isText(const QWidget* widget) {
    const auto* text = qobject_cast<const QPlainTextEdit*>(widget ? widget->parentWidget() : nullptr);
    return text && widget == text->viewport() && !text->isReadOnly();
}

} // namespace

Importing::Importing(QWidget& window, std::function<QUrl()> server)
    : QObject(&window), m_window(window), m_server(std::move(server)) {
    m_commands.append(
        {QStringLiteral("file.import"), Section::fileTransfer,
         makeAction(this, tr("&Import…"), {Qt::CTRL | Qt::SHIFT | Qt::Key_I}, [this] { askAndImport(); })});
    m_window.setAcceptDrops(true);
    // Before the parts of the window, which would take the names of the files.
    QCoreApplication::instance()->installEventFilter(this);
    connect(this, &Importing::refused, this, &Importing::show);
}

bool Importing::eventFilter(QObject* watched, QEvent* event) {
    const QEvent::Type type = event->type();
    if (type != QEvent::DragEnter && type != QEvent::DragMove && type != QEvent::Drop)
        return false;
    const auto* widget = qobject_cast<QWidget*>(watched);
    if (!widget || widget->window() != &m_window || isText(widget))
        return false;
    auto* drop = static_cast<QDropEvent*>(event); // what the others are as well
    const QStringList files = filesIn(*drop->mimeData());
    if (files.isEmpty())
        return false;
    drop->setDropAction(Qt::CopyAction);
    drop->accept();
    if (type == QEvent::Drop)
        for (const QString& file : files)
            importFile(file);
    return true;
}

void Importing::askAndImport() {
    const QStringList files = QFileDialog::getOpenFileNames(
        &m_window, tr("Import"), {},
        tr("Documents (*.txt *.md *.markdown *.html *.htm *.odt *.tandem);;All files (*)"));
    for (const QString& file : files)
        importFile(file);
}

void Importing::importFile(const QString& path) {
    take(path, readImportedFile(path));
}

void Importing::take(const QString& path, const ImportedFile& file) {
    switch (file.outcome) {
    case ImportedFile::Outcome::ready:
        return send(file);
    case ImportedFile::Outcome::unknownEncoding:
        return askForEncoding(path, file);
    case ImportedFile::Outcome::refused:
        emit refused(file.problem);
    }
}

void Importing::askForEncoding(const QString& path, const ImportedFile& file) {
    auto* question = new QMessageBox(QMessageBox::NoIcon, tr("Import"),
                                     tr("“%1” is not in UTF-8. Read it as Latin-1?").arg(file.title),
                                     QMessageBox::Cancel, &m_window);
    question->setTextFormat(Qt::PlainText);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setInformativeText(tr("It would begin with: %1").arg(file.beginning));
    QPushButton* read = question->addButton(tr("Read as Latin-1"), QMessageBox::AcceptRole);
    question->setDefaultButton(read);
    connect(read, &QPushButton::clicked, this,
            [this, path] { take(path, readImportedFile(path, ImportedFile::Encoding::latin1)); });
    question->open();
}

void Importing::send(const ImportedFile& file) {
    const DocumentUrl server{m_server(), {}, {}};
    if (server.server.isEmpty()) {
        if (!makeHere(file))
            emit refused(tr("This kind of file is read by a server. Add one, or open a document of one, and "
                            "import the file again."));
        return;
    }
    m_rest.import(
        server, file.title, file.type, file.content, [this, server, file](const RestAnswer& answer) {
            const QJsonObject json = answer.json();
            const QString id = json[QStringLiteral("id")].toString();
            if (answer.isOffline() && makeHere(file))
                return;
            if (!answer.ok())
                emit refused(answer.isOffline()
                                 ? tr("%1 The file is as it was; import it again when the server is "
                                      "there.")
                                       .arg(answer.problem)
                                 : answer.problem);
            else if (!isDocumentId(id.toStdString()))
                emit refused(tr("The server's answer does not name the new document."));
            else
                emit imported({server.server, id,
                               json[QStringLiteral("link")].toObject()[QStringLiteral("secret")].toString()});
        });
}

// Where the text itself is what the server would take.
bool Importing::makeHere(const ImportedFile& file) {
    if (!file.isItsText)
        return false;
    emit importedHere(file.title, QString::fromUtf8(file.content));
    return true;
}

void Importing::show(const QString& sentence) {
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("Import"), sentence, QMessageBox::Ok, &m_window);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace tandem
