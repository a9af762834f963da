#include "app/config.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "app/s3_connection.hpp"
#include "base/encoding.hpp"
#include "base/id_source.hpp"
#include "base/text.hpp"
#include "storage/mongo/mongo_address.hpp"
#include "storage/redis/redis_address.hpp"

namespace fitview::app {
namespace {

constexpr std::size_t least_secret_bytes = 32;

/// Texts that stand in tutorials and examples; a secret that contains one is no secret.
constexpr std::array<std::string_view, 10> well_known_secrets = {
    "changeme",  "change-me", "change_me",   "your-secret", "your_secret",
    "secretkey", "password",  "placeholder", "example",     "development"};

std::string secret_fault(const Secret& secret) {
    if (secret.empty()) {
        return "JWT_SECRET_KEY is required when ENVIRONMENT=production; make one with: openssl rand -base64 48";
    }
    if (secret.size() < least_secret_bytes) return "JWT_SECRET_KEY must be at least 32 characters long";
    const std::string lower = ascii_lower(secret.reveal());
    const bool well_known = std::any_of(well_known_secrets.begin(), well_known_secrets.end(),
                                        [&](std::string_view known) { return lower.find(known) != std::string::npos; });
    const bool one_letter = lower.find_first_not_of(lower.front()) == std::string::npos;
    if (well_known || one_letter) return "JWT_SECRET_KEY looks like a text from an example; make a random one";
    return {};
}

/// `auto`: the distributed back end when its address is given, else the embedded one.
template <class Kind>
void resolve(Kind& kind, Kind embedded, Kind distributed, bool address_given) {
    if (kind == Kind::automatic) kind = address_given ? distributed : embedded;
}

void check_mongodb(const Config& config, std::vector<std::string>& faults) {
    for (const std::string& fault : {storage::mongo_url_fault(config.storage.mongodb_url),
                                     storage::mongo_name_fault(config.storage.mongodb_db_name)}) {
        if (!fault.empty()) faults.push_back(fault);
    }
    // Production asks for one anyway.
    if (config.identity.jwt_secret_key.empty() && config.server.environment != Environment::production) {
        faults.emplace_back(
            "JWT_SECRET_KEY is required with MongoDB, where several machines share one shop; make one with: openssl "
            "rand "
            "-base64 48");
    }
}

/// Puts it together once, which asks nobody, so that what cannot work is told with the other faults.
void check_s3(const AwsSettings& settings, std::vector<std::string>& faults) {
    try {
        const S3Connection connection(settings, system_clock());
    } catch (const std::invalid_argument& fault) {
        faults.emplace_back(fault.what());
    }
}

/// The meaning of every setting, by its variable.
constexpr auto descriptions = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"HOST", "Address to listen on; `0.0.0.0` for every interface (containers, other machines)."},
    {"PORT", "Port to listen on; 0 takes a free one and prints it."},
    {"ENVIRONMENT", "`production` insists on a real secret and `DEBUG=false`."},
    {"DEBUG", "More detail in the log. Never in answers."},
    {"APP_NAME", "Name of the shop in pages and documents."},
    {"API_V1_PREFIX", "Where the API's paths begin."},
    {"BASE_URL", "The address clients reach this server under; addresses of pictures begin with it."},
    {"ALLOWED_ORIGINS", "Web pages that may call the API from a browser, separated by commas."},
    {"TRUSTED_PROXIES",
     "Networks whose `X-Forwarded-For` is believed, as CIDRs separated by commas. Set but empty: nobody's."},
    {"METRICS_TOKEN", "Bearer token for `/metrics` from other than private addresses."},
    {"LOG_LEVEL", "The least severe lines that are logged."},
    {"RATE_LIMIT_LOGIN", "Sign-in attempts for each pair of address and account: `N/second|minute|hour` or `off`."},
    {"RATE_LIMIT_TRYON", "Try-ons per user (a batch counts once)."},
    {"RATE_LIMIT_DEFAULT", "Calls per user, or per address without a token."},
    {"IO_THREADS", "Threads that read and write sockets."},
    {"STORE_THREADS", "Threads that run ordinary calls."},
    {"ENGINE_THREADS",
     "Try-ons rendered at the same time. Of two or more, one in four (at least one) is kept for "
     "shoppers who wait, and takes nothing of a batch."},
    {"WORKERS",
     "The same for `fitview serve`; 0 leaves the work to `fitview worker`. Not set: "
     "`ENGINE_THREADS`. `--workers N` wins."},
    {"DECODE_PROCESSES", "Sandboxed processes that decode uploaded pictures."},
    {"MAX_CONNECTIONS", "Open connections; more wait in the listen queue."},
    {"SHUTDOWN_SECONDS", "How long running calls may take to finish after SIGTERM."},
    {"JWT_SECRET_KEY",
     "Signs tokens and personal addresses; at least 32 random characters. Made and kept in `DATA_DIR` when every "
     "back end "
     "is embedded and none is given."},
    {"JWT_PREVIOUS_KEYS", "Earlier secrets that still verify, separated by commas, newest first."},
    {"JWT_ALGORITHM", "`HS256`; no other is accepted."},
    {"ACCESS_TOKEN_EXPIRE_MINUTES", "Lifetime of an access token."},
    {"REFRESH_TOKEN_EXPIRE_DAYS", "Lifetime of a refresh token."},
    {"BCRYPT_COST", "Work factor of password hashes; less than 12 is refused in production."},
    {"STORE", "Where documents are kept; `auto` takes MongoDB when `MONGODB_URL` is set, else SQLite in `DATA_DIR`."},
    {"CACHE", "`auto` takes Redis when `REDIS_URL` is set, else the process's memory."},
    {"OBJECTS", "Where pictures are kept; `auto` takes S3 when `AWS_S3_BUCKET` is set, else files in `UPLOAD_DIR`."},
    {"QUEUE", "Where work waits; `auto` takes Redis when `REDIS_URL` is set, else SQLite."},
    {"DATA_DIR", "Folder of the database and the generated secret."},
    {"UPLOAD_DIR", "Folder of the pictures."},
    {"CACHE_MEGABYTES", "Bound of the in-process cache."},
    {"MONGODB_URL", "Connection string of MongoDB."},
    {"MONGODB_DB_NAME", "Database name."},
    {"REDIS_URL",
     "Address of Redis: `redis://[user[:password]@]host[:port][/database]`, `rediss://` for TLS (with "
     "`?ssl_ca_certs=FILE` for certificates of your own). Cache, common limits, progress and jobs; each shop needs "
     "a database of its own."},
    {"AWS_REGION", "Region of the bucket."},
    {"AWS_ACCESS_KEY_ID", "Key for S3 and Bedrock."},
    {"AWS_SECRET_ACCESS_KEY", "Secret for S3 and Bedrock."},
    {"AWS_SESSION_TOKEN", "Belongs to temporary keys that were made elsewhere."},
    {"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "Where ECS gives the task its keys; set by ECS."},
    {"AWS_CONTAINER_CREDENTIALS_FULL_URI", "Where EKS and others give a container its keys; set by them."},
    {"AWS_CONTAINER_AUTHORIZATION_TOKEN", "What the container shows for its keys."},
    {"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "File with what the container shows for its keys."},
    {"AWS_EC2_METADATA_DISABLED", "Do not ask the machine's metadata service for keys."},
    {"AWS_EC2_METADATA_SERVICE_ENDPOINT", "Address of the machine's metadata service, asked last for keys."},
    {"AWS_S3_BUCKET", "Bucket for pictures."},
    {"AWS_S3_ENDPOINT", "Address of an S3-compatible server; none for Amazon's own."},
    {"AWS_S3_PATH_STYLE", "Put the bucket in the path instead of the host's name, as most compatible servers want."},
    {"CLOUDFRONT_URL", "Prefix of public picture addresses when a CDN stands in front of them."},
    {"GEMINI_API_KEY", "Key for Google's Gemini API, sent in a header only."},
    {"GEMINI_MODEL", "Gemini text model."},
    {"GEMINI_IMAGE_MODEL", "Gemini image model."},
    {"BEDROCK_REGION", "Region of Bedrock."},
    {"BEDROCK_MODEL_ID", "Bedrock model (inference profile) that plans a try-on."},
    {"BEDROCK_CHAT_MODEL_ID", "Bedrock model (inference profile) for chat."},
    {"USE_BEDROCK", "Take Bedrock when Gemini fails or has no key."},
    {"TRYON_WAIT_SECONDS", "How long `POST /tryon` waits for the picture before it answers 202."},
    {"TRYON_RETENTION_DAYS", "Days until try-on sessions are deleted."},
    {"POSE_MODELS_DIR",
     "Folder of the networks that find people, filled by `./fit setup`; without them people are found by classical "
     "means."},
    {"SIGNED_URL_TTL_SECONDS", "Lifetime of addresses of personal pictures."},
});

std::string_view description_of(std::string_view variable) {
    const auto* found = std::find_if(descriptions.begin(), descriptions.end(),
                                     [&](const auto& entry) { return entry.first == variable; });
    return found == descriptions.end() ? std::string_view() : found->second;
}

/// The parts of a list separated by commas, without spaces around them; empty parts are left out.
std::vector<std::string> list_of(const std::string& text) {
    std::vector<std::string> parts;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(',', start), text.size());
        const std::string_view part = trimmed(std::string_view(text).substr(start, end - start));
        if (!part.empty()) parts.emplace_back(part);
        start = end + 1;
    }
    return parts;
}

}  // namespace

