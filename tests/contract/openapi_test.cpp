// The description of the REST calls against the routes that the server really has.
#include "base/random.h"
#include "bus/local_bus.h"
#include "http/all_routes.h"
#include "storage/sql/sql_storage.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace tandem {

namespace {

using Json = nlohmann::json;

class NoSockets final : public GrantListener {
public:
    void linkChanged(const DocumentId&, std::optional<LinkNumber>) override {}
};

class OpenApi : public testing::Test {
protected:
    void SetUp() override {
        auto opened = SqlStorage::open(
            SqliteFile{m_folder.filePath(QStringLiteral("tandem.db")).toStdString()}, m_clock);
        ASSERT_TRUE(opened) << opened.error().detail;
        m_storage = std::move(*opened);
        m_rooms.emplace(m_storage->documents(), m_storage->log(), m_bus, m_clock);
        m_gate.emplace(AccessPolicy{}, m_storage->links(), m_clock);
        m_readiness = std::make_unique<Readiness>(Readiness{m_storage->documents(), m_bus});
        m_routes.emplace(RouteSurroundings{*m_readiness,
                                           m_measures,
                                           m_storage->documents(),
                                           m_storage->catalog(),
                                           m_storage->past(),
                                           m_storage->log(),
                                           m_storage->links(),
                                           m_storage->audit(),
                                           *m_rooms,
                                           *m_gate,
                                           m_sockets,
                                           m_clock,
                                           m_random,
                                           m_log,
                                           {m_storage->jobs(), m_jobTypes, [] {}},
                                           {}});
        m_routes->addTo(m_router);
        HttpRequest request;
        request.method = "GET";
        request.path = "/openapi.json";
        m_router.route(request, [this](const HttpResponse& response) {
            EXPECT_EQ(response.status, 200);
            m_description = Json::parse(response.body, nullptr, false);
        });
        ASSERT_TRUE(m_description.is_object());
    }
    // Calls `visit(path, method, operation)`.
    template <typename Visit>
    void forEachCall(Visit&& visit) const {
        for (const auto& [path, item] : m_description["paths"].items()) {
            for (const auto& [method, operation] : item.items()) {
                if (method != "parameters")
                    visit(path, method, item, operation);
            }
        }
    }
    // Every {"$ref": ...} below a value.
    static void gatherReferences(const Json& json, std::set<std::string>& references) {
        if (json.is_object() && json.contains("$ref"))
            references.insert(json["$ref"].get<std::string>());
        if (json.is_structured()) {
            for (const auto& part : json)
                gatherReferences(part, references);
        }
    }

    QTemporaryDir m_folder;
    SystemClock m_clock;
    SystemRandom m_random;
    Log m_log{LogLevel::error, LogFormat::text, m_clock};
    LocalBus m_bus;
    std::unique_ptr<SqlStorage> m_storage;
    std::optional<RoomDirectory> m_rooms;
    std::optional<Gate> m_gate;
    NoSockets m_sockets;
    std::unique_ptr<Readiness> m_readiness;
    PrometheusMeasures m_measures{"test"};
    JobTypes m_jobTypes;
    std::optional<AllRoutes> m_routes;
    Router m_router;
    Json m_description;
};

} // namespace

TEST_F(OpenApi, TellsOfJustTheCallsThatThereAre) {
    std::set<std::string> described;
    forEachCall([&](const std::string& path, std::string method, const Json&, const Json&) {
        std::transform(method.begin(), method.end(), method.begin(),
                       [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
        described.insert(method + " " + path);
    });
    const std::vector<std::string> calls = m_router.calls();
    EXPECT_EQ(described, std::set<std::string>(calls.begin(), calls.end()));
    EXPECT_EQ(calls.size(), described.size()) << "a call was added twice";
}

TEST_F(OpenApi, NamesOnlyWhatItHasAndAllThatItHas) {
    EXPECT_EQ(m_description["openapi"], "3.1.0");
    std::set<std::string> references;
    gatherReferences(m_description, references);
    std::set<std::string> there;
    for (const auto& [kind, entries] : m_description["components"].items()) {
        if (kind == "securitySchemes") // named without a reference
            continue;
        for (const auto& [name, entry] : entries.items())
            there.insert("#/components/" + kind + "/" + name);
    }
    EXPECT_EQ(references, there);
}

TEST_F(OpenApi, EachCallHasANameOfItsOwnAndEveryPartOfItsPath) {
    std::set<std::string> names;
    forEachCall(
        [&](const std::string& path, const std::string& method, const Json& item, const Json& operation) {
            SCOPED_TRACE(method + " " + path);
            EXPECT_TRUE(names.insert(operation["operationId"].get<std::string>()).second);
            EXPECT_TRUE(operation.contains("summary"));
            EXPECT_FALSE(operation["responses"].empty());
            std::set<std::string> parts;
            for (std::size_t at = path.find('{'); at != std::string::npos; at = path.find('{', at + 1))
                parts.insert(path.substr(at + 1, path.find('}', at) - at - 1));
            std::set<std::string> given;
            for (const auto& parameter : item.value("parameters", Json::array())) {
                const Json& resolved =
                    parameter.contains("$ref")
                        ? m_description.at(Json::json_pointer(parameter["$ref"].get<std::string>().substr(1)))
                        : parameter;
                EXPECT_EQ(resolved["in"], "path");
                given.insert(resolved["name"].get<std::string>());
            }
            EXPECT_EQ(given, parts);
            const bool changes = method == "post" || method == "put" || method == "patch";
            EXPECT_EQ(operation.contains("requestBody"), changes && !path.ends_with("/restore") && !path.starts_with("/v1/jobs/"));
        });
}

} // namespace tandem
