// Runs the tests on a message bus of their own.
#include "own_bus.h"

#include <QApplication>

#include <gtest/gtest.h>

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    tandem::OwnBus bus;
    if (!bus.start())
        return 1;
    // Of the keychains that there are, the one whose service a test can stand for.
    qputenv("XDG_CURRENT_DESKTOP", "KDE");
    qputenv("KDE_SESSION_VERSION", "5");
    const QApplication application(argc, argv);
    return RUN_ALL_TESTS();
}
