#include "app/config.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <map>

namespace fitview::app {
namespace {

reflect::Environment variables(std::map<std::string, std::string> values) {
    return [values = std::move(values)](const std::string& name) {
        const auto found = values.find(name);
        return found == values.end() ? std::nullopt : std::optional(found->second);
    };
}

std::vector<std::string> faults_with(std::map<std::string, std::string> values) {
    std::vector<std::string> faults;
    read_config(variables(std::move(values)), faults);
    return faults;
}

TEST(Config, StartsWithNothingSet) {
    std::vector<std::string> faults;
    const Config config = read_config(variables({}), faults);
    EXPECT_TRUE(faults.empty());
    EXPECT_EQ(config.server.port.get(), 8000);
    EXPECT_EQ(config.storage.store, StoreKind::sqlite);
    EXPECT_EQ(config.storage.cache, CacheKind::memory);
    EXPECT_EQ(config.identity.access_token_expire_minutes.get(), 30);
}

TEST(Config, ProductionRefusesMissingShortAndWellKnownSecrets) {
    EXPECT_EQ(faults_with({{"ENVIRONMENT", "production"}}).size(), 1U);
    EXPECT_EQ(faults_with({{"ENVIRONMENT", "production"}, {"JWT_SECRET_KEY", "short"}}).size(), 1U);
    EXPECT_EQ(
        faults_with({{"ENVIRONMENT", "production"}, {"JWT_SECRET_KEY", "your-secret-key-your-secret-key-your-secret"}})
            .size(),
        1U);
    EXPECT_EQ(faults_with({{"ENVIRONMENT", "production"}, {"JWT_SECRET_KEY", std::string(40, 'a')}}).size(), 1U);
    EXPECT_TRUE(faults_with({{"ENVIRONMENT", "production"}, {"JWT_SECRET_KEY", "kX2v9QmT7bR4nW8sL1pZ6yC3dF5gH0jA-rT"}})
                    .empty());
}

TEST(Config, AnEmptyListOfTrustedProxiesMeansNobody) {
    std::vector<std::string> faults;
    const auto proxies = [&](std::map<std::string, std::string> values) {
        const Config config = read_config(variables(std::move(values)), faults);
        return pipeline_settings(config.server, faults).trusted_proxies.size();
    };
    EXPECT_EQ(proxies({}), 2U);
    EXPECT_EQ(proxies({{"TRUSTED_PROXIES", ""}}), 0U);
    EXPECT_EQ(proxies({{"TRUSTED_PROXIES", " "}}), 0U);
    EXPECT_EQ(proxies({{"TRUSTED_PROXIES", "10.0.0.0/8"}}), 1U);
    EXPECT_TRUE(faults.empty());
}

TEST(Config, NamesEveryFaultAtOnceAndNoValue) {
    const auto faults =
        faults_with({{"PORT", "http"}, {"STORE", "postgres"}, {"BCRYPT_COST", "40"}, {"JWT_ALGORITHM", "none"}});
    EXPECT_EQ(faults,
              (std::vector<std::string>{"PORT must be a whole number", "BCRYPT_COST must be at most 16",
                                        "STORE must be one of: auto, sqlite, mongodb", "JWT_ALGORITHM must be HS256"}));
}

TEST(Config, MongodbIsTakenWhenItsAddressIsThere) {
    const std::string secret = "0123456789abcdef0123456789ABCDEF";
    const auto with = [&](std::map<std::string, std::string> variables) {
        variables.emplace("JWT_SECRET_KEY", secret);
        variables.emplace("REDIS_URL", "redis://cache");
        return faults_with(variables);
    };
    EXPECT_TRUE(with({{"MONGODB_URL", "mongodb://db"}}).empty());
    EXPECT_TRUE(with({{"STORE", "mongodb"}}).empty()) << "on this machine";
    const auto wrong = with({{"MONGODB_URL", "mongodb://priya:%zzgeheim@db"}, {"MONGODB_DB_NAME", "a.b"}});
    ASSERT_EQ(wrong.size(), 2U);
    EXPECT_EQ(wrong[0].find("geheim"), std::string::npos);
    EXPECT_EQ(wrong[1].find("MONGODB_DB_NAME"), 0U);
    ASSERT_EQ(faults_with({{"STORE", "mongodb"}, {"REDIS_URL", "redis://cache"}}).size(), 1U)
        << "a secret of one machine's own is no use to the others";
    EXPECT_TRUE(faults_with({{"MONGODB_URL", "mongodb://db"}, {"STORE", "sqlite"}}).empty());
}

TEST(Config, DocumentsThatNodesShareNeedAQueueThatTheyShare) {
    const std::string secret = "0123456789abcdef0123456789ABCDEF";
    for (const char* redis : {"", "redis://cache"}) {
        const auto faults = faults_with(
            {{"MONGODB_URL", "mongodb://db"}, {"QUEUE", "sqlite"}, {"REDIS_URL", redis}, {"JWT_SECRET_KEY", secret}});
        ASSERT_EQ(faults.size(), 1U);
        EXPECT_NE(faults[0].find("REDIS_URL"), std::string::npos);
    }
}

TEST(Config, RedisIsTakenWhereItsAddressIsGivenAndNotOtherwise) {
    std::vector<std::string> faults;
    const Config config = read_config(variables({{"REDIS_URL", "redis://cache:6380/1"}}), faults);
    EXPECT_TRUE(faults.empty());
    EXPECT_EQ(config.storage.cache, CacheKind::redis);
    EXPECT_EQ(config.storage.queue, QueueKind::redis);
    const Config mixed = read_config(variables({{"REDIS_URL", "redis://cache"}, {"QUEUE", "sqlite"}}), faults);
    EXPECT_EQ(mixed.storage.queue, QueueKind::sqlite);
    EXPECT_TRUE(uses_redis(mixed.storage));
    EXPECT_FALSE(uses_redis(read_config(variables({}), faults).storage));
}

TEST(Config, AnAddressOfRedisThatIsNoneIsAFaultOnlyWhereItIsUsed) {
    EXPECT_EQ(faults_with({{"REDIS_URL", "http://user:secret@cache"}}),
              std::vector<std::string>{"REDIS_URL must begin with redis:// or rediss://"});
    EXPECT_TRUE(faults_with({{"REDIS_URL", "http://cache"}, {"CACHE", "memory"}, {"QUEUE", "sqlite"}}).empty());
}

TEST(Config, TheLocalSecretIsMadeOnceAndPrivate) {
    const auto folder = std::filesystem::temp_directory_path() / ("fitview-config-" + std::to_string(getpid()));
    bool made = false;
    const Secret first = local_jwt_secret(folder.string(), made);
    EXPECT_TRUE(made);
    EXPECT_GE(first.size(), 32U);
    struct stat status {};
    ASSERT_EQ(stat((folder / "jwt_secret").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    EXPECT_EQ(local_jwt_secret(folder.string(), made).reveal(), first.reveal());
    EXPECT_FALSE(made);
    std::filesystem::remove_all(folder);
}

TEST(Config, EverySettingIsExplained) {
    for (const auto& line : {settings_reference()}) EXPECT_EQ(line.find("|  |\n"), std::string::npos) << line;
}

}  // namespace
}  // namespace fitview::app
