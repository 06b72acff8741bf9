# Files and paper.
find_package(Qt6 6.4 REQUIRED COMPONENTS PrintSupport)
find_package(ZLIB REQUIRED)
target_sources(tandem_desktop PRIVATE
    exchange/document_file.cpp
    exchange/exporting.cpp
    exchange/imported_file.cpp
    exchange/importing.cpp
    exchange/odt_text.cpp
    exchange/paper.cpp
    exchange/zip_entry.cpp)
target_link_libraries(tandem_desktop PRIVATE tandem_export tandem_import Qt6::PrintSupport ZLIB::ZLIB)
