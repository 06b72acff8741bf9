// What a document's page has for giving it out. Owned by the page, whose actions it makes.
#pragma once

#include "sharing/share_links.h"

#include "commands/command.h"

namespace tandem {

class DocumentPage;

class Sharing final : public QObject {
    Q_OBJECT
public:
    explicit Sharing(DocumentPage& page);

    QList<Command> commands() const { return m_commands; }

private:
    void share();

    DocumentPage& m_page;
    ShareLinks m_links;
    QList<Command> m_commands;
};

} // namespace tandem
