#include "history/history_page.h"

#include "access/voice.h"
#include "history/author_legend.h"
#include "history/past_view.h"
#include "offline/document_place.h"
#include "offline/local_store.h"
#include "protocol/limits.h"
#include "settings/preferences.h"

#include <QCheckBox>
#include <QComboBox>
#include <QInputDialog>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSlider>
#include <QToolTip>
#include <QVBoxLayout>

namespace tandem {

namespace {
constexpr int restMs = 150;
constexpr int marginPx = 12;
constexpr std::int64_t pauseMs = 30 * 60 * 1'000; // between two sessions, as servers have it

// The newest first.
QList<PastSession> sessionsOf(const PastLog& log) {
    QList<PastSession> sessions;
    for (Seq version = 1; version <= log.head(); ++version) {
        const std::int64_t ms = log.timeMs(version);
        if (ms == 0)
            continue; // kept by an older Tandem
        const QDateTime time = QDateTime::fromMSecsSinceEpoch(ms);
        const auto at = static_cast<qint64>(version);
        if (sessions.isEmpty() || sessions.front().ended.msecsTo(time) > pauseMs)
            sessions.prepend({at, at, time, time, {}});
        sessions.front().to = at;
        sessions.front().ended = time;
        const QString author = QString::fromStdString(log.authorOf(version));
        if (!sessions.front().authors.contains(author))
            sessions.front().authors.append(author);
    }
    return sessions;
}
} // namespace

HistoryPage::HistoryPage(const DocumentUrl& document, const QString& title, Preferences& preferences,
                         Kept kept, QWidget* parent)
    : Page(parent)
    , m_url(document)
    , m_title(title)
    , m_preferences(preferences)
    , m_store(kept.store)
    , m_order(std::move(kept.order))
    , m_colors(QString::fromStdString(preferences.person().name), preferences.person().color)
    , m_past(document) {
    layOut();
}

HistoryPage::HistoryPage(const DocumentUrl& document, const QString& title, Preferences& preferences,
                         QWidget* parent)
    : HistoryPage(document, title, preferences, Kept{}, parent) {
    m_past.showNewest();
    m_past.listSessions();
    m_past.listNames();
    m_past.fetchArchive();
}

HistoryPage::HistoryPage(const DocumentUrl& document, const QString& title, Preferences& preferences,
                         PastLog log, LocalStore* store, QWidget* parent)
    : HistoryPage(document, title, preferences, Kept{store, log.order()}, parent) {
    m_name->setVisible(store != nullptr);
    m_names->setVisible(store != nullptr);
    showNames(keptNames());
    play(std::move(log));
}

HistoryPage::HistoryPage(const DocumentUrl& document, const QString& title, Preferences& preferences,
                         PastLog log, const QString& scope, QWidget* parent)
    : HistoryPage(document, title, preferences, Kept{}, parent) {
    showKept(std::move(log), scope);
}

// Versions with names are the server's: it counts otherwise.
void HistoryPage::showKept(PastLog log, const QString& scope) {
    m_name->hide();
    m_names->hide();
    m_scope->setText(scope);
    m_scope->show();
    m_problem.clear();
    play(std::move(log));
}

void HistoryPage::play(PastLog log) {
    m_isPlayed = true;
    m_sessions = sessionsOf(log);
    connect(&m_player, &PastPlayer::ready, this, [this](qint64 head) {
        m_newest = head;
        m_slider->setEnabled(true);
        m_slider->setRange(0, static_cast<int>(head));
        m_slider->setValue(static_cast<int>(head)); // shows it
        if (head == 0)
            ask(0);
    });
    connect(&m_player, &PastPlayer::arrived, this, [this](const PastText& past) {
        if (past.version == m_newest)
            m_newestText = past.text;
    });
    m_player.play(std::move(log));
}

void HistoryPage::layOut() {
    m_view = new PastView;
    m_slider = new QSlider(Qt::Horizontal);
    m_scope = new QLabel;
    m_scope->setTextFormat(Qt::PlainText);
    m_scope->setWordWrap(true);
    m_scope->hide();
    m_words = new QLabel;
    m_names = new QComboBox;
    m_difference = new QCheckBox(tr("&Differences to now"));
    m_legend = new AuthorLegend;
    m_name = new QPushButton(tr("&Name This Version…"));
    m_restore = new QPushButton(tr("&Restore"));
    m_words->setTextFormat(Qt::PlainText);
    m_slider->setAccessibleName(tr("Version"));
    m_slider->setEnabled(false);
    m_names->setAccessibleName(tr("Versions with a name"));
    m_names->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_restore->setEnabled(false);
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMs);

