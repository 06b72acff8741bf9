#include "editor/find/find_bar.h"

#include "editor/editor_view.h"
#include "theme/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

namespace tandem {

namespace {
constexpr int spacingPx = 6;
constexpr int marginPx = 8;
constexpr int fieldWidth = 280;
constexpr int leastFieldWidth = 150;
constexpr int leastWordsWidth = 80;

void setTone(QLabel& label, bool isBad) {
    QPalette palette = label.parentWidget()->palette();
    palette.setColor(QPalette::WindowText, isBad ? theme::toneColor(theme::Tone::bad, palette)
                                                 : palette.color(QPalette::WindowText));
    label.setPalette(palette);
}
} // namespace

FindBar::FindBar(EditorView& view, QWidget* parent) : QWidget(parent), m_view(view), m_search(view) {
    setAccessibleName(tr("Find and replace"));
    setAutoFillBackground(true);
    makeActions();
    makeRows();
    hide();

    connect(&m_search, &TextSearch::changed, this, [this] {
        tryToGo();
        tell();
    });
    connect(&m_view, &EditorView::selectionMoved, this, &FindBar::tell);
    connect(m_field, &QLineEdit::textChanged, this, &FindBar::takePattern);
    for (QToolButton* toggle : {m_regex, m_case, m_wholeWord})
        connect(toggle, &QToolButton::toggled, this, &FindBar::takePattern);
    connect(m_within, &QToolButton::toggled, this, &FindBar::takeScope);
}

// --- what it is made of

void FindBar::makeActions() {
    const auto add = [this](const QString& text, const QList<QKeySequence>& shortcuts,
                            void (FindBar::*use)()) {
        auto* action = new QAction(text, this);
        action->setShortcuts(shortcuts);
        action->setShortcutContext(Qt::WindowShortcut);
        connect(action, &QAction::triggered, this, use);
        m_actions.append(action);
    };
    add(tr("&Find…"), {QKeySequence::Find}, &FindBar::find);
    add(tr("&Replace…"), {Qt::CTRL | Qt::Key_H}, &FindBar::replace);
    add(tr("Find &Next"), {Qt::Key_F3}, &FindBar::findNext);
    add(tr("Find Pre&vious"), {Qt::SHIFT | Qt::Key_F3}, &FindBar::findPrevious);
}

QToolButton* FindBar::makeToggle(const QString& text, const QString& name) {
    auto* toggle = new QToolButton;
    toggle->setText(text);
    toggle->setToolTip(name);
    toggle->setAccessibleName(name);
    toggle->setCheckable(true);
    toggle->setFocusPolicy(Qt::TabFocus);
    return toggle;
}

QToolButton* FindBar::makeButton(const QString& text, const QString& name, void (FindBar::*use)()) {
    auto* button = new QToolButton;
    button->setText(text);
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setFocusPolicy(Qt::TabFocus);
    connect(button, &QToolButton::clicked, this, use);
    return button;
}

void FindBar::makeRows() {
    const auto makeField = [this](const QString& name) {
        auto* field = new QLineEdit;
        field->setPlaceholderText(name);
        field->setAccessibleName(name);
        field->setClearButtonEnabled(false);
        field->setMinimumWidth(leastFieldWidth);
        field->setMaximumWidth(fieldWidth);
        field->installEventFilter(this);
        return field;
    };
    m_field = makeField(tr("Find"));
    m_replacement = makeField(tr("Replace with"));
    m_words = new QLabel;
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    m_words->setMinimumWidth(leastWordsWidth);
    m_words->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_regex = makeToggle(QStringLiteral(".*"), tr("Regular expression"));
    m_case = makeToggle(QStringLiteral("Aa"), tr("Match case"));
    m_wholeWord = makeToggle(QStringLiteral("“ ”"), tr("Whole words"));
    m_within = makeToggle(QStringLiteral("[ ]"), tr("Only in what is selected"));

    auto* finding = new QHBoxLayout;
    finding->setContentsMargins(0, 0, 0, 0);
    finding->setSpacing(spacingPx);
    finding->addWidget(m_field, 2);
    for (QToolButton* toggle : {m_case, m_wholeWord, m_regex, m_within})
        finding->addWidget(toggle);
    finding->addWidget(makeButton(QStringLiteral("↑"), tr("Previous (Shift+F3)"), &FindBar::findPrevious));
    finding->addWidget(makeButton(QStringLiteral("↓"), tr("Next (F3)"), &FindBar::findNext));
    finding->addWidget(m_words, 2);
    finding->addWidget(makeButton(QStringLiteral("×"), tr("Close (Esc)"), &FindBar::dismiss));

    m_replacementRow = new QWidget;
    auto* replacing = new QHBoxLayout(m_replacementRow);
    replacing->setContentsMargins(0, 0, 0, 0);
    replacing->setSpacing(spacingPx);
    replacing->addWidget(m_replacement, 2);
    replacing->addWidget(makeButton(tr("Replace"), tr("Replace this one"), &FindBar::replaceOne));
    replacing->addWidget(
        makeButton(tr("Replace all"), tr("Replace all that were found"), &FindBar::replaceAll));
    replacing->addStretch(2);

    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(marginPx, spacingPx, marginPx, spacingPx);
    rows->setSpacing(spacingPx);
    rows->addLayout(finding);
    rows->addWidget(m_replacementRow);
}

// --- opening, closing, keys

void FindBar::find() {
    open(false);
}

void FindBar::replace() {
    open(true);
}

void FindBar::open(bool withReplacement) {
    m_replacementRow->setVisible(withReplacement && !m_view.isReadOnly());
    const QTextCursor cursor = m_view.textCursor();
    m_origin = m_view.binding().anchorAt(cursor.selectionStart(), Side::right);
    const QString selected = m_view.binding().text(cursor.selectionStart(), cursor.selectionEnd());
    if (!selected.isEmpty() && !selected.contains(u'\n') && !(isVisible() && selectedHit())) {
        const QSignalBlocker once(m_regex);
        m_regex->setChecked(false); // it is a text
        m_field->setText(selected);
    }
    const bool wasVisible = isVisible();
    setVisible(true);
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
    if (!wasVisible)
        takePattern();
}

void FindBar::dismiss() {
    hide();
    m_wanted = Direction::none;
    m_within->setChecked(false);
    m_search.setPattern({});
    m_view.setFocus(Qt::OtherFocusReason);
}

bool FindBar::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() != Qt::Key_Return && key->key() != Qt::Key_Enter)
        return QWidget::eventFilter(watched, event);
    if (watched == m_replacement)
        key->modifiers() & Qt::ControlModifier ? replaceAll() : replaceOne();
    else
        key->modifiers() & Qt::ShiftModifier ? findPrevious() : findNext();
    return true;
}

void FindBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else
        QWidget::keyPressEvent(event);
}

void FindBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_words)
        tell();
}

// --- searching

void FindBar::takePattern() {
    if (!isVisible())
        return;
    m_replaced.clear();
    m_search.setPattern(
        {m_field->text(), {m_regex->isChecked(), m_case->isChecked(), m_wholeWord->isChecked()}});
    m_wanted = Direction::none;
    if (m_search.pattern().isValid()) {
        m_wanted = Direction::next;
        m_wantedFrom = m_view.binding().positionOf(m_origin).value_or(0);
        tryToGo();
    }
}

void FindBar::takeScope(bool within) {
    const QTextCursor cursor = m_view.textCursor();
    if (!within || !cursor.hasSelection()) {
        const QSignalBlocker once(m_within);
        m_within->setChecked(false);
        m_search.searchWithin(std::nullopt);
        return;
    }
    // Beside what is selected, so that what takes the place of its ends is within, too.
    const DocumentBinding& binding = m_view.binding();
    m_search.searchWithin(Selection{binding.anchorAt(cursor.selectionStart(), Side::right),
                                    binding.anchorAt(cursor.selectionEnd(), Side::left)});
}

void FindBar::findNext() {
    go(Direction::next);
}

void FindBar::findPrevious() {
    go(Direction::previous);
}

