// Someone at the real desktop program: a plugin that Qt loads into it (QT_QPA_GENERIC_PLUGINS=typist),
// presses keys in the window's editor as a keyboard does, and tells on stdout what is shown. Of the program
// it knows names of classes only.
#pragma once

#include <QGenericPlugin>
#include <QPlainTextEdit>
#include <QRandomGenerator>
#include <QSocketNotifier>
#include <QTimer>

namespace tandem {

class Typist final : public QObject {
    Q_OBJECT
public:
    Typist(int edits, quint32 seed);

private:
    void look();
    void type();
    void tell();

    QTimer m_timer;
    QSocketNotifier m_asked;
    QPlainTextEdit* m_editor = nullptr;
    QRandomGenerator m_random;
    int m_left;
};

class TypistPlugin final : public QGenericPlugin {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QGenericPluginFactoryInterface_iid FILE "typist.json")
public:
    // `specification` is "EDITS-SEED".
    QObject* create(const QString& name, const QString& specification) override;
};

} // namespace tandem
