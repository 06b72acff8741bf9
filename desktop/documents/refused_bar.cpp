#include "documents/refused_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace tandem {

RefusedBar::RefusedBar(QWidget* parent) : QFrame(parent), m_words(new QLabel) {
    auto* save = new QPushButton(tr("&Save a Copy…"));
    auto* copy = new QPushButton(tr("&Make It a New Document"));
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    auto* row = new QHBoxLayout(this);
    row->addWidget(m_words, 1);
    row->addWidget(save);
    row->addWidget(copy);
    connect(save, &QPushButton::clicked, this, &RefusedBar::saveRequested);
    connect(copy, &QPushButton::clicked, this, &RefusedBar::copyRequested);
    setVisible(false);
}

void RefusedBar::show(const QString& problem, ConnectionStatus::Kept kept) {
    m_words->setText(
        kept == ConnectionStatus::Kept::onDisk
            ? tr("%1 What you see is kept on this computer, with all that you typed.").arg(problem)
            : tr("%1 What you see is only in this window, with all that you typed.").arg(problem));
    setVisible(!problem.isEmpty());
}

QString RefusedBar::words() const {
    return m_words->text();
}

} // namespace tandem
