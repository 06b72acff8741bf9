// Who wrote a document, as far as this computer or its server knows: the latter is asked when someone wants
// to see a name that is not known here. Owned by the page, and goes behind what shows the names; lives on the
// event-loop thread; the document and the preferences must outlive it.
#pragma once

#include "connection/rest_client.h"
#include "editor/together/author_tints.h"

#include <QTimer>

#include <map>

namespace tandem {

class Preferences;

class KnownAuthors final : public QObject, public AuthorNames {
    Q_OBJECT
public:
    // A server is asked at most once in this time.
    static constexpr int askAgainMs = 5'000;

    KnownAuthors(const OpenDocument& document, const Preferences& preferences, QObject* parent = nullptr);

    // Where the document is; it may be on this computer only.
    void setPlace(const DocumentUrl& place) { m_place = place; }

    // Those whose names are kept on this computer; a server may know better.
    void setKept(const std::map<ReplicaId, std::string>& names);

    // A person who is here has their colour; others have one that follows from their name.
    std::optional<Author> authorOf(ReplicaId replica) const override;
    // Those that are known.
    std::map<ReplicaId, std::string> names() const;

signals:
    void changed();

private:
    void askIfWanted();
    void take(const RestAnswer& answer);
    int colorOf(const QString& name) const;
    Author me() const;

    const OpenDocument& m_document;
    const Preferences& m_preferences;
    DocumentUrl m_place;
    RestClient m_rest;
    QTimer* m_pause;                      // before the next question
    mutable bool m_wanted = false;        // someone looks for a name that is not known
    std::map<ReplicaId, QString> m_names; // empty: the server knows none
};

} // namespace tandem
