// Brings to their servers what was typed into documents that are not open now: edits of an earlier run, or of
// a tab that was closed offline. One document after the other, again and again while something is left. Owned
// by the WindowSet; borrows store and preferences; lives on the event-loop thread.
#pragma once

#include "qt/document_url.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <functional>
#include <memory>

namespace tandem {

class LocalStore;
class Preferences;

class OutboxCourier final : public QObject {
    Q_OBJECT
public:
    using Use = std::function<void(const DocumentUrl&)>;
    // `isOpen`: someone else has the document, or will have it before its server is there. `complete` calls
    // with the document and its secret, later or at once.
    OutboxCourier(LocalStore& store, Preferences& preferences, std::function<bool(const DocumentUrl&)> isOpen,
                  std::function<void(const DocumentUrl&, Use)> complete, QObject* parent = nullptr);
    ~OutboxCourier() override;

    // Looks for something to bring, soon.
    void wake();
    // Someone opens this document: before its store is asked for it.
    void letGo(const DocumentUrl& document);

signals:
    void brought(const tandem::DocumentUrl& document);

private:
    struct Errand;

    void next();
    void begin(const DocumentUrl& document);
    void look();
    void end();

    LocalStore& m_store;
    Preferences& m_preferences;
    std::function<bool(const DocumentUrl&)> m_isOpen;
    std::function<void(const DocumentUrl&, Use)> m_complete;
    std::unique_ptr<Errand> m_errand; // the one under way
    QString m_asked;                  // whose secret was asked for
    QSet<QString> m_tried;            // in this round
    QSet<QString> m_refused;          // by their servers: for whoever opens them
    QTimer m_patience;
    QTimer m_pause;
};

} // namespace tandem
