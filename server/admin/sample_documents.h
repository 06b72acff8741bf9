// Documents to look at and to play with, made by the command `seed`.
#pragma once

#include "base/ids.h"

#include <string>
#include <vector>

namespace tandem {

struct SampleDocument {
    DocumentId id; // always the same, so that they are made once
    std::string title;
    std::u32string text;
};

std::vector<SampleDocument> sampleDocuments();

} // namespace tandem
