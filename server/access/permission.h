// The one decision about rights: what a role may do.
#pragma once

#include <string_view>

namespace tandem {

enum class Role { viewer, editor, owner };

std::string_view wordFor(Role role);
bool mayEdit(Role role);

} // namespace tandem
