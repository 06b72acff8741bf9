#include "people/person_dialog.h"

#include "protocol/limits.h"
#include "theme/person_colors.h"

#include <QButtonGroup>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace tandem {

namespace {
constexpr int swatchPx = 20;
constexpr int swatchesPerRow = 6;

QIcon swatch(const QColor& color) {
    QPixmap pixmap(swatchPx, swatchPx);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(pixmap.rect().adjusted(1, 1, -1, -1));
    return pixmap;
}
} // namespace

PersonDialog::PersonDialog(const ClientSession::Person& person, QWidget* parent)
    : QDialog(parent)
    , m_name(new QLineEdit(QString::fromStdString(person.name)))
    , m_colors(new QButtonGroup(this)) {
    setWindowTitle(tr("Your name and colour"));
    m_name->setMaxLength(static_cast<int>(limits::nameLength));
    m_name->selectAll();
    auto* nameLabel = new QLabel(tr("Others see you &as"));
    nameLabel->setBuddy(m_name);

    auto* swatches = new QGridLayout;
    for (int i = 0; i < theme::personColorCount; ++i) {
        auto* button = new QToolButton;
        button->setCheckable(true);
        button->setChecked(i == person.color);
        button->setAutoRaise(true);
        button->setIconSize({swatchPx, swatchPx});
        button->setIcon(swatch(theme::personColors(i, theme::schemeOf(palette())).caret));
        button->setAccessibleName(tr("Colour %1").arg(i + 1));
        m_colors->addButton(button, i);
        swatches->addWidget(button, i / swatchesPerRow, i % swatchesPerRow);
    }

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    const auto allowOnlyNames = [this, buttons] {
        buttons->button(QDialogButtonBox::Ok)->setEnabled(!m_name->text().trimmed().isEmpty());
    };
    connect(m_name, &QLineEdit::textChanged, this, allowOnlyNames);

    auto* column = new QVBoxLayout(this);
    column->setSpacing(10);
    column->addWidget(nameLabel);
    column->addWidget(m_name);
    column->addLayout(swatches);
    column->addWidget(buttons);
}

ClientSession::Person PersonDialog::person() const {
    return {m_name->text().simplified().toStdString(), std::max(0, m_colors->checkedId())};
}

} // namespace tandem
