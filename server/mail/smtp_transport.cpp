#include "mail/smtp_transport.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>

namespace tandem {

namespace {

struct Upload {
    std::string_view rest;
    const std::function<bool()>& shouldStop;
};

std::size_t readSome(char* into, std::size_t size, std::size_t count, void* upload) {
    std::string_view& rest = static_cast<Upload*>(upload)->rest;
    const std::size_t taken = std::min(size * count, rest.size());
    std::memcpy(into, rest.data(), taken);
    rest.remove_prefix(taken);
    return taken;
}

int stopIfAsked(void* upload, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<Upload*>(upload)->shouldStop() ? 1 : 0;
}

long tlsUse(SmtpTls tls) {
    switch (tls) {
    case SmtpTls::fromTheStart:
    case SmtpTls::required:
        return CURLUSESSL_ALL;
    case SmtpTls::ifOffered:
        return CURLUSESSL_TRY;
    case SmtpTls::never:
        return CURLUSESSL_NONE;
    }
    return CURLUSESSL_ALL;
}

std::string addressOf(const SmtpServer& server) {
    const bool isIpv6 = server.host.find(':') != std::string::npos;
    return std::string(server.tls == SmtpTls::fromTheStart ? "smtps://" : "smtp://") +
           (isIpv6 ? "[" + server.host + "]" : server.host) + ":" + std::to_string(server.port);
}

// What the server said is left out: it may repeat addresses or more.
std::optional<MailRefusal> outcomeOf(CURLcode code, long answer) {
    if (code == CURLE_OK)
        return std::nullopt;
    const bool isForGood = answer >= 500 && answer < 600;
    std::string why = "the mail server ";
    if (code == CURLE_LOGIN_DENIED)
        why += "does not take the user and password";
    else if (answer >= 400 && answer < 600)
        why += "refused the letter";
    else
        why += "could not be used: " + std::string(curl_easy_strerror(code));
    if (answer >= 400 && answer < 600)
        why += " (SMTP " + std::to_string(answer) + ")";
    return MailRefusal{why, isForGood};
}

} // namespace

SmtpTransport::SmtpTransport(SmtpServer server, SmtpPatience patience)
    : m_server(std::move(server)), m_patience(patience) {
    static const CURLcode begun = curl_global_init(CURL_GLOBAL_DEFAULT); // once in a process
    static_cast<void>(begun);
}

std::optional<MailRefusal> SmtpTransport::send(const Mail& mail, const std::function<bool()>& shouldStop) {
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), &curl_easy_cleanup);
    const std::string from = "<" + mail.from + ">";
    const std::string to = "<" + mail.to + ">";
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> recipients(
        curl_slist_append(nullptr, to.c_str()), &curl_slist_free_all);
    if (!curl || !recipients)
        return MailRefusal{"the letter could not be prepared"};
    const std::string bytes = encodeMail(mail);
    Upload upload{bytes, shouldStop};
    const auto set = [&curl](CURLoption option, auto value) { curl_easy_setopt(curl.get(), option, value); };
    set(CURLOPT_URL, addressOf(m_server).c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_PROXY, ""); // whatever the environment says
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, m_patience.connectMs);
    set(CURLOPT_TIMEOUT_MS, m_patience.totalMs);
    set(CURLOPT_SERVER_RESPONSE_TIMEOUT, std::max(m_patience.totalMs / 1'000, 1L));
    set(CURLOPT_USE_SSL, tlsUse(m_server.tls));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!m_server.authorities.empty())
        set(CURLOPT_CAINFO, m_server.authorities.c_str());
    if (!m_server.user.empty()) {
        set(CURLOPT_USERNAME, m_server.user.c_str());
        set(CURLOPT_PASSWORD, m_server.password.c_str());
    }
    set(CURLOPT_MAIL_FROM, from.c_str());
    set(CURLOPT_MAIL_RCPT, recipients.get());
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_READFUNCTION, &readSome);
    set(CURLOPT_READDATA, &upload);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &stopIfAsked);
    set(CURLOPT_XFERINFODATA, &upload);
    const CURLcode code = curl_easy_perform(curl.get());
    long answer = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &answer);
    return outcomeOf(code, answer);
}

} // namespace tandem
