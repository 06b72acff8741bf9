// Where a share link leads to. A plain value made from the settings.
#pragma once

#include "base/ids.h"
#include "http/http_message.h"

#include <string>

namespace tandem {

class LinkAddress {
public:
    // Whether one needs the secret of a link to open a document.
    enum class Secrets { needed, notNeeded };

    // `publicUrl` is scheme://host[:port], or empty: the server as the one who asks reached it.
    LinkAddress(std::string publicUrl, Secrets secrets)
        : m_publicUrl(std::move(publicUrl)), m_secrets(secrets) {}

    // With the secret, if it is needed, in the fragment, which browsers do not send.
    std::string of(const HttpRequest& request, const DocumentId& document, const std::string& secret) const {
        const std::string server = m_publicUrl.empty() ? request.scheme + "://" + request.host : m_publicUrl;
        const std::string address = server + "/ui/?doc=" + document;
        return m_secrets == Secrets::needed ? address + "#token=" + secret : address;
    }

private:
    std::string m_publicUrl;
    Secrets m_secrets;
};

} // namespace tandem
