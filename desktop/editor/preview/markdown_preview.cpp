#include "editor/preview/markdown_preview.h"

#include "editor/editor_view.h"
#include "editor/preview/markdown_rendering.h"
#include "theme/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QCoreApplication>
#include <QDesktopServices>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTextBlock>
#include <QThreadPool>

#include <algorithm>

namespace tandem {

namespace {
constexpr int leastWidth = 280;
}

MarkdownPreview::MarkdownPreview(EditorView& view, QWidget* parent) : QTextBrowser(parent), m_view(view) {
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Preview"));
    setOpenLinks(false);
    setMinimumWidth(leastWidth);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_open = [](const QUrl& link) { QDesktopServices::openUrl(link); };
    m_delay.setSingleShot(true);
    m_delay.setInterval(delayMs);
    connect(&m_delay, &QTimer::timeout, this, &MarkdownPreview::render);
    connect(&view.binding(), &DocumentBinding::edited, this, &MarkdownPreview::noteEdit);
    connect(view.verticalScrollBar(), &QScrollBar::valueChanged, this, &MarkdownPreview::followEditor);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &MarkdownPreview::leadEditor);
    connect(this, &QTextBrowser::anchorClicked, this, &MarkdownPreview::askAbout);
}

MarkdownPreview::~MarkdownPreview() {
    setDocument(nullptr); // before the one that is shown goes
}

// Nothing is fetched, from nowhere.
QVariant MarkdownPreview::loadResource(int /*type*/, const QUrl& /*name*/) {
    return {};
}

// --- rendering

void MarkdownPreview::noteEdit() {
    m_isStale = true;
    if (isVisible() && !m_delay.isActive())
        m_delay.start();
}

void MarkdownPreview::showEvent(QShowEvent* event) {
    QTextBrowser::showEvent(event);
    if (m_isStale)
        render();
}

void MarkdownPreview::changeEvent(QEvent* event) {
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        noteEdit();
}

// All of it, or so much around what is in sight, from one empty line to another.
MarkdownPreview::Source MarkdownPreview::source() const {
    const QTextDocument* document = m_view.document();
    QTextBlock first = document->firstBlock();
    QTextBlock last = document->lastBlock();
    const DocumentBinding& binding = m_view.binding();
    if (binding.length() > largestWhole) {
        const EditorView::Span shown = m_view.visibleSpan();
        const auto atEmptyLine = [](QTextBlock block) {
            for (int i = 0; i < 100 && block.previous().isValid() && block.length() > 1; ++i)
                block = block.previous();
            return block;
        };
        first = atEmptyLine(document->findBlock(std::max(0, shown.start - largestWhole / 3)));
        last = document->findBlock(std::min(binding.length(), first.position() + largestWhole));
    }
    return {binding.text(first.position(), last.position() + last.length() - 1), first.blockNumber(),
            last.blockNumber()};
}

void MarkdownPreview::render() {
    if (m_isRendering || !isVisible())
        return;
    m_isRendering = true;
    m_isStale = false;
    const Source markdown = source();
    m_firstLine = markdown.firstLine;
    m_lastLine = markdown.lastLine;
    const QPalette colors = palette();
    const PreviewLook look{theme::uiFont(),
                           theme::textFont(),
                           colors.color(QPalette::Text),
                           theme::quietText(colors),
                           colors.color(QPalette::Link),
                           theme::currentLine(colors),
                           theme::hairline(colors)};
    QThread* home = thread();
    QPointer<MarkdownPreview> here(this);
    QThreadPool::globalInstance()->start([markdown, look, home, here] {
        std::shared_ptr<QTextDocument> made = renderMarkdown(markdown.text, markdown.firstLine, look);
        made->moveToThread(home);
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [here, made = std::move(made)]() mutable {
                if (here)
                    here->take(std::move(made));
            },
            Qt::QueuedConnection);
    });
}

