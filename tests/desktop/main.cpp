// Runs the tests with the application they need, dressed as the program is.
#include "theme/theme.h"

#include <QApplication>
#include <QStandardPaths>

#include <gtest/gtest.h>

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    tandem::theme::Theme theme(application);
    theme.choose(tandem::theme::Choice::light);
    return RUN_ALL_TESTS();
}
