#pragma once
// Every setting of the program, described once. docs/reference/settings.md is printed from here.
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <string>
#include <vector>

#include "base/number.hpp"
#include "base/secret.hpp"
#include "http/ports.hpp"
#include "reflect/environment.hpp"

namespace fitview::app {

enum class Environment { development, test, production };
BOOST_DESCRIBE_ENUM(Environment, development, test, production)

/// `automatic` is written `auto`: the distributed back end when its address stands in the environment, else the
/// embedded one.
enum class StoreKind { automatic, sqlite, mongodb };
enum class CacheKind { automatic, memory, redis };
enum class ObjectsKind { automatic, files, s3 };
enum class QueueKind { automatic, sqlite, redis };
enum class LogLevel { debug, info, warn, error };
BOOST_DESCRIBE_ENUM(StoreKind, automatic, sqlite, mongodb)
BOOST_DESCRIBE_ENUM(CacheKind, automatic, memory, redis)
BOOST_DESCRIBE_ENUM(ObjectsKind, automatic, files, s3)
BOOST_DESCRIBE_ENUM(QueueKind, automatic, sqlite, redis)
BOOST_DESCRIBE_ENUM(LogLevel, debug, info, warn, error)

template <std::int64_t Min, std::int64_t Max>
Integer<Min, Max> whole(std::int64_t value) {
    return *Integer<Min, Max>::check(value);
}

/// `5/minute` style limits are read by http::RateLimits.
struct ServerSettings {
    std::string host = "127.0.0.1";
    Integer<0, 65535> port = whole<0, 65535>(8000);
    Environment environment = Environment::development;
    bool debug = false;
    std::string app_name = "FitView AI";
    std::string api_v1_prefix = "/api/v1";
    std::string base_url = "http://localhost:8000";
    std::string allowed_origins = "http://localhost:3000";
    std::string trusted_proxies = "127.0.0.0/8,::1/128";
    std::optional<Secret> metrics_token;
    LogLevel log_level = LogLevel::info;
    std::string rate_limit_login = "5/minute";
    std::string rate_limit_tryon = "10/minute";
    std::string rate_limit_default = "100/minute";
    Integer<1, 64> io_threads = whole<1, 64>(2);
    Integer<1, 256> store_threads = whole<1, 256>(8);
    Integer<1, 64> engine_threads = whole<1, 64>(2);
    std::optional<Integer<0, 64>> workers;
    Integer<1, 64> decode_processes = whole<1, 64>(2);
    Integer<16, 65536> max_connections = whole<16, 65536>(4096);
    Integer<1, 600> shutdown_seconds = whole<1, 600>(30);
};
BOOST_DESCRIBE_STRUCT(ServerSettings, (),
                      (host, port, environment, debug, app_name, api_v1_prefix, base_url, allowed_origins,
                       trusted_proxies, metrics_token, log_level, rate_limit_login, rate_limit_tryon,
                       rate_limit_default, io_threads, store_threads, engine_threads, workers, decode_processes,
                       max_connections, shutdown_seconds))

struct IdentitySettings {
    Secret jwt_secret_key;
    std::optional<Secret> jwt_previous_keys;
    std::string jwt_algorithm = "HS256";
    Integer<1, 1440> access_token_expire_minutes = whole<1, 1440>(30);
    Integer<1, 90> refresh_token_expire_days = whole<1, 90>(7);
    Integer<4, 16> bcrypt_cost = whole<4, 16>(12);
};
BOOST_DESCRIBE_STRUCT(IdentitySettings, (),
                      (jwt_secret_key, jwt_previous_keys, jwt_algorithm, access_token_expire_minutes,
                       refresh_token_expire_days, bcrypt_cost))

struct StorageSettings {
    StoreKind store = StoreKind::automatic;
    CacheKind cache = CacheKind::automatic;
    ObjectsKind objects = ObjectsKind::automatic;
    QueueKind queue = QueueKind::automatic;
    std::string data_dir = "data";
    std::string upload_dir = "uploads";
    Integer<1, 65536> cache_megabytes = whole<1, 65536>(64);
    Secret mongodb_url{"mongodb://localhost:27017"};
    std::string mongodb_db_name = "fitview_dev";
    Secret redis_url{"redis://localhost:6379"};
};
BOOST_DESCRIBE_STRUCT(StorageSettings, (),
                      (store, cache, objects, queue, data_dir, upload_dir, cache_megabytes, mongodb_url,
                       mongodb_db_name, redis_url))

struct AwsSettings {
    std::string aws_region = "ap-south-1";
    std::optional<Secret> aws_access_key_id;
    std::optional<Secret> aws_secret_access_key;
    std::optional<Secret> aws_session_token;
    std::optional<std::string> aws_container_credentials_relative_uri;
    std::optional<std::string> aws_container_credentials_full_uri;
    std::optional<Secret> aws_container_authorization_token;
    std::optional<std::string> aws_container_authorization_token_file;
    bool aws_ec2_metadata_disabled = false;
    std::string aws_ec2_metadata_service_endpoint = "http://169.254.169.254";
    std::optional<std::string> aws_s3_bucket;
    std::optional<std::string> aws_s3_endpoint;
    bool aws_s3_path_style = false;
    std::optional<std::string> cloudfront_url;
};
BOOST_DESCRIBE_STRUCT(AwsSettings, (),
                      (aws_region, aws_access_key_id, aws_secret_access_key, aws_session_token,
                       aws_container_credentials_relative_uri, aws_container_credentials_full_uri,
                       aws_container_authorization_token, aws_container_authorization_token_file,
                       aws_ec2_metadata_disabled, aws_ec2_metadata_service_endpoint, aws_s3_bucket, aws_s3_endpoint,
                       aws_s3_path_style, cloudfront_url))

/// The guide's model ids have been shut down by their providers; these are the successors their pages name.
struct AiSettings {
    std::optional<Secret> gemini_api_key;
    std::string gemini_model = "gemini-3.5-flash";
    std::string gemini_image_model = "gemini-3.1-flash-image";
    std::string bedrock_region = "us-east-1";
    std::string bedrock_model_id = "us.anthropic.claude-sonnet-4-6";
    std::string bedrock_chat_model_id = "us.anthropic.claude-haiku-4-5-20251001-v1:0";
    bool use_bedrock = false;
};
BOOST_DESCRIBE_STRUCT(AiSettings, (),
                      (gemini_api_key, gemini_model, gemini_image_model, bedrock_region, bedrock_model_id,
                       bedrock_chat_model_id, use_bedrock))

struct TryonSettings {
    Integer<0, 120> tryon_wait_seconds = whole<0, 120>(25);
    Integer<1, 3650> tryon_retention_days = whole<1, 3650>(90);
    Integer<10, 604800> signed_url_ttl_seconds = whole<10, 604800>(3600);
};
BOOST_DESCRIBE_STRUCT(TryonSettings, (), (tryon_wait_seconds, tryon_retention_days, signed_url_ttl_seconds))

struct EngineSettings {
    std::string pose_models_dir = "build/models";
};
BOOST_DESCRIBE_STRUCT(EngineSettings, (), (pose_models_dir))

struct Config {
    ServerSettings server;
    IdentitySettings identity;
    StorageSettings storage;
    AwsSettings aws;
    AiSettings ai;
    TryonSettings tryon;
    EngineSettings engine;
};
BOOST_DESCRIBE_STRUCT(Config, (), (server, identity, storage, aws, ai, tryon, engine))

/// The settings out of the environment; `auto` back ends are resolved. Every fault adds a line to `faults` (naming the
/// variable, never its value); with any fault the result must not be used.
Config read_config(const reflect::Environment& environment, std::vector<std::string>& faults);

/// Whether anything of the (resolved) settings lies in Redis; then limits and progress are shared through it too.
bool uses_redis(const StorageSettings& settings);

/// The pipeline's settings out of the server's; what cannot be read adds to `faults`.
http::PipelineSettings pipeline_settings(const ServerSettings& settings, std::vector<std::string>& faults);

/// The process's own environment.
reflect::Environment process_environment();

/// The JWT secret kept in the data folder, made on the first run (32 random bytes, mode 0600). `made` says whether it
/// is new. Only for embedded back ends: several machines must share one secret, so there it is a setting. Fails:
/// std::runtime_error.
Secret local_jwt_secret(const std::string& data_dir, bool& made);

/// The reference page of all settings, as Markdown.
std::string settings_reference();

}  // namespace fitview::app
