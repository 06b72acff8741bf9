#include "editor/find/search_pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 16
#include <pcre2.h>

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <vector>

namespace tandem {

namespace {
// Steps that one attempt may take: some milliseconds.
constexpr std::uint32_t mostSteps = 200'000;
constexpr std::uint32_t mostHeapKiB = 16 * 1024;
constexpr std::uint32_t mostDepth = 10'000;

QString tr(const char* text) {
    return QCoreApplication::translate("SearchPattern", text);
}

PCRE2_SPTR units(QStringView text) {
    return reinterpret_cast<PCRE2_SPTR>(text.utf16());
}

QString messageOf(int error) {
    std::array<PCRE2_UCHAR, 256> message{};
    const int length = pcre2_get_error_message(error, message.data(), message.size());
    return length > 0 ? QString::fromUtf16(reinterpret_cast<const char16_t*>(message.data()), length)
                      : QString();
}
} // namespace

struct SearchPattern::Code {
    struct Free {
        void operator()(pcre2_code* code) const { pcre2_code_free(code); }
        void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
        void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
        void operator()(pcre2_compile_context* context) const { pcre2_compile_context_free(context); }
    };

    std::unique_ptr<pcre2_code, Free> code;
    std::unique_ptr<pcre2_match_data, Free> data;
    std::unique_ptr<pcre2_match_context, Free> context;
};

SearchPattern::SearchPattern() = default;
SearchPattern::~SearchPattern() = default;
SearchPattern::SearchPattern(SearchPattern&&) noexcept = default;
SearchPattern& SearchPattern::operator=(SearchPattern&&) noexcept = default;

SearchPattern::SearchPattern(const QString& text, Options options)
    : m_options(options), m_length(text.size()) {
    if (text.isEmpty())
        return;
    std::uint32_t flags =
        PCRE2_UTF | PCRE2_UCP | PCRE2_MULTILINE | PCRE2_ALT_CIRCUMFLEX | PCRE2_USE_OFFSET_LIMIT;
    if (!options.isCaseSensitive)
        flags |= PCRE2_CASELESS;
    const QString expression = options.isRegex ? text : QRegularExpression::escape(text);
    const std::unique_ptr<pcre2_compile_context, Code::Free> compiling(pcre2_compile_context_create(nullptr));
    pcre2_set_newline(compiling.get(), PCRE2_NEWLINE_LF);
    if (options.isWholeWord)
        pcre2_set_compile_extra_options(compiling.get(), PCRE2_EXTRA_MATCH_WORD);
    int error = 0;
    PCRE2_SIZE place = 0;
    auto code = std::make_unique<Code>();
    code->code.reset(pcre2_compile(units(expression), static_cast<PCRE2_SIZE>(expression.size()), flags,
                                   &error, &place, compiling.get()));
    if (!code->code) {
        m_problem = tr("Not a regular expression: %1, at character %2.").arg(messageOf(error)).arg(place + 1);
        return;
    }
    pcre2_jit_compile(code->code.get(),
                      PCRE2_JIT_COMPLETE); // only quicker; where there is none it goes without
    code->data.reset(pcre2_match_data_create_from_pattern(code->code.get(), nullptr));
    code->context.reset(pcre2_match_context_create(nullptr));
    pcre2_set_match_limit(code->context.get(), mostSteps);
    pcre2_set_heap_limit(code->context.get(), mostHeapKiB);
    pcre2_set_depth_limit(code->context.get(), mostDepth);
    m_code = std::move(code);
}

qsizetype SearchPattern::longestMatch() const {
    return m_options.isRegex ? longestRegexMatch : 2 * m_length; // other case, other length
}

SearchPattern::Outcome SearchPattern::next(QStringView text, qsizetype from, qsizetype lastStart,
                                           Match& match, From place) const {
    if (!m_code || from > text.size() || from > lastStart)
        return Outcome::none;
    pcre2_set_offset_limit(m_code->context.get(), static_cast<PCRE2_SIZE>(lastStart));
    const std::uint32_t emptiness = place == From::endOfMatch ? PCRE2_NOTEMPTY_ATSTART : 0;
    const int found = pcre2_match(m_code->code.get(), units(text), static_cast<PCRE2_SIZE>(text.size()),
                                  static_cast<PCRE2_SIZE>(from), emptiness | PCRE2_NO_UTF_CHECK,
                                  m_code->data.get(), m_code->context.get());
    if (found == PCRE2_ERROR_NOMATCH)
        return Outcome::none;
    if (found < 0)
        return Outcome::tooMuch;
    const PCRE2_SIZE* ends = pcre2_get_ovector_pointer(m_code->data.get());
    match = {static_cast<qsizetype>(ends[0]), static_cast<qsizetype>(ends[1])};
    // \K can put the start after the end.
    return match.start <= match.end ? Outcome::found : Outcome::none;
}

std::optional<QString> SearchPattern::replacement(QStringView text, const Match& match, const QString& by,
                                                  QString* problem) const {
    if (!m_options.isRegex)
        return by;
    // A longer match at the same place counts only where an empty one does not.
    const From place = match.start == match.end ? From::anywhere : From::endOfMatch;
    Match again;
    if (next(text, match.start, match.start, again, place) != Outcome::found || again != match)
        return std::nullopt;
    std::vector<PCRE2_UCHAR> made(static_cast<std::size_t>(by.size()) + 256);
    for (;;) {
        PCRE2_SIZE length = made.size();
        const std::uint32_t flags = PCRE2_SUBSTITUTE_EXTENDED | PCRE2_SUBSTITUTE_MATCHED |
                                    PCRE2_SUBSTITUTE_REPLACEMENT_ONLY | PCRE2_SUBSTITUTE_UNSET_EMPTY |
                                    PCRE2_SUBSTITUTE_OVERFLOW_LENGTH | PCRE2_NO_UTF_CHECK;
        const int done = pcre2_substitute(
            m_code->code.get(), units(text), static_cast<PCRE2_SIZE>(text.size()),
            static_cast<PCRE2_SIZE>(match.start), flags, m_code->data.get(), m_code->context.get(), units(by),
            static_cast<PCRE2_SIZE>(by.size()), made.data(), &length);
        if (done >= 0)
            return QString::fromUtf16(reinterpret_cast<const char16_t*>(made.data()),
                                      static_cast<qsizetype>(length));
        if (done == PCRE2_ERROR_NOMEMORY && length > made.size()) {
            made.resize(length);
            continue;
        }
        if (problem)
            *problem = tr("“Replace with” cannot be read: %1.").arg(messageOf(done));
        return std::nullopt;
    }
}

} // namespace tandem
