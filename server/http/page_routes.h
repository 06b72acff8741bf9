// What the server shows as it is, from the program's own resources: pages, and the description of its calls.
#pragma once

#include "http/router.h"

namespace tandem {

// /ui/plain, its script, and /openapi.json.
void addPageRoutes(Router& router);

} // namespace tandem
