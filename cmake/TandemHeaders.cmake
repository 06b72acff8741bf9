# Headers that nearly every file of a target reads, compiled once for it. Sources name what they use all the same:
# -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON builds without.
set(TANDEM_HEADERS_STD
    <algorithm> <array> <chrono> <cstdint> <functional> <map> <memory> <optional> <set> <span> <string> <string_view>
    <unordered_map> <utility> <variant> <vector>)
set(TANDEM_HEADERS_QT
    ${TANDEM_HEADERS_STD} <QByteArray> <QDateTime> <QDir> <QFile> <QHash> <QJsonArray> <QJsonDocument> <QJsonObject> <QList>
    <QObject> <QRegularExpression> <QString> <QTimer> <QUrl>)
set(TANDEM_HEADERS_NETWORK ${TANDEM_HEADERS_QT} <QHostAddress> <QNetworkAccessManager> <QNetworkReply> <QProcess> <QTcpSocket>)
set(TANDEM_HEADERS_WIDGETS
    ${TANDEM_HEADERS_QT} <QApplication> <QDialog> <QKeyEvent> <QLabel> <QLayout> <QLineEdit> <QMainWindow> <QMenu> <QPainter>
    <QPlainTextEdit> <QPushButton> <QTextBlock> <QTextLayout> <QToolButton> <QWidget>)

# tandem_headers(target STD|QT|NETWORK|WIDGETS [further...])
function(tandem_headers target kind)
    if(EMSCRIPTEN)
        return()
    endif()
    target_precompile_headers(${target} PRIVATE ${TANDEM_HEADERS_${kind}} ${ARGN})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # GCC forgets in precompiled headers which are the system's, and tells what it supposes of std::string's insides.
        target_compile_options(${target} PRIVATE -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
    endif()
endfunction()

# tandem_waiting_tests(target kind [further...]): a test program that waits for processes and sockets far longer than it
# computes, and is quicker compiled than optimised.
function(tandem_waiting_tests target kind)
    if(CMAKE_BUILD_TYPE STREQUAL "Release")
        target_compile_options(${target} PRIVATE -O0)
    endif()
    tandem_headers(${target} ${kind} ${ARGN})
endfunction()
