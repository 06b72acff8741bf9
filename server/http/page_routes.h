// What the server shows as it is, from the program's own resources: pages, and the description of its calls.
#pragma once

#include "http/router.h"

namespace tandem {

// The browser client below /ui/, /ui/plain, /docs, and /openapi.json.
void addPageRoutes(Router& router);

} // namespace tandem
