# What is in editor/, and the libraries that only it needs.
find_package(PkgConfig REQUIRED)
pkg_check_modules(PCRE2 REQUIRED IMPORTED_TARGET libpcre2-16)

target_sources(tandem_desktop PRIVATE
    editor/find/find_bar.cpp
    editor/find/search_pattern.cpp
    editor/find/text_search.cpp
    editor/highlight/code_scanner.cpp
    editor/highlight/highlighter.cpp
    editor/highlight/language.cpp
    editor/highlight/markdown_scanner.cpp
    editor/highlight/markup_scanner.cpp
    editor/text/idle_work.cpp
    editor/text/pending_ranges.cpp
    editor/typing/bracket_match.cpp
    editor/typing/go_to_line.cpp
    editor/typing/line_commands.cpp
    theme/token_colors.cpp)
target_link_libraries(tandem_desktop PRIVATE PkgConfig::PCRE2)

file(GLOB languages CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/resources/languages/*.json")
qt_add_resources(tandem_desktop languages PREFIX /languages BASE "${PROJECT_SOURCE_DIR}/resources/languages"
    FILES ${languages})
