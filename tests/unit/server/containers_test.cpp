// .env.example, docker-compose.yml and server/Dockerfile against the settings that there are.
#include "config/config.h"

#include <QFile>
#include <QRegularExpression>

#include <gtest/gtest.h>

#include <set>

namespace tandem {

namespace {

std::string fileOf(const char* name) {
    QFile file(QStringLiteral(TANDEM_SOURCE "/") + QString::fromLatin1(name));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << name;
    return file.readAll().toStdString();
}

// What the first group of `pattern` matches in the file, each once.
std::set<std::string> namesIn(const char* file, const char* pattern) {
    std::set<std::string> names;
    auto found = QRegularExpression(QString::fromLatin1(pattern), QRegularExpression::MultilineOption)
                     .globalMatch(QString::fromStdString(fileOf(file)));
    while (found.hasNext())
        names.insert(found.next().captured(1).toStdString());
    return names;
}

// What docker-compose.yml takes from .env.
std::set<std::string> askedByCompose() {
    return namesIn("docker-compose.yml", R"((?<!\$)\$\{([A-Z_]+))");
}

} // namespace

TEST(ContainersTest, TheExampleOfAnEnvFileShowsEverySettingWithItsDefault) {
    const auto example = parseEnvFile(fileOf(".env.example"));
    ASSERT_TRUE(example) << example.error().detail;
    const std::string help = helpText();
    for (const std::string& name : settingNames()) {
        const auto shown = example->find(name);
        ASSERT_NE(shown, example->end()) << name;
        const std::string flag = "  " + flagFor(name) + " ";
        const std::size_t row = help.find(flag);
        ASSERT_NE(row, std::string::npos) << name;
        const std::string line = help.substr(row, help.find('\n', row) - row);
        if (shown->second.empty())
            EXPECT_FALSE(line.ends_with(")")) << line;
        else
            EXPECT_TRUE(line.ends_with(" (" + shown->second + ")")) << line;
    }
}

TEST(ContainersTest, TheExampleOfAnEnvFileShowsWhatComposeAsksForAndNothingThatNobodyReads) {
    const auto example = parseEnvFile(fileOf(".env.example"));
    ASSERT_TRUE(example) << example.error().detail;
    const std::set<std::string> asked = askedByCompose();
    ASSERT_TRUE(asked.contains("MARIADB_PASSWORD"));
    for (const std::string& name : asked)
        EXPECT_TRUE(example->contains(name)) << name;
    const auto settings = settingNames();
    for (const auto& [name, value] : *example)
        EXPECT_TRUE(asked.contains(name) ||
                    std::find(settings.begin(), settings.end(), name) != settings.end())
            << name;
}

TEST(ContainersTest, ComposeAndTheImageSetOnlySettingsThatThereAre) {
    const auto settings = settingNames();
    std::set<std::string> known(settings.begin(), settings.end());
    const std::set<std::string> preset = namesIn("server/Dockerfile", R"((?:^ENV |\G(?<!^) )([A-Z_]+)=\S+)");
    EXPECT_TRUE(preset.contains("DATA_DIR"));
    for (const std::string& name : preset)
        EXPECT_TRUE(known.contains(name)) << name;
    // Of the other images.
    known.merge(std::set<std::string>{"MARIADB_DATABASE", "MARIADB_USER", "MARIADB_PASSWORD",
                                      "MARIADB_RANDOM_ROOT_PASSWORD", "OUTER_PROXY", "REDISCLI_AUTH"});
    const std::set<std::string> set = namesIn("docker-compose.yml", R"(^ +([A-Z_]+): )");
    EXPECT_TRUE(set.contains("DATABASE_URL"));
    for (const std::string& name : set)
        EXPECT_TRUE(known.contains(name)) << name;
}

TEST(ContainersTest, NoPasswordHasADefault) {
    for (const char* file : {"docker-compose.yml", ".env.example", "server/Dockerfile"}) {
        EXPECT_EQ(namesIn(file, R"(\$\{([A-Z_]*(?:PASSWORD|TOKEN)[A-Z_]*):?-[^}])"), std::set<std::string>())
            << file;
        EXPECT_EQ(namesIn(file, R"(^(?:ENV )?([A-Z_]*(?:PASSWORD|TOKEN)[A-Z_]*)=.)"), std::set<std::string>())
            << file;
    }
}

} // namespace tandem
