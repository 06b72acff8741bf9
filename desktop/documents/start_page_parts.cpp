// What a StartPage is made of, and its commands.
#include "documents/start_page.h"

#include "theme/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace tandem {

namespace {
constexpr int placesPx = 220;
constexpr int widestPx = 860;

// The arrow that leads from the field into the list.
class DownIntoList final : public QObject {
public:
    DownIntoList(QLineEdit* field, DocumentList* list) : QObject(field), m_list(list) {
        field->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() != QEvent::KeyPress || static_cast<QKeyEvent*>(event)->key() != Qt::Key_Down)
            return QObject::eventFilter(watched, event);
        m_list->setFocus();
        return true;
    }

private:
    DocumentList* m_list;
};
} // namespace

void StartPage::layOut() {
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(makePlaces());
    row->addStretch(1);
    row->addWidget(makeDocuments(), 1000);
    row->addStretch(1);
    setTabOrder(m_field, m_list);
    setTabOrder(m_list, m_binButton);
    setTabOrder(m_binButton, m_newButton);
    setTabOrder(m_newButton, m_places);
}

QWidget* StartPage::makePlaces() {
    auto* heading = new QLabel(tr("Documents"));
    QFont font = heading->font();
    font.setPointSizeF(font.pointSizeF() * 1.3);
    font.setWeight(QFont::DemiBold);
    heading->setFont(font);
    heading->setContentsMargins(8, 0, 0, 6);

    m_places = new QListWidget;
    m_places->setObjectName(QStringLiteral("places"));
    m_places->setFrameShape(QFrame::NoFrame);
    m_places->setAccessibleName(tr("Recent documents and servers"));
    m_places->setTextElideMode(Qt::ElideMiddle);
    m_places->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto* add = new QPushButton(tr("Add Server…"));
    add->setFlat(true);
    connect(add, &QPushButton::clicked, this, &StartPage::askForServer);

    auto* part = new QWidget;
    part->setFixedWidth(placesPx);
    part->setAutoFillBackground(true);
    part->setBackgroundRole(QPalette::Window);
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(12, 22, 12, 14);
    column->addWidget(heading);
    column->addWidget(m_places, 1);
    column->addWidget(add, 0, Qt::AlignLeft);
    return part;
}

QWidget* StartPage::makeDocuments() {
    m_field = new QLineEdit;
    m_field->setObjectName(QStringLiteral("finding"));
    m_field->setPlaceholderText(tr("Find a document, or paste a link"));
    m_field->setAccessibleName(m_field->placeholderText());
    m_field->setClearButtonEnabled(true);
    m_newButton = new QPushButton(tr("New Document"));
    m_newButton->setObjectName(QStringLiteral("primary"));
    connect(m_newButton, &QPushButton::clicked, this, &StartPage::createDocument);
    m_binButton = new QToolButton;
    m_binButton->setText(tr("Bin"));
    m_binButton->setToolTip(tr("Show what is in the bin here"));
    m_binButton->setCheckable(true);
    m_list = new DocumentList;
    new DownIntoList(m_field, m_list);
    m_message = new QLabel;
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    m_message->setContentsMargins(14, 6, 14, 6);
    m_message->hide();

    auto* part = new QWidget;
    part->setMaximumWidth(widestPx);
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(28, 20, 28, 14);
    column->setSpacing(10);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_field, 1);
    row->addWidget(m_binButton);
    row->addWidget(m_newButton);
    column->addLayout(row);
    column->addWidget(m_message);
    column->addWidget(m_list, 1);
    return part;
}

void StartPage::makeCommands() {
    const auto add = [this](const char* id, const QString& text, const QList<QKeySequence>& shortcuts,
                            void (StartPage::*use)()) {
        QAction* action = makeAction(this, text, shortcuts, [this, use] { (this->*use)(); });
        m_commands.append({QString::fromLatin1(id), Section::fileDocument, action});
        return action;
    };
    m_rename = add("document.rename", tr("&Rename…"), {Qt::Key_F2}, &StartPage::rename);
    m_bin = add("document.bin", tr("Move to &Bin"), {QKeySequence::Delete}, &StartPage::moveCurrentToBin);
    m_restore = add("document.restore", tr("Restore from the Bin"), {}, &StartPage::restore);
    m_purge =
        add("document.purge", tr("&Delete for Ever…"), {Qt::CTRL | Qt::Key_Delete}, &StartPage::askToPurge);
    m_forget =
        add("recent.forget", tr("&Leave Out of Recent"), {Qt::SHIFT | Qt::Key_Delete}, &StartPage::forget);
    add("start.refresh", tr("Re&fresh"), {QKeySequence::Refresh}, &StartPage::refresh);
    add("server.add", tr("Add a &Server…"), {}, &StartPage::askForServer);
    m_removeServer =
        add("server.remove", tr("Remove This Server from the List"), {}, &StartPage::removeServer);
}

} // namespace tandem
