# The reader of editing traces: for the command line, and for the benchmarks, which are also built without Qt.
include_guard(GLOBAL)
find_package(ZLIB REQUIRED)

add_library(tandem_traces STATIC
    "${CMAKE_CURRENT_LIST_DIR}/gzip.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/trace.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/trace_order.cpp")
target_include_directories(tandem_traces PUBLIC "${CMAKE_CURRENT_LIST_DIR}/..")
target_link_libraries(tandem_traces PUBLIC tandem_core PRIVATE ZLIB::ZLIB tandem_warnings)
