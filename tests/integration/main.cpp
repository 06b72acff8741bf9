// The integration tests' program: real processes and sockets, driven by one event loop. With
// TANDEM_TEST_DATABASE=mariadb in the environment each server has a database of a real MariaDB instead of a
// file.
#include "databases/mariadb_process.h"
#include "integration/server_process.h"

#include <QCoreApplication>

#include <gtest/gtest.h>

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    QCoreApplication application(argc, argv);
    if (qEnvironmentVariable("TANDEM_TEST_DATABASE") == QLatin1String("mariadb"))
        tandem::ServerProcess::setPresets([] {
            using tandem::MariadbProcess;
            return QStringList{"--database-url",
                               MariadbProcess::urlOf(MariadbProcess::shared().makeDatabase())};
        });
    return RUN_ALL_TESTS();
}