    m_words->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

    auto* beneath = new QVBoxLayout;
    beneath->setContentsMargins(marginPx, marginPx / 2, marginPx, marginPx);
    beneath->addWidget(m_scope);
    beneath->addWidget(m_words);
    beneath->addWidget(m_slider);
    beneath->addWidget(makeBar());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_view, 1);
    column->addLayout(beneath);
    setFocusProxy(m_slider);
    listen();
}

QWidget* HistoryPage::makeBar() {
    connect(m_name, &QPushButton::clicked, this, &HistoryPage::askForName);
    connect(m_restore, &QPushButton::clicked, this, &HistoryPage::restore);
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_difference);
    row->addSpacing(marginPx);
    row->addWidget(m_legend, 1);
    QSizePolicy room = m_legend->sizePolicy();
    room.setRetainSizeWhenHidden(true); // or the buttons would take it
    m_legend->setSizePolicy(room);
    row->addWidget(m_names);
    row->addWidget(m_name);
    row->addWidget(m_restore);
    return bar;
}

void HistoryPage::ask(qint64 version) {
    if (version <= m_played)
        m_player.show(version);
    else
        m_past.show(version);
}

void HistoryPage::listen() {
    connect(m_slider, &QSlider::valueChanged, this, [this](int version) {
        m_problem.clear();
        ask(version);
    });
    connect(&m_past, &PastClient::newestArrived, this, [this](qint64 version, const QString& text) {
        const bool isFirst = !m_slider->isEnabled();
        m_newest = version;
        m_newestText = text;
        m_slider->setEnabled(true);
        m_slider->setRange(0, static_cast<int>(version));
        m_slider->setPageStep(std::max(1, static_cast<int>(version) / 50));
        if (!isFirst)
            return showAgain();
        const QSignalBlocker quiet(m_slider);
        m_slider->setValue(static_cast<int>(version));
        take(version, text);
    });
    connect(&m_past, &PastClient::arrived, this, &HistoryPage::take);
    connect(&m_past, &PastClient::archiveArrived, &m_player, &PastPlayer::load);
    connect(&m_player, &PastPlayer::ready, this, [this](qint64 head) { m_played = head; });
    connect(&m_player, &PastPlayer::arrived, this, [this](const PastText& past) {
        if (past.version != m_slider->value())
            return; // it has gone on
        take(past.version, past.text);
        m_rest.stop();
        showAuthors(past.authors);
    });
    connect(&m_rest, &QTimer::timeout, this, [this] {
        if (m_shown <= m_played)
            m_player.show(m_shown);
        else
            m_past.showAuthors(m_shown);
    });
    connect(&m_past, &PastClient::authorsArrived, this, [this](qint64 version, const QJsonArray& authors) {
        if (version == m_shown)
            showAuthors(authorSpans(authors, m_shownText));
    });
    connect(&m_past, &PastClient::sessionsListed, this, [this](const QList<PastSession>& sessions) {
        m_sessions = sessions;
        showWords();
    });
    connect(&m_past, &PastClient::namesListed, this, &HistoryPage::showNames);
    connect(m_names, &QComboBox::activated, this, [this](int index) {
        if (const qint64 version = m_names->itemData(index).toLongLong(); version >= 0)
            m_slider->setValue(static_cast<int>(version));
    });
    connect(m_difference, &QCheckBox::toggled, this, &HistoryPage::showAgain);
    connect(&m_past, &PastClient::restored, this, [this] { m_past.showNewest(); });
    connect(&m_past, &PastClient::failed, this, [this](const QString& sentence) {
        if (m_isPlayed)
            return; // the server is not what it shows
        m_problem = sentence;
        showWords();
        say(*this, sentence);
        if (!m_slider->isEnabled())
            emit serverAway(sentence);
    });
    connect(m_view, &PastView::hovered, this, [this](int position, const QPoint& at) {
        m_hoveredAt = at;
        showWriter(position, {});
        if (hasAll())
            m_player.askWritten(position);
    });
    connect(&m_player, &PastPlayer::writtenTold, this, &HistoryPage::showWriter);
}

// Without a time, when this author wrote for the last time before.
void HistoryPage::showWriter(int position, const QDateTime& time) {
    const AuthorSpan* author = m_view->authorAt(position);
    if (!author)
        return;
    const QString name = author->name.isEmpty() ? tr("Someone") : author->name;
    QString words = name;
    if (time.isValid())
        words = tr("%1, %2").arg(name, QLocale().toString(time.toLocalTime(), QLocale::ShortFormat));
    else if (const QString latest = lastTimeOf(author->name); !latest.isEmpty())
        words = tr("%1, not after %2").arg(name, latest);
    m_writer = words;
    QToolTip::showText(m_hoveredAt, words.toHtmlEscaped(), m_view);
}

