// What keeping documents on this computer costs: from the disk to a page that shows the text ("open", and of
// it the store, without the view), a key in the document and its journal (mean of 10,000), and from the last
// key until all are on the disk. And any version of a history.
#pragma once

#include "bench/report.h"

#include <cstddef>
#include <string>

namespace tandem::bench {

Figures benchOpening(std::size_t units);

// Of a document's archive, which `tandem-server archive DOCUMENT` writes.
Figures benchVersions(const std::string& archive);

} // namespace tandem::bench
