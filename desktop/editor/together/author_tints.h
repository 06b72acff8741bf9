// Who wrote what, at will: each character on a tint of its author's colour, and their name under the mouse.
// Owned by the page; lives on the event-loop thread; the view, the document and the names must outlive it.
#pragma once

#include "client/open_document.h"
#include "editor/editor_layer.h"

#include <QObject>

#include <optional>

namespace tandem {

class EditorView;

// Who is behind the replica ids of a document; filled by whoever asks the server.
class AuthorNames {
public:
    struct Author {
        QString name;
        int color = 0; // of the palette of twelve
    };

    virtual ~AuthorNames() = default;
    // Nothing: not known, or not yet.
    virtual std::optional<Author> authorOf(ReplicaId replica) const = 0;
};

class AuthorTints final : public QObject, public EditorLayer {
    Q_OBJECT
public:
    // `names` may be null: then authors are told apart by colour only.
    AuthorTints(EditorView& view, const OpenDocument& document, const AuthorNames* names);
    ~AuthorTints() override;

    bool isOn() const { return m_isOn; }
    void setOn(bool on);

    // Parts of a range that one author wrote, in order, in UTF-16 code units; neighbours have different
    // authors.
    struct Part {
        int start = 0;
        int end = 0;
        ReplicaId author = 0;

        friend bool operator==(const Part&, const Part&) = default;
    };
    std::vector<Part> partsOf(int start, int end) const;
    int colorOf(ReplicaId author) const;
    // For people; empty when it is not known.
    QString nameAt(int position) const;

    void paintUnder(QPainter& painter) override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    EditorView& m_view;
    const OpenDocument& m_document;
    const AuthorNames* m_names;
    bool m_isOn = false;
};

} // namespace tandem
