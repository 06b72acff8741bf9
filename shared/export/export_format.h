// What a document can be exported as. Pure.
#pragma once

#include "base/ids.h"

#include <optional>
#include <string>
#include <string_view>

namespace tandem {

enum class ExportFormat { text, markdown, html, pdf, odt, archive };

// By the words txt, md, html, pdf, odt and archive.
std::optional<ExportFormat> exportFormatFrom(std::string_view word);
// All words, for a sentence.
std::string exportFormatWords();

std::string contentTypeOf(ExportFormat format);
// From what of the title is safe in a header and on any disk: ASCII letters and digits, with hyphens between.
std::string exportName(std::string_view title, Seq version, ExportFormat format);

} // namespace tandem
