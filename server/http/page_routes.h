// The pages that the server shows in browsers, from the program's own resources.
#pragma once

#include "http/router.h"

namespace tandem {

// /ui/plain and its script.
void addPageRoutes(Router& router);

} // namespace tandem