void FindBar::go(Direction direction) {
    if (!m_search.pattern().isValid()) {
        if (!m_field->text().isEmpty() && !isVisible())
            open(false);
        return;
    }
    const QTextCursor cursor = m_view.textCursor();
    m_wanted = direction;
    m_wantedFrom = direction == Direction::next ? cursor.selectionEnd() : cursor.selectionStart();
    if (const std::optional<TextSearch::Hit> hit = selectedHit(); hit && hit->start == hit->end)
        m_wantedFrom += direction == Direction::next ? 1 : -1; // on from a place without text
    m_replaced.clear();
    tryToGo();
}

// From the end it goes on at the start, and the other way round.
void FindBar::tryToGo() {
    if (m_wanted == Direction::none)
        return;
    const bool forwards = m_wanted == Direction::next;
    std::optional<TextSearch::Hit> hit =
        forwards ? m_search.hitFrom(m_wantedFrom) : m_search.hitBefore(m_wantedFrom);
    if (!hit && m_search.isComplete() && !m_search.hits().empty())
        hit = forwards ? m_search.hits().front() : m_search.hits().back();
    if (!hit) {
        if (m_search.isComplete())
            m_wanted = Direction::none;
        return;
    }
    m_wanted = Direction::none;
    show(*hit);
}

void FindBar::show(const TextSearch::Hit& hit) {
    m_view.setSelection(hit.start, hit.end);
    // What is found in the last line in sight shows too little of what stands around it.
    const QRect caret = m_view.caretRect(hit.end);
    if (caret.bottom() > m_view.viewport()->height() - caret.height())
        m_view.reveal(hit.end);
    tell();
}

std::optional<TextSearch::Hit> FindBar::selectedHit() const {
    const QTextCursor cursor = m_view.textCursor();
    const TextSearch::Hit hit{cursor.selectionStart(), cursor.selectionEnd()};
    return m_search.indexOf(hit) ? std::optional(hit) : std::nullopt;
}

// --- replacing

void FindBar::replaceOne() {
    if (m_view.isReadOnly())
        return;
    const std::optional<TextSearch::Hit> hit = selectedHit();
    if (!hit) {
        findNext();
        return;
    }
    const std::optional<TextReplacement> made = m_search.replacementOf(*hit, m_replacement->text());
    if (!made) {
        tell();
        return;
    }
    m_view.binding().replace({*made});
    const int end = made->start + static_cast<int>(made->text.size());
    m_view.setSelection(end, end, EditorView::Show::no);
    if (hit->start < hit->end)
        return findNext();
    // Behind what has just been put into a place the pattern may match again.
    m_wanted = Direction::next;
    m_wantedFrom = end + 1;
    tryToGo();
}

void FindBar::replaceAll() {
    if (m_view.isReadOnly())
        return;
    const std::optional<std::vector<TextReplacement>> all = m_search.replacements(m_replacement->text());
    if (!all || all->empty()) {
        tell();
        return;
    }
    m_wanted = Direction::none;
    m_view.binding().replace(*all);
    m_replaced = all->size() == 1 ? tr("1 replaced") : tr("%1 replaced").arg(all->size());
    tell();
}

// --- words

QString FindBar::words() const {
    if (!m_search.problem().isEmpty())
        return m_search.problem();
    if (!m_replaced.isEmpty())
        return m_replaced;
    if (!m_search.pattern().isValid())
        return {};
    const std::size_t count = m_search.hits().size();
    if (count == 0)
        return m_search.isComplete() ? tr("Nothing found") : tr("Searching…");
    const QString all = m_search.isComplete() ? QString::number(count) : tr("%1…").arg(count);
    if (const std::optional<TextSearch::Hit> hit = selectedHit())
        return tr("%1 of %2").arg(*m_search.indexOf(*hit) + 1).arg(all);
    return tr("%1 found").arg(all);
}

void FindBar::tell() {
    if (!isVisible())
        return;
    m_words->setText(words());
    m_words->setToolTip(m_search.problem());
    const bool nothing = m_search.pattern().isValid() && m_search.isComplete() && m_search.hits().empty() &&
                         m_replaced.isEmpty();
    setTone(*m_words, nothing || !m_search.problem().isEmpty());
    m_words->setAccessibleName(m_words->text());
}

} // namespace tandem
