#include "mail/mail_message.h"

#include "base/utf8.h"
#include "mail/mail_address.h"
#include "protocol/display_text.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

namespace tandem {

namespace {

constexpr std::string_view endOfLine = "\r\n";
constexpr std::size_t longestLine = 76;

std::string hex(unsigned char byte) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    return {'=', digits[byte >> 4], digits[byte & 0xF]};
}

// RFC 2047: "=?UTF-8?Q?...?=", folded between code points. All of it is encoded, so that nothing of it can be
// read as something else.
std::string encodedHeader(std::string_view name, const std::u32string& text) {
    constexpr std::string_view open = "=?UTF-8?Q?";
    constexpr std::string_view close = "?=";
    std::string header(name);
    header += ": ";
    std::string word(open);
    std::size_t column = header.size();
    for (const char32_t point : text) {
        std::string piece;
        for (const char c : toUtf8(std::u32string(1, point))) {
            const bool isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            piece += isPlain ? std::string(1, c) : c == ' ' ? "_" : hex(static_cast<unsigned char>(c));
        }
        if (column + word.size() + piece.size() + close.size() > longestLine) {
            header += word + std::string(close) + std::string(endOfLine) + " ";
            word = open;
            column = 1;
        }
        word += piece;
    }
    return header + word + std::string(close);
}

// Whether a line of the text ends after byte `i`; and how many bytes that takes.
std::size_t lineBreakAt(std::string_view text, std::size_t i) {
    if (text[i] == '\n')
        return 1;
    if (text[i] != '\r')
        return 0;
    return i + 1 < text.size() && text[i + 1] == '\n' ? 2 : 1;
}

// Quoted-printable, RFC 2045.
std::string quotedPrintable(std::string_view text) {
    std::string out;
    std::string line;
    const auto end = [&](bool isSoft) {
        out += line;
        out += isSoft ? "=" : "";
        out += endOfLine;
        line.clear();
    };
    for (std::size_t i = 0; i < text.size();) {
        if (const std::size_t taken = lineBreakAt(text, i)) {
            end(false);
            i += taken;
            continue;
        }
        const char c = text[i++];
        const bool isLast = i == text.size() || lineBreakAt(text, i) > 0;
        const bool isPlain = (c > ' ' && c <= '~' && c != '=') || ((c == ' ' || c == '\t') && !isLast);
        // Old programs take such lines for the beginning of another letter, or for the end of this one.
        const bool isRisky = line.empty() && (c == '.' || c == 'F');
        const std::string piece =
            isPlain && !isRisky ? std::string(1, c) : hex(static_cast<unsigned char>(c));
        if (line.size() + piece.size() >= longestLine)
            end(true);
        line += piece;
    }
    if (!line.empty())
        end(false);
    return out;
}

// "Sun, 22 Nov 2026 21:39:26 +0000"
std::string dateOf(std::int64_t wallMs) {
    using namespace std::chrono;
    const sys_time<milliseconds> point{milliseconds(wallMs)};
    const auto day = floor<days>(point);
    const year_month_day date(day);
    const hh_mm_ss<seconds> time(floor<seconds>(point - day));
    constexpr std::array<const char*, 7> weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    char text[64];
    std::snprintf(text, sizeof text, "%s, %02u %s %04d %02d:%02d:%02d +0000",
                  weekdays[weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
                  months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return text;
}

std::u32string shownSubject(const std::string& subject) {
    const auto points = fromUtf8(subject);
    return points ? withoutControls(*points) : std::u32string();
}

} // namespace

std::string messageId(const Mail& mail) {
    return "<" + mail.id + "@" + std::string(domainOf(mail.from)) + ">";
}

std::string encodeMail(const Mail& mail) {
    std::string out;
    const auto line = [&out](const std::string& text) {
        out += text;
        out += endOfLine;
    };
    line("From: " + mail.from);
    line("To: " + mail.to);
    line(encodedHeader("Subject", shownSubject(mail.subject)));
    line("Date: " + dateOf(mail.dateMs));
    line("Message-ID: " + messageId(mail));
    line("MIME-Version: 1.0");
    line("Content-Type: text/plain; charset=utf-8");
    line("Content-Transfer-Encoding: quoted-printable");
    line("Auto-Submitted: auto-generated");
    line("");
    return out + quotedPrintable(mail.text);
}

} // namespace tandem