void MarkdownPreview::take(std::shared_ptr<QTextDocument> document) {
    m_isRendering = false;
    {
        const QScopedValueRollback<bool> scrolling(m_isScrolling, true);
        setDocument(document.get());
        m_shown = std::move(document);
        findPlaces();
    }
    // It is laid out in steps.
    connect(m_shown->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this, [this] {
        if (m_isBehind)
            followEditor();
    });
    followEditor();
    if (m_isStale)
        m_delay.start();
}

void MarkdownPreview::findPlaces() {
    m_places.clear();
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            const QStringList names = part.fragment().charFormat().anchorNames();
            for (const QString& name : names) {
                bool isLine = false;
                const int line = name.mid(1).toInt(&isLine);
                if (name.startsWith(u'l') && isLine)
                    m_places.push_back({line, block.blockNumber()});
            }
        }
    }
}

// --- scrolling together

qreal MarkdownPreview::topOf(int block) const {
    return document()->documentLayout()->blockBoundingRect(document()->findBlockByNumber(block)).top();
}

void MarkdownPreview::followEditor() {
    if (m_isScrolling || !isVisible())
        return;
    const int line = m_view.document()->findBlock(m_view.visibleSpan().start).blockNumber();
    const int lastLine = m_view.document()->findBlock(m_view.visibleSpan().end).blockNumber();
    const bool isPart = m_view.binding().length() > largestWhole;
    if (isPart && ((line < m_firstLine && m_firstLine > 0) || lastLine > m_lastLine)) {
        noteEdit();
        return;
    }
    if (m_places.empty())
        return;
    const QScopedValueRollback<bool> scrolling(m_isScrolling, true);
    const auto after = std::upper_bound(m_places.begin(), m_places.end(), line,
                                        [](int wanted, const Place& place) { return wanted < place.line; });
    if (after == m_places.begin() || line == 0) {
        verticalScrollBar()->setValue(0);
        return;
    }
    const Place& place = *std::prev(after);
    qreal top = topOf(place.block);
    if (after != m_places.end() && after->line > place.line)
        top += (topOf(after->block) - top) * (line - place.line) / (after->line - place.line);
    verticalScrollBar()->setValue(static_cast<int>(top));
    m_isBehind = static_cast<int>(top) > verticalScrollBar()->maximum();
}

int MarkdownPreview::firstLineInSight() const {
    const int top = verticalScrollBar()->value();
    for (std::size_t i = 0; i + 1 < m_places.size(); ++i) {
        const qreal next = topOf(m_places[i + 1].block);
        if (next <= top + 1)
            continue;
        const qreal first = topOf(m_places[i].block);
        const qreal share = std::clamp((top - first) / std::max<qreal>(1, next - first), 0.0, 1.0);
        return m_places[i].line + static_cast<int>(share * (m_places[i + 1].line - m_places[i].line) + 0.5);
    }
    return m_places.empty() ? m_firstLine : m_places.back().line;
}

void MarkdownPreview::leadEditor() {
    if (m_isScrolling || m_places.empty())
        return;
    m_isBehind = false;
    const QScopedValueRollback<bool> scrolling(m_isScrolling, true);
    const QTextBlock block = m_view.document()->findBlockByNumber(firstLineInSight());
    if (block.isValid())
        m_view.verticalScrollBar()->setValue(block.firstLineNumber());
}

// --- links

void MarkdownPreview::askAbout(const QUrl& link) {
    const QString scheme = link.scheme().toLower();
    if (scheme != QLatin1String("http") && scheme != QLatin1String("https") &&
        scheme != QLatin1String("mailto"))
        return;
    auto* question = new QMessageBox(QMessageBox::NoIcon, tr("Open this address?"), tr("Open this address?"),
                                     QMessageBox::Cancel, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(link.toString(QUrl::FullyEncoded));
    QPushButton* open = question->addButton(tr("Open"), QMessageBox::AcceptRole);
    question->setDefaultButton(QMessageBox::Cancel);
    connect(open, &QPushButton::clicked, this, [this, link] { m_open(link); });
    question->open();
}

} // namespace tandem
