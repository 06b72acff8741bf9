// Tells screen readers what happens in a text: each own edit as it is made, and a summary of others' now and
// then
// ("Ana edited line 12"), never more often than every few seconds. Owned by the page; lives on the event-loop
// thread; what it is given must outlive it.
#pragma once

#include "base/clock.h"
#include "editor/document_binding.h"

#include <QTimer>

#include <set>

namespace tandem {

class AuthorNames;
class EditorView;

class EditAnnouncer final : public QObject {
    Q_OBJECT
public:
    static constexpr int everyMs = 5'000;

    // `names` may be null.
    EditAnnouncer(EditorView& view, const OpenDocument& document, const AuthorNames* names);

    // What was told last of others.
    const QString& summary() const { return m_summary; }
    // What there is to tell, now: for tests.
    void tell();

signals:
    void told(const QString& summary);
    // The same that screen readers are told of an own edit.
    void ownTold(int position, int removed, const QString& inserted);

private:
    void follow(const TextChanges& changes, bool remote);
    void tellOwn(const TextChange& change);
    QString nameAt(int position, int line) const;

    EditorView& m_view;
    const OpenDocument& m_document;
    const AuthorNames* m_names;
    QTimer m_timer;
    std::set<QString> m_people;
    int m_firstLine = 0;
    int m_edits = 0;
    bool m_oneLine = true;
    bool m_someone = false; // whose name is not known
    QString m_summary;
};

} // namespace tandem
