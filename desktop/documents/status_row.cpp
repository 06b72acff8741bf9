#include "documents/status_row.h"

#include "access/voice.h"

#include <QHBoxLayout>

namespace tandem {

namespace {
constexpr int messageMs = 6'000;
} // namespace

StatusRow::StatusRow(QWidget* parent)
    : QWidget(parent), m_status(new StatusItem), m_message(new QLabel), m_row(new QHBoxLayout(this)) {
    setAutoFillBackground(true);
    m_row->setContentsMargins(4, 1, 4, 1);
    m_row->setSpacing(4);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setMinimumWidth(1); // no window becomes wider for it
    m_row->addWidget(m_status);
    m_row->addWidget(m_message);
    m_row->addStretch();
    m_firstFact = m_row->count();
    m_messageEnds.setSingleShot(true);
    m_messageEnds.setInterval(messageMs);
    connect(m_status, &StatusItem::turned, this, [this](const QString& words) { say(*this, words); });
    connect(&m_messageEnds, &QTimer::timeout, m_message, &QLabel::clear);
}

void StatusRow::tell(const QString& sentence) {
    m_message->setText(sentence);
    m_message->setToolTip(sentence.toHtmlEscaped());
    m_messageEnds.start();
    say(*this, sentence);
}

void StatusRow::addFact(QWidget* widget) {
    widget->setContentsMargins(8, 2, 8, 2);
    m_row->insertWidget(m_firstFact, widget);
}

} // namespace tandem
