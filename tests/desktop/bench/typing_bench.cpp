#include "typing_bench.h"

#include "editor/editor_view.h"
#include "editor/tools/editor_tools.h"
#include "settings/preferences.h"

#include "bench/stopwatch.h"

#include "shared_log.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <malloc.h>

namespace tandem::bench {

namespace {

std::u32string sampleText(const TypingLoad& load) {
    constexpr std::u32string_view paragraph = UR"(## A heading of some words

Some prose with *emphasis*, `code` and [a link](https://example.org/), about as long as people write
their lines, or a little longer when they do not care, which is why lines are wrapped in a window.

- an item of a list
- another one, with a wrod that is mistyped

```cpp
int main(int argc, char** argv) { return argc > 1 ? run(argv[1]) : usage("nothing to do"); }
```

)";
    std::u32string text;
    text.reserve(load.units + paragraph.size());
    while (text.size() < load.units)
        text += paragraph;
    if (load.isOneLine)
        std::replace(text.begin(), text.end(), U'\n', U' ');
    return text;
}

// What malloc has handed out.
double heapMiB() {
    const struct mallinfo2 info = mallinfo2();
    return static_cast<double>(info.uordblks + info.hblkhd) / (1024.0 * 1024.0);
}

// Sees when the text has been painted.
class PaintWatch final : public QObject {
public:
    explicit PaintWatch(QWidget& widget) { widget.installEventFilter(this); }
    int painted = 0;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Paint)
            ++painted;
        return QObject::eventFilter(watched, event);
    }
};

double quantile(std::vector<double> values, double q) {
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1))];
}

// Someone else who edits at random places, so many times a second.
class OtherPerson {
public:
    OtherPerson(SharedLog& log, OpenDocument& here, int perSecond)
        : m_log(log), m_here(here), m_other(9), m_random(3) {
        m_log.deliver(m_other.document);
        if (perSecond == 0)
            return;
        m_timer.setTimerType(Qt::PreciseTimer);
        // As many as are due by then: the timer may be late.
        m_since.start();
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this, perSecond] {
            const qint64 due = m_since.elapsed() * perSecond / 1'000;
            for (int i = 0; i < mostAtOnce && m_edits < due; ++i)
                edit();
        });
        m_timer.start(1'000 / perSecond);
    }
    int edits() const { return m_edits; }
    void stop() { m_timer.stop(); }

private:
    void edit() {
        m_log.commit(m_here);
        m_log.deliver(m_other.document);
        const std::size_t at = m_random.below(m_other.document.replica().length());
        const bool inserts = m_random.below(3) != 0;
        if (m_other.document.edit(at, inserts ? 0 : 1,
                                  inserts ? std::u32string_view(U"w") : std::u32string_view()))
            ++m_edits;
        m_log.commit(m_other.document);
        m_log.deliver(m_here);
        m_log.deliver(m_other.document);
    }

    SharedLog& m_log;
    OpenDocument& m_here;
    OtherCopy m_other;
    SeededRandom m_random;
    static constexpr int mostAtOnce = 20;

    QTimer m_timer;
    QElapsedTimer m_since;
    int m_edits = 0;
};

} // namespace

Figures benchTyping(const TypingLoad& load) {
    const double heapBefore = heapMiB();
    SystemClock clock;
    SharedLog log;
    QTemporaryDir folder;
    {
        OtherCopy writer(1);
        if (!writer.document.edit(0, 0, sampleText(load)))
            return {};
        log.commit(writer.document);
    }
    OtherCopy mine(2);

    QElapsedTimer timer;
    timer.start();
    const double cpuBefore = cpuMs();
    Preferences preferences(folder.filePath(QStringLiteral("settings.ini")));
    EditorView view(mine.document, clock);
    EditorTools tools(view, mine.document, clock, preferences, QStringLiteral("bench"), nullptr);
    view.resize(900, 700);
    view.show();
    log.deliver(mine.document);
    PaintWatch watch(*view.viewport());
    view.viewport()->repaint();
    const double openCpuMs = cpuMs() - cpuBefore;
    const double openMs = static_cast<double>(timer.nsecsElapsed()) / 1e6;

    view.setFocus();
    const int middle = view.binding().length() / 2;
    view.setSelection(middle, middle);
    timer.restart();
    while (timer.elapsed() < 1'500) // what is done in idle time is done by now, or goes on
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);

    OtherPerson other(log, mine.document, load.remoteEditsPerSecond);
    std::vector<double> latencies;
    std::vector<double> workMs; // of the processor, from the key on
    timer.restart();
    for (int i = 0; i < load.keys; ++i) {
        const qint64 dueNs = static_cast<qint64>(i + 1) * load.keyEveryMs * 1'000'000;
        while (timer.nsecsElapsed() < dueNs)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
        // A key that waits for the one before it is not what is measured.
        const qint64 startNs = i > 0 && latencies.back() > load.keyEveryMs ? timer.nsecsElapsed() : dueNs;
        const int before = watch.painted;
        const double workBefore = cpuMs();
        const bool endsWord = i % 6 == 5;
        QKeyEvent press(QEvent::KeyPress, endsWord ? Qt::Key_Space : Qt::Key_A, Qt::NoModifier,
                        endsWord ? QStringLiteral(" ") : QStringLiteral("a"));
        QCoreApplication::sendEvent(&view, &press);
        while (watch.painted == before)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
        workMs.push_back(cpuMs() - workBefore);
        latencies.push_back(static_cast<double>(timer.nsecsElapsed() - startNs) / 1e6);
    }
    other.stop();

    Figures figures;
    figures["document"] = load.isOneLine ? "one line" : "lines";
    figures["units"] = load.units;
    figures["remote_edits_per_second"] = load.remoteEditsPerSecond;
    figures["remote_edits_seen"] = other.edits();
    figures["keys"] = load.keys;
    figures["key_to_painted_p50_ms"] = quantile(latencies, 0.5);
    figures["key_to_painted_p99_ms"] = quantile(latencies, 0.99);
    figures["key_to_painted_worst_ms"] = quantile(latencies, 1);
    figures["key_cpu_p50_ms"] = quantile(workMs, 0.5);
    figures["key_cpu_p99_ms"] = quantile(workMs, 0.99);
    if (!load.isOneLine)
        figures["goal_p99_ms"] = load.units > 1'000'000 ? 33 : 16;
    figures["open_ms"] = openMs;
    figures["open_cpu_ms"] = openCpuMs;
    figures["heap_mib"] = heapMiB() - heapBefore;
    return figures;
}

} // namespace tandem::bench
