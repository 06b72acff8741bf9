#include "typist.h"

#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QTest>

#include <cstdio>

namespace tandem {

namespace {

constexpr int pauseMs = 10;

void say(const QByteArray& line) {
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

QWidget* shown(const char* className) {
    for (QWidget* widget : QApplication::allWidgets()) {
        if (widget->isVisible() && std::string_view(widget->metaObject()->className()) == className)
            return widget;
    }
    return nullptr;
}

bool isSaved() {
    const QWidget* status = shown("tandem::StatusItem");
    if (status == nullptr)
        return false;
    const auto labels = status->findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(),
                       [](const QLabel* label) { return label->text() == QStringLiteral("Saved"); });
}

} // namespace

Typist::Typist(int edits, quint32 seed) : m_asked(0, QSocketNotifier::Read), m_random(seed), m_left(edits) {
    connect(&m_timer, &QTimer::timeout, this, &Typist::look);
    connect(&m_asked, &QSocketNotifier::activated, this, &Typist::tell);
    m_timer.start(pauseMs);
}

// First for the document, then after each few keys whether there are more to press.
void Typist::look() {
    if (m_editor == nullptr) {
        auto* editor = qobject_cast<QPlainTextEdit*>(shown("tandem::EditorView"));
        if (editor != nullptr && !editor->isReadOnly() && isSaved())
            m_editor = editor;
    } else if (m_left > 0) {
        type();
        --m_left;
    } else if (isSaved()) {
        m_timer.stop();
        say("done");
    }
}

void Typist::type() {
    switch (m_random.bounded(5)) {
    case 0:
        QTest::keyClick(m_editor, Qt::Key_Home, Qt::ControlModifier);
        break;
    case 1:
        QTest::keyClick(m_editor, Qt::Key_End, Qt::ControlModifier);
        break;
    case 2:
        QTest::keyClick(m_editor, Qt::Key_Up);
        break;
    case 3:
        QTest::keyClick(m_editor, Qt::Key_Backspace);
        break;
    default:
        QTest::keyClick(m_editor, Qt::Key_Left, Qt::ControlModifier);
    }
    QTest::keyClicks(m_editor, QStringLiteral("<d.%1>").arg(m_left));
    if (m_random.bounded(8) == 0)
        QTest::keyClick(m_editor, Qt::Key_Return);
}

void Typist::tell() {
    std::array<char, 64> line{};
    if (std::fgets(line.data(), line.size(), stdin) == nullptr) {
        m_asked.setEnabled(false);
        return;
    }
    const QJsonArray text{m_editor == nullptr ? QString() : m_editor->toPlainText()};
    say("text " + QJsonDocument(text).toJson(QJsonDocument::Compact));
}

QObject* TypistPlugin::create(const QString& /*name*/, const QString& specification) {
    const QStringList parts = specification.split('-');
    return new Typist(parts.value(0).toInt(), parts.value(1).toUInt());
}

} // namespace tandem
