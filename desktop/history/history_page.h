// The history of a document in a tab: a slider through all its versions, who wrote what, what differs from
// now, names for versions, and going back, which is an edit like any other. Asks the document's server, and
// never waits for it; of a document that no server has, this computer knows all of that, and while a server
// is away it has what is kept here. Owned by its window; Preferences and the store must outlive it.
#pragma once

#include "client/peers.h"
#include "documents/page.h"
#include "history/author_colors.h"
#include "history/past_client.h"
#include "history/past_replay.h"

#include <QTimer>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QSlider;

namespace tandem {

class AuthorLegend;
class LocalStore;
class PastView;
class Preferences;

class HistoryPage final : public Page {
    Q_OBJECT
public:
    HistoryPage(const DocumentUrl& document, const QString& title, Preferences& preferences,
                QWidget* parent = nullptr);
    // Of a document that no server has: its log is here, and its versions get their names in the store.
    // Without one they get none.
    HistoryPage(const DocumentUrl& document, const QString& title, Preferences& preferences, PastLog log,
                LocalStore* store, QWidget* parent = nullptr);

    // Of a document whose server is not asked: what is kept here. `scope`: in words, why, and what that is.
    HistoryPage(const DocumentUrl& document, const QString& title, Preferences& preferences, PastLog log,
                const QString& scope, QWidget* parent = nullptr);

    // The same instead of the server, when serverAway() was told.
    void showKept(PastLog log, const QString& scope);
    // It shows what the document was when this was opened.
    bool isOfThisComputer() const { return m_isPlayed; }
    // They have their colours, as everywhere else.
    void meet(const std::vector<Peer>& people);
    // Whoever may only read cannot go back.
    void forbidRestoring();

    const DocumentUrl& url() const { return m_url; }
    QString title() const override { return tr("History of %1").arg(m_title); }
    QSlider& slider() { return *m_slider; }
    PastView& view() { return *m_view; }
    qint64 shownVersion() const { return m_shown; }
    // The whole log is here: any version comes without the server.
    bool hasAll() const { return m_played >= 0; }
    QString words() const;
    QString scope() const;
    const QString& writer() const { return m_writer; }
    const AuthorLegend& legend() const { return *m_legend; }

signals:
    // Without a server: whoever has it open makes the edit.
    void restoreRequested(const QString& text);
    // It has shown nothing of the server's, which cannot be asked or refuses, as `sentence` says.
    void serverAway(const QString& sentence);

private:
    // What this computer has of versions' names.
    struct Kept {
        LocalStore* store = nullptr;
        PastOrder order;
    };
    HistoryPage(const DocumentUrl& document, const QString& title, Preferences& preferences, Kept kept,
                QWidget* parent);

    void play(PastLog log);
    void layOut();
    QWidget* makeBar();
    void listen();
    void ask(qint64 version);
    void take(qint64 version, const QString& text);
    void showAgain();
    void showAuthors(QList<AuthorSpan> authors);
    void showNames(const QList<NamedVersion>& names);
    QList<NamedVersion> keptNames() const;
    void showWords();
    void showWriter(int position, const QDateTime& time);
    void askForName();
    void giveName(qint64 version, const QString& label);
    void restore();
    QString sessionWords(qint64 version) const;
    // When this author wrote for the last time up to the version that is shown.
    QString lastTimeOf(const QString& author) const;

    DocumentUrl m_url;
    QString m_title;
    Preferences& m_preferences;
    LocalStore* m_store = nullptr; // has the names; null: the server has them
    PastOrder m_order;             // by which it has them
    AuthorColors m_colors;
    PastClient m_past;
    PastPlayer m_player;
    qint64 m_played = -1;    // versions up to this one come from the player
    bool m_isPlayed = false; // all that there is
    QTimer m_rest;           // the slider has come to rest
    QList<PastSession> m_sessions;
    qint64 m_newest = 0;
    QString m_newestText;
    qint64 m_shown = 0;
    QString m_shownText;
    QString m_problem;
    QPoint m_hoveredAt;
    QString m_writer; // of what was pointed at last, and when

    PastView* m_view;
    QSlider* m_slider;
    QLabel* m_scope;
    QLabel* m_words;
    QComboBox* m_names;
    QCheckBox* m_difference;
    AuthorLegend* m_legend;
    QPushButton* m_name;
    QPushButton* m_restore;
};

} // namespace tandem
