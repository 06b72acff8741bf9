#include "sharing/sharing.h"

#include "documents/document_page.h"
#include "offline/document_place.h"
#include "sharing/share_dialog.h"

namespace tandem {

Sharing::Sharing(DocumentPage& page) : QObject(&page), m_page(page) {
    QAction* action = makeAction(this, tr("&Share…"), {Qt::CTRL | Qt::ALT | Qt::Key_S}, [this] { share(); });
    setIconName(action, QStringLiteral("share"));
    m_commands.append({QStringLiteral("document.share"), Section::peopleShare, action,
                       Command::Needs::nothing, Command::ToolBar::yes});
}

void Sharing::share() {
    if (isLocalOnly(m_page.url()) || m_page.hosting() == DocumentPage::Hosting::ended)
        return emit m_page.shareRequested(); // others reach it nowhere
    m_links.setDocument(m_page.url(), m_page.urlForOthers().server);
    auto* dialog = new ShareDialog(m_links, m_page.title(), &m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace tandem
