#include "exchange/exporting.h"

#include "documents/document_page.h"
#include "documents/status_row.h"
#include "exchange/paper.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMessageBox>
#include <QStandardPaths>

#include <array>

namespace tandem {

namespace {

struct Kind {
    ExportFormat format;
    const char* name;
    const char* extension;
};
constexpr std::array<Kind, 5> kinds{{
    {ExportFormat::text, QT_TRANSLATE_NOOP("tandem::Exporting", "Plain text"), "txt"},
    {ExportFormat::markdown, QT_TRANSLATE_NOOP("tandem::Exporting", "Markdown"), "md"},
    {ExportFormat::html, QT_TRANSLATE_NOOP("tandem::Exporting", "Web page"), "html"},
    {ExportFormat::odt, QT_TRANSLATE_NOOP("tandem::Exporting", "OpenDocument text"), "odt"},
    {ExportFormat::pdf, QT_TRANSLATE_NOOP("tandem::Exporting", "PDF"), "pdf"},
}};

QString filterOf(const Kind& kind) {
    return QStringLiteral("%1 (*.%2)").arg(Exporting::tr(kind.name), QLatin1String(kind.extension));
}

// Of a title, what may stand in a file's name on any system.
QString fileNameOf(const QString& title) {
    constexpr int longest = 80;
    QString name = title.simplified().left(longest);
    for (QChar& c : name)
        if (c.unicode() < 0x20 || QStringLiteral("/\\:*?\"<>|").contains(c))
            c = QLatin1Char('-');
    while (name.startsWith(QLatin1Char('.')))
        name.remove(0, 1);
    return name.isEmpty() ? Exporting::tr("Document") : name;
}

} // namespace

Exporting::Exporting(DocumentPage& page)
    : QObject(&page)
    , m_page(page)
    , m_folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)) {
    m_thread.setMaxThreadCount(1);
    const auto add = [this](const char* id, QAction* action) {
        m_commands.append({QString::fromLatin1(id), Section::fileTransfer, action});
    };
    add("document.export", makeAction(this, tr("&Export…"), {Qt::CTRL | Qt::SHIFT | Qt::Key_E},
                                      [this] { askAndExport(ExportFormat::markdown); }));
    add("document.exportPdf",
        makeAction(this, tr("Export as P&DF…"), {}, [this] { askAndExport(ExportFormat::pdf); }));
    add("document.printPreview",
        makeAction(this, tr("Print Pre&view…"), {}, [this] { showPrintPreview(content(), &m_page); }));
    add("document.print", makeAction(this, tr("&Print…"), {Qt::CTRL | Qt::ALT | Qt::Key_P}, [this] {
            if (const QString problem = askAndPrint(content(), &m_page); !problem.isEmpty())
                complain(problem);
        }));
    connect(this, &Exporting::finished, this, &Exporting::show);
}

Exporting::~Exporting() {
    *m_goOn = false;
    m_thread.waitForDone();
}

DocumentContent Exporting::content() const {
    return {m_page.title().toStdString(), m_page.document().replica().text(),
            QLocale().toString(QDate::currentDate(), QLocale::LongFormat).toStdString()};
}

void Exporting::askAndExport(ExportFormat suggested) {
    QStringList filters;
    QString selected;
    QString extension;
    for (const Kind& kind : kinds) {
        filters.append(filterOf(kind));
        if (kind.format == suggested) {
            selected = filters.last();
            extension = QLatin1String(kind.extension);
        }
    }
    const QString name = QDir(m_folder).filePath(fileNameOf(m_page.title()) + QLatin1Char('.') + extension);
    QString path = QFileDialog::getSaveFileName(&m_page, tr("Export"), name,
                                                filters.join(QStringLiteral(";;")), &selected);
    if (path.isEmpty())
        return;
    auto format = exportFormatOfFile(path);
    for (const Kind& kind : kinds) {
        if (filterOf(kind) != selected || format)
            continue;
        format = kind.format;
        path += QLatin1Char('.') + QLatin1String(kind.extension);
    }
    m_folder = QFileInfo(path).absolutePath();
    exportTo(path, format.value_or(suggested));
}

void Exporting::exportTo(const QString& path, ExportFormat format) {
    m_thread.start([this, path, format, content = content(), goOn = m_goOn] {
        const auto bytes = documentFile(content, format, [&goOn](int) { return goOn->load(); });
        if (!goOn->load())
            return;
        const QString problem = bytes ? writeWholeFile(path, *bytes)
                                      : tr("The document could not be exported: %1.")
                                            .arg(QString::fromStdString(bytes.error().detail));
        // The pool is waited for before this goes.
        QMetaObject::invokeMethod(
            this, [this, path, problem] { emit finished(path, problem); }, Qt::QueuedConnection);
    });
}

void Exporting::show(const QString& path, const QString& problem) {
    if (problem.isEmpty())
        m_page.statusRow().tell(tr("Exported to %1.").arg(QDir::toNativeSeparators(path)));
    else
        complain(problem);
}

void Exporting::complain(const QString& problem) {
    auto* box = new QMessageBox(QMessageBox::NoIcon, m_page.title(), problem, QMessageBox::Ok, &m_page);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace tandem
