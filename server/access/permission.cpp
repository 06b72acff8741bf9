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

std::optional<Role> roleFor(std::string_view word) {
    for (const Role role : {Role::viewer, Role::editor, Role::owner}) {
        if (wordFor(role) == word)
            return role;
    }
    return std::nullopt;
}

bool may(Role role, Right right) {
    switch (right) {
    case Right::none:
    case Right::read:
        return true;
    case Right::edit:
        return role == Role::editor || role == Role::owner;
    case Right::own:
    case Right::mail:
        return role == Role::owner;
    case Right::create:
    case Right::list:
    case Right::watch:
    case Right::jobs:
    case Right::administer:
        return false;
    }
    return false;
}

} // namespace tandem
