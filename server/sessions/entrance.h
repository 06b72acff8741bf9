// How a session gets into its document: it shows what its client showed, and is let in or not. Owned by the
// door that accepted the connection; lives on the event loop.
#pragma once

#include "access/permission.h"
#include "base/result.h"

#include <string>

namespace tandem {

class DocumentRoom;

struct Admission {
    DocumentRoom* room = nullptr; // loaded; outlives the session
    Role role = Role::viewer;
};

class Entrance {
public:
    virtual ~Entrance() = default;

    // Whoever comes is let in, without showing anything.
    virtual bool isOpen() const = 0;
    // Asks for the document, once; the answer is Session::admitted(), now or later. `token` may be empty.
    virtual void enter(const std::string& token) = 0;
};

} // namespace tandem