void HistoryPage::take(qint64 version, const QString& text) {
    m_shown = version;
    m_shownText = text;
    m_restore->setEnabled(version != m_newest);
    showAgain();
}

void HistoryPage::showAgain() {
    m_legend->setVisible(!m_difference->isChecked());
    if (m_difference->isChecked())
        m_view->showDifference(lineDifference(m_shownText, m_newestText));
    else
        m_view->showText(m_shownText);
    m_rest.start();
    showWords();
}

void HistoryPage::meet(const std::vector<Peer>& people) {
    for (const Peer& person : people)
        m_colors.keep(QString::fromStdString(person.name), person.color);
    if (m_slider->isEnabled())
        showAgain();
}

void HistoryPage::showAuthors(QList<AuthorSpan> authors) {
    if (m_difference->isChecked())
        return; // colours mean something else there
    QList<AuthorLegend::Author> named;
    for (AuthorSpan& span : authors) {
        span.color = m_colors.of(span);
        const QString name = span.name.isEmpty() ? tr("Someone") : span.name.simplified();
        const bool isKnown = std::any_of(named.begin(), named.end(), [&](const AuthorLegend::Author& each) {
            return each.name == name && each.color == span.color;
        });
        if (!isKnown)
            named.append({name, span.color});
    }
    m_view->showAuthors(authors);
    m_legend->show(named);
}

void HistoryPage::showNames(const QList<NamedVersion>& names) {
    m_names->clear();
    m_names->addItem(names.isEmpty() ? tr("No version has a name") : tr("Go to…"), -1);
    for (const NamedVersion& name : names)
        m_names->addItem(name.label, name.version);
}

QList<NamedVersion> HistoryPage::keptNames() const {
    QList<NamedVersion> names;
    if (!m_store)
        return names;
    for (const auto& [state, label] : m_store->namesOf(storeKeyOf(m_url)).states)
        names.append({m_order.versionOf(state), QString::fromStdString(label)});
    std::sort(names.begin(), names.end(),
              [](const NamedVersion& a, const NamedVersion& b) { return a.version < b.version; });
    return names;
}

QString HistoryPage::words() const {
    return m_words->text();
}

void HistoryPage::forbidRestoring() {
    m_restore->hide();
}

QString HistoryPage::scope() const {
    return m_scope->text();
}

void HistoryPage::showWords() {
    const QLocale locale;
    const QString place = m_scope->text().isEmpty() ? tr("Version %1 of %2") : tr("Change %1 of %2");
    QString words = place.arg(locale.toString(m_shown), locale.toString(m_newest));
    if (const QString session = sessionWords(m_shown); !session.isEmpty())
        words += QStringLiteral(" · ") + session;
    m_words->setText(m_problem.isEmpty() ? words : m_problem);
}

QString HistoryPage::sessionWords(qint64 version) const {
    for (const PastSession& session : m_sessions) {
        if (version < session.from || version > session.to)
            continue;
        return QStringLiteral("%1, %2").arg(
            session.authors.join(QStringLiteral(", ")),
            QLocale().toString(session.ended.toLocalTime(), QLocale::ShortFormat));
    }
    return {};
}

QString HistoryPage::lastTimeOf(const QString& author) const {
    for (const PastSession& session : m_sessions) { // the newest first
        if (session.from <= m_shown && session.authors.contains(author))
            return QLocale().toString(session.ended.toLocalTime(), QLocale::ShortFormat);
    }
    return {};
}

void HistoryPage::askForName() {
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Name This Version"));
    dialog->setLabelText(tr("Name of version %1").arg(m_shown));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, version = m_shown](const QString& text) {
        const QString label = text.simplified().left(static_cast<qsizetype>(limits::titleLength));
        if (!label.isEmpty())
            giveName(version, label);
    });
    dialog->open();
}

void HistoryPage::giveName(qint64 version, const QString& label) {
    if (!m_store)
        return m_past.giveName(version, label);
    m_store->nameState(storeKeyOf(m_url), m_order.stateAt(version), label.toStdString());
    showNames(keptNames());
}

void HistoryPage::restore() {
    if (m_isPlayed)
        return emit restoreRequested(m_shownText);
    m_restore->setEnabled(false);
    m_past.restore(m_shown, QString::fromStdString(m_preferences.person().name));
}

} // namespace tandem