http::PipelineSettings pipeline_settings(const ServerSettings& settings, std::vector<std::string>& faults) {
    http::PipelineSettings pipeline;
    const auto rate = [&](const std::string& text, const char* variable) {
        auto rule = http::check_rate_rule(text);
        if (rule) return *rule;
        for (const std::string& reason : rule.reasons()) faults.push_back(std::string(variable) + " " + reason);
        return http::RateRule();
    };
    pipeline.rates = {.login = rate(settings.rate_limit_login, "RATE_LIMIT_LOGIN"),
                      .tryon = rate(settings.rate_limit_tryon, "RATE_LIMIT_TRYON"),
                      .normal = rate(settings.rate_limit_default, "RATE_LIMIT_DEFAULT")};
    pipeline.allowed_origins = list_of(settings.allowed_origins);
    if (auto ranges = http::check_address_ranges(settings.trusted_proxies)) {
        pipeline.trusted_proxies = *std::move(ranges);
    } else {
        for (const std::string& reason : ranges.reasons()) faults.push_back("TRUSTED_PROXIES " + reason);
    }
    return pipeline;
}

bool uses_redis(const StorageSettings& settings) {
    return settings.cache == CacheKind::redis || settings.queue == QueueKind::redis;
}

Config read_config(const reflect::Environment& environment, std::vector<std::string>& faults) {
    Config config;
    reflect::fill_from_environment(config, environment, faults);
    // Everywhere else an empty variable is one that is not set; here it is the only way to say "nobody".
    if (const auto proxies = environment("TRUSTED_PROXIES"); proxies && trimmed(*proxies).empty())
        config.server.trusted_proxies.clear();
    const auto given = [&](const char* name) {
        const auto text = environment(name);
        return text && !text->empty();
    };
    auto& storage = config.storage;
    resolve(storage.store, StoreKind::sqlite, StoreKind::mongodb, given("MONGODB_URL"));
    if (storage.store == StoreKind::mongodb) check_mongodb(config, faults);
    resolve(storage.cache, CacheKind::memory, CacheKind::redis, given("REDIS_URL"));
    resolve(storage.objects, ObjectsKind::files, ObjectsKind::s3, given("AWS_S3_BUCKET"));
    if (storage.objects == ObjectsKind::s3) check_s3(config.aws, faults);
    resolve(storage.queue, QueueKind::sqlite, QueueKind::redis, given("REDIS_URL"));
    // Each node would have a queue of its own, and two of them would claim one try-on at the same time.
    if (storage.store == StoreKind::mongodb && storage.queue == QueueKind::sqlite) {
        faults.emplace_back(
            "STORE=mongodb needs a queue that every node shares: set REDIS_URL (QUEUE=sqlite is a file of one "
            "machine)");
    }
    if (uses_redis(storage)) {
        const auto address = storage::check_redis_address(storage.redis_url.reveal());
        for (const std::string& reason : address.reasons()) faults.push_back("REDIS_URL " + reason);
    }

    if (config.identity.jwt_algorithm != "HS256") faults.emplace_back("JWT_ALGORITHM must be HS256");
    const std::string& prefix = config.server.api_v1_prefix;
    if (!prefix.starts_with('/') || prefix.ends_with('/'))
        faults.emplace_back("API_V1_PREFIX must begin with / and not end with it");
    // Pictures must open where the server listens, also on another port; a set BASE_URL always wins.
    if (!given("BASE_URL")) config.server.base_url = "http://localhost:" + std::to_string(config.server.port.get());
    while (config.server.base_url.ends_with('/')) config.server.base_url.pop_back();
    if (!config.server.base_url.starts_with("http://") && !config.server.base_url.starts_with("https://")) {
        faults.emplace_back("BASE_URL must begin with http:// or https://");
    }
    pipeline_settings(config.server, faults);
    if (config.server.environment == Environment::production) {
        if (std::string fault = secret_fault(config.identity.jwt_secret_key); !fault.empty())
            faults.push_back(std::move(fault));
        if (config.server.debug) faults.emplace_back("DEBUG must be false when ENVIRONMENT=production");
        if (config.identity.bcrypt_cost.get() < 12)
            faults.emplace_back("BCRYPT_COST must be at least 12 when ENVIRONMENT=production");
    }
    return config;
}

