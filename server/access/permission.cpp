#include "access/permission.h"

namespace tandem {

std::string_view wordFor(Role role) {
    switch (role) {
    case Role::viewer:
        return "viewer";
    case Role::editor:
        return "editor";
    case Role::owner:
        return "owner";
    }
    return "viewer";
}

bool mayEdit(Role role) {
    return role != Role::viewer;
}

} // namespace tandem
