// Pages are drawn as the server does it: without a screen.
#include "process/application.h"

#include <gtest/gtest.h>

int main(int argc, char** argv) {
    const auto application = tandem::makeApplication(true);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
