# Share links and their QR codes.
find_package(PkgConfig REQUIRED)
pkg_check_modules(QRENCODE REQUIRED IMPORTED_TARGET libqrencode)
target_sources(tandem_desktop PRIVATE
    sharing/expiry_choice.cpp
    sharing/link_field.cpp
    sharing/qr_code.cpp
    sharing/share_dialog.cpp
    sharing/share_links.cpp
    sharing/sharing.cpp)
target_link_libraries(tandem_desktop PRIVATE PkgConfig::QRENCODE)