reflect::Environment process_environment() {
    return [](const std::string& name) -> std::optional<std::string> {
        const char* text =
            std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe): read at start, before any thread
        return text ? std::optional<std::string>(text) : std::nullopt;
    };
}

Secret local_jwt_secret(const std::string& data_dir, bool& made) {
    const std::filesystem::path path = std::filesystem::path(data_dir) / "jwt_secret";
    std::filesystem::create_directories(data_dir);
    made = false;
    const std::string fresh = random_token(48);
    // O_EXCL decides between two programs that start at once: one makes the secret, the other reads it.
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file >= 0) {
        const bool written = write(file, fresh.data(), fresh.size()) == ssize_t(fresh.size()) && fsync(file) == 0;
        close(file);
        if (!written) throw std::runtime_error("the JWT secret could not be written into the data folder");
        made = true;
        return Secret(fresh);
    }
    std::ifstream in(path);
    std::string text;
    std::getline(in, text);
    if (text.size() < least_secret_bytes) {
        throw std::runtime_error(
            "the file jwt_secret in the data folder cannot be read or is too short; remove it to make a new one");
    }
    return Secret(text);
}

std::string settings_reference() {
    std::vector<reflect::SettingDoc> docs;
    reflect::document_settings(Config(), docs);
    std::string page =
        "<!-- Printed by `fitview print-settings`; do not edit. -->\n# Settings\n\nEvery setting is an environment "
        "variable. An empty "
        "one counts as not set, unless it says otherwise.\n\n| Variable | Default | Form | Meaning "
        "|\n|---|---|---|---|\n";
    for (const reflect::SettingDoc& doc : docs) {
        const bool secret = doc.type == "secret";
        page += "| `" + doc.variable + "` | " +
                (secret || doc.default_text.empty() ? "*(none)*" : "`" + doc.default_text + "`") + " | " + doc.type +
                " | " + std::string(description_of(doc.variable)) + " |\n";
    }
    return page;
}

}  // namespace fitview::app
