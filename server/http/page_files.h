// The browser client as it is built into the program: its pages and the files they ask for, read once.
// Without it, where the tools to build it were missing, it is empty.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace tandem {

class PageFiles {
public:
    struct File {
        std::string_view type; // as in Content-Type
        std::string body;
        std::string packed; // by gzip; empty: it would not be smaller
    };

    PageFiles();

    // By the address below /ui/, e.g. "assets/main-1A2B.js"; nullptr: there is none.
    const File* find(std::string_view name) const;

private:
    std::map<std::string, File, std::less<>> m_files;
};

} // namespace tandem
