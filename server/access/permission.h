// The one decision about rights: which role may do what.
#pragma once

#include <optional>
#include <string_view>

namespace tandem {

enum class Role { viewer, editor, owner };

std::string_view wordFor(Role role);
std::optional<Role> roleFor(std::string_view word);

// What a call needs.
enum class Right {
    none,       // whoever reaches the server
    read,       // see a document and its past
    edit,       // change its text and its title, name its versions
    own,        // throw it away, bring it back, give out its links
    mail,       // have letters about a document sent, in the server's name
    create,     // make documents
    list,       // see which documents there are
    watch,      // see how the server does: also whoever asks from its own machine
    jobs,       // see and steer the work in the background
    administer, // see and steer the server's work
};

// The rights on one document. The others are not given by roles.
bool may(Role role, Right right);

} // namespace tandem
