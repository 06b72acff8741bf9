#include "editor/typing/go_to_line.h"

#include "editor/editor_view.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QTextBlock>

#include <algorithm>

namespace tandem {

namespace {
constexpr int fieldWidth = 140;
constexpr int marginPx = 8;
constexpr int spacingPx = 6;
} // namespace

GoToLine::GoToLine(EditorView& view, QWidget* parent)
    : QWidget(parent)
    , m_view(view)
    , m_field(new QLineEdit)
    , m_words(new QLabel)
    , m_action(new QAction(tr("&Go to Line…"), this)) {
    setAccessibleName(tr("Go to line"));
    setAutoFillBackground(true);
    m_field->setPlaceholderText(tr("Line, or line:column"));
    m_field->setAccessibleName(tr("Line, or line:column"));
    m_field->setFixedWidth(fieldWidth);
    m_action->setShortcut(Qt::CTRL | Qt::Key_G);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(marginPx, spacingPx, marginPx, spacingPx);
    row->setSpacing(spacingPx);
    row->addWidget(m_field);
    row->addWidget(m_words, 1);
    hide();
    connect(m_action, &QAction::triggered, this, &GoToLine::ask);
    connect(m_field, &QLineEdit::returnPressed, this, [this] {
        if (go(m_field->text()))
            dismiss();
        else
            m_words->setText(tr("A line is a number from 1 to %1.").arg(m_view.blockCount()));
    });
}

void GoToLine::ask() {
    m_words->setText(tr("of %1").arg(m_view.blockCount()));
    m_field->setText(QString::number(m_view.textCursor().blockNumber() + 1));
    show();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void GoToLine::dismiss() {
    hide();
    m_view.setFocus(Qt::OtherFocusReason);
}

void GoToLine::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else
        QWidget::keyPressEvent(event);
}

bool GoToLine::go(const QString& place) {
    const QStringList parts = place.trimmed().split(u':');
    bool isLine = false;
    bool isColumn = true;
    const int line = parts.first().toInt(&isLine);
    const int column = parts.size() > 1 ? parts.at(1).toInt(&isColumn) : 1;
    if (!isLine || !isColumn || parts.size() > 2 || line < 1 || column < 1)
        return false;
    const QTextBlock block = m_view.document()->findBlockByNumber(std::min(line, m_view.blockCount()) - 1);
    const int position = block.position() + std::min(column - 1, block.length() - 1);
    m_view.setSelection(position, position);
    m_view.reveal(position);
    return true;
}

} // namespace tandem
