#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <sstream>
#include <stdexcept>

#include "ai/picture_generator.hpp"
#include "ai/style_generator.hpp"
#include "app/application.hpp"
#include "app/background.hpp"
#include "app/picture_analysis.hpp"
#include "app/redis_parts.hpp"
#include "app/s3_connection.hpp"
#include "app/stores.hpp"
#include "app/version.hpp"
#include "base/digest.hpp"
#include "engine/pose/person_networks.hpp"
#include "health/health.hpp"
#include "health/health_routes.hpp"
#include "http/operation_routes.hpp"
#include "http/router.hpp"
#include "http/server.hpp"
#include "identity/identity_personal_data.hpp"
#include "identity/identity_routes.hpp"
#include "identity/identity_service.hpp"
#include "jobs/run_waiting.hpp"
#include "media/decoder_pool.hpp"
#include "models/models_routes.hpp"
#include "models/models_service.hpp"
#include "pictures/pictures_routes.hpp"
#include "privacy/privacy_routes.hpp"
#include "privacy/privacy_service.hpp"
#include "products/catalogue_follower.hpp"
#include "products/catalogue_index.hpp"
#include "products/popularity.hpp"
#include "products/products_routes.hpp"
#include "products/products_service.hpp"
#include "storage/disk_room.hpp"
#include "style/style_removal.hpp"
#include "style/style_routes.hpp"
#include "style/style_service.hpp"
#include "telemetry/event_sink.hpp"
#include "telemetry/metrics.hpp"
#include "tryon/catalogue_sources.hpp"
#include "tryon/end_watch.hpp"
#include "tryon/tryon_personal_data.hpp"
#include "tryon/tryon_routes.hpp"
#include "tryon/tryon_sweeper.hpp"
#include "tryon/tryon_worker.hpp"

namespace fitview::app {
namespace {

/// Changes a process may be behind before it builds its index anew.
constexpr std::int64_t changes_kept = 100'000;

engine::PersonNetworks open_networks(const EngineSettings& settings, telemetry::Log& log) {
    std::string fault;
    engine::PersonNetworks networks = engine::find_person_networks(settings.pose_models_dir, fault);
    if (!fault.empty()) log.warning("people are found by classical means", {{"reason", fault}});
    return networks;
}

std::vector<Secret> previous_keys(const IdentitySettings& settings) {
    std::vector<Secret> keys;
    std::istringstream list(settings.jwt_previous_keys ? settings.jwt_previous_keys->reveal() : "");
    for (std::string key; std::getline(list, key, ',');) {
        if (!key.empty()) keys.emplace_back(key);
    }
    return keys;
}

identity::TokenLifetimes lifetimes_of(const IdentitySettings& settings) {
    return {.access = std::chrono::minutes(settings.access_token_expire_minutes.get()),
            .refresh = std::chrono::hours(24 * settings.refresh_token_expire_days.get())};
}

/// Lets this thread give way to those that answer calls, so that a batch of try-ons never starves the catalogue. On
/// Linux the priority belongs to the thread; where it cannot be lowered, it stays.
void yield_to_other_threads() {
    constexpr int niceness = 10;
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), niceness);
}

telemetry::LogSettings log_settings(const ServerSettings& server) {
    telemetry::LogSettings settings;
    settings.least =
        server.debug ? telemetry::Level::debug : static_cast<telemetry::Level>(static_cast<int>(server.log_level));
    return settings;
}

template <class Kind>
std::string name_of(Kind kind) {
    return std::string(reflect::enum_name(kind));
}

double seconds_since(const std::optional<Timestamp>& time, const Clock& clock) {
    return time ? std::chrono::duration<double>(clock.now() - *time).count() : 0;
}

/// Answers kept for idempotency keys hold personal data for a day.
class StoredAnswers final : public privacy::PersonalDataHolder {
public:
    explicit StoredAnswers(storage::IdempotencyStore& store) : store_(store) {}
    std::vector<privacy::ExportedCollection> export_for(const UserId&) override { return {}; }
    void erase_for(const UserId& user) override { store_.remove_all(user); }

private:
    storage::IdempotencyStore& store_;
};

/// What GET /privacy/retention tells, from the settings the sweeper runs on.
std::vector<privacy::Retention> retention_of(const Config& config) {
    const std::string tryons = "P" + std::to_string(config.tryon.tryon_retention_days.get()) + "D";
    const std::string sessions = "P" + std::to_string(config.identity.refresh_token_expire_days.get() + 1) + "D";
    return {
        {"Account (name, address, phone, measurements)", "signing in and advice", "contract", std::nullopt,
         "DELETE /auth/me"},
        {"Sign-in sessions", "keeping you signed in", "contract", sessions, "deleted by the sweeper after they expire"},
        {"Own photos and the pictures made from them", "virtual try-on", "consent", tryons,
         "deleted with the try-on, by the sweeper, or with the account"},
        {"Try-on history", "showing you what you tried on", "contract", tryons,
         "deleted with the try-on, by the sweeper, or with the account"},
        {"Records of consent", "proof that you agreed to the use of your photo", "legal obligation", std::nullopt,
         "DELETE /auth/me"},
        {"Answers stored for repeated requests", "the same request never runs twice", "legitimate use", "P1D",
         "deleted by the sweeper"},
        {"Audit log (account id, action, time)", "security", "legal obligation", "P365D", "deleted by the sweeper"}};
}

}  // namespace

/// In the order of dependence; destroyed from the bottom up.
struct Application::Parts {
    explicit Parts(const Config& settings);

    Config config;
    const Clock& clock = system_clock();
    std::unique_ptr<IdSource> ids = object_ids(clock);
    std::unique_ptr<telemetry::Log> log = telemetry::json_log(log_settings(config.server), clock);
    telemetry::Metrics metrics;

    std::unique_ptr<ShopLock> shop_lock = lock_shop(config.storage);  ///< null where nothing is embedded
    Stores stores = open_whole_stores(config.storage, clock, *ids, *log);
    std::unique_ptr<storage::UnitOfWork>& unit_of_work = stores.unit_of_work;
    std::unique_ptr<storage::RedisClient> redis = open_redis(config.storage, *log);  ///< null where none is used
    std::unique_ptr<storage::Cache> cache = open_cache(config.storage, redis.get(), clock);
    std::unique_ptr<S3Connection> s3 =
        config.storage.objects == ObjectsKind::s3 ? std::make_unique<S3Connection>(config.aws, clock) : nullptr;
    std::unique_ptr<storage::Objects> objects =
        s3 ? s3->open_objects() : storage::open_filesystem_objects(config.storage.upload_dir);
    std::unique_ptr<storage::ObjectLedger>& ledger = stores.ledger;
    std::unique_ptr<storage::ProgressBus> bus = open_progress_bus(redis.get());
    std::unique_ptr<storage::ChangeFeed>& feed = stores.feed;
    std::unique_ptr<storage::Leases>& leases = stores.leases;
    std::unique_ptr<storage::RateLimiter> limiter = open_rate_limiter(redis.get(), clock);
    std::unique_ptr<storage::IdempotencyStore>& idempotency = stores.idempotency;
    std::unique_ptr<jobs::JobQueue> own_queue = config.storage.queue == QueueKind::redis
                                                    ? jobs::open_redis_job_queue(*redis, *bus)
                                                    : jobs::open_sqlite_job_queue(*stores.sqlite, *bus, clock);
    /// A queue that is not in the store's database is told once the store has what the job is about.
    std::unique_ptr<jobs::JobQueue> queue_beside_store =
        stores.engine == name_of(config.storage.queue) ? nullptr
                                                       : jobs::open_queue_beside_store(*own_queue, *unit_of_work, *log);
    jobs::JobQueue* queue = queue_beside_store ? queue_beside_store.get() : own_queue.get();
    std::unique_ptr<audit::Store>& audit = stores.audit;
    std::unique_ptr<identity::UserStore>& users = stores.users;
    std::unique_ptr<identity::SessionStore>& sessions = stores.sessions;
    std::unique_ptr<products::Store>& product_store = stores.products;
    std::unique_ptr<models::Store>& model_store = stores.models;
    std::unique_ptr<tryon::Store>& tryon_store = stores.tryons;

    media::DecoderPool decoder{decoder_settings()};
    photo_analysis::AnalysisShelf analyses{*objects, *ledger, clock};
    engine::PersonNetworks networks = open_networks(config.engine, *log);
    photo_analysis::PreparedPhotos prepared{&analyses, networks.sight()};
    pictures::Addresses addresses{config.server.base_url, config.aws.cloudfront_url.value_or(""),
                                  derive_key(config.identity.jwt_secret_key, "signed addresses"),
                                  std::chrono::seconds(config.tryon.signed_url_ttl_seconds.get()), clock};
    pictures::Shelf shelf{decoder, *objects, *ledger, clock};

    identity::PasswordHasher hasher{static_cast<int>(config.identity.bcrypt_cost.get())};
    identity::TokenSigner signer{config.identity.jwt_secret_key, previous_keys(config.identity), clock};
    identity::Service identity{*users, *sessions, *unit_of_work, hasher, signer, lifetimes_of(config.identity),
                               clock,  *ids};
    identity::TokenAuthenticator authenticator{signer, *sessions};

    products::CatalogueIndex index;
    products::ProductDocuments documents{*product_store, *cache, addresses};
    products::Popularity popularity{*product_store, index, telemetry::no_event_sink(), clock};
    products::CatalogueFollower follower{*product_store, index, documents, *feed};
    PictureAnalysts analysts{*queue};
    FitPointFinders finders{*objects, prepared};
    products::Service products{{*product_store, *unit_of_work, index, documents, popularity, shelf, addresses, analysts,
                                finders, clock,
                                [this](const ModelId& id) { return models.find_for(id, std::nullopt).has_value(); }}};
    models::Service models{{*model_store, *unit_of_work, shelf, addresses, analysts, finders, clock}};

    std::unique_ptr<style::Store>& style_store = stores.styles;
    style::Removal style_removal{*style_store, *objects, *ledger, addresses};

    tryon::CatalogueSources sources{models, products, identity, *log};
    tryon::Parts tryon_parts{*tryon_store,  sources,
                             *queue,        *bus,
                             *objects,      *ledger,
                             *unit_of_work, decoder,
                             prepared,      style_removal,
                             addresses,     clock,
                             *ids,          std::chrono::hours(24 * config.tryon.tryon_retention_days.get())};
    tryon::Service tryons{tryon_parts};
    tryon::EndWatch ends{*bus};
    std::unique_ptr<ai::PictureGenerator> engine =
        ai::make_engine_generator([this](std::string_view stage, double seconds) {
            telemetry::engine_stage_seconds(metrics, std::string(stage)).observe(seconds);
        });
    tryon::Worker tryon_worker{tryon_parts, {engine.get()}, telemetry::no_event_sink(), *log};
    tryon::Sweeper sweeper{tryon_parts, tryons, *log};
    std::optional<storage::Lease> sweeper_lease;  ///< the last one; given back at the end

    std::unique_ptr<ai::StyleGenerator> scenes = ai::make_engine_style_generator();
    style::Service styles{
        {*style_store, tryons, *objects, *ledger, *unit_of_work, addresses, {scenes.get()}, clock, *log}};

    tryon::PersonalData tryon_data{tryon_parts, tryons};
    StoredAnswers stored_answers{*idempotency};
    identity::PersonalData identity_data{*users, *sessions};
    privacy::Service privacy{{&style_removal, &tryon_data, &products, &models, &stored_answers, &identity_data},
                             retention_of(config),
                             clock};

    std::atomic<bool> catalogue_ready = false;
    http::Router router{config.server.api_v1_prefix};
    std::unique_ptr<jobs::JobRunner> runner;
    std::unique_ptr<Background> background;

    media::DecoderPoolSettings decoder_settings();
    health::Probes probes();
    http::Ports ports();
    void add_routes();
    void build_catalogue();
    void analyse_pending();
    std::vector<BackgroundTask> background_tasks();
    std::vector<jobs::JobHandler> handlers();
};

Application::Parts::Parts(const Config& settings) : config(settings) {
    add_routes();
}

media::DecoderPoolSettings Application::Parts::decoder_settings() {
    media::DecoderPoolSettings settings;
    settings.workers = static_cast<int>(config.server.decode_processes.get());
    settings.warn = [this](std::string_view text) {
        log->warning("pictures are decoded with less protection", {{"detail", text}});
    };
    return settings;
}

health::Probes Application::Parts::probes() {
    const auto room_in = [](const std::string& folder) { return [&folder] { return storage::fault_in_room(folder); }; };
    health::Probe database{.engine = stores.engine, .check = stores.check};
    if (!stores.mongo) database.fault_in_writing = room_in(config.storage.data_dir);
    health::Probe pictures{.engine = s3 ? "s3" : "files", .check = [this] { objects->list("", std::nullopt, 1); }};
    if (!s3) pictures.fault_in_writing = room_in(config.storage.upload_dir);
    return {.database = std::move(database),
            .cache = {.engine = name_of(config.storage.cache),
                      .check = [this] { redis ? redis->check() : static_cast<void>(cache->figures()); }},
            .objects = std::move(pictures),
            .people = std::string(prepared.person_source()),
            .queue_engine = name_of(config.storage.queue),
            .queue_depth = [this] { return queue->depth().waiting; },
            .serving = catalogue_ready};
}

http::Ports Application::Parts::ports() {
    std::vector<std::string> reported;  // read_config has told the faults already
    return {.authenticator = authenticator,
            .limiter = *limiter,
            .idempotency = *idempotency,
            .audit = *audit,
            .log = *log,
            .metrics = metrics,
            .clock = clock,
            .ids = *ids,
            .settings = pipeline_settings(config.server, reported),
            .limiter_blocks = redis != nullptr,
            .sign_anew = [this](const std::string& body) { return addresses.renewed(body); },
            .on_undeclared = {}};
}

void Application::Parts::add_routes() {
    identity::add_routes(router, identity);
    products::add_routes(router, products, true);
    models::add_routes(router, models);
    tryon::add_routes(router, tryons, ends, std::chrono::seconds(config.tryon.tryon_wait_seconds.get()));
    style::add_routes(router, styles);
    privacy::add_routes(router, privacy);
    pictures::add_routes(router, *objects, addresses);
    health::add_routes(
        router, [this] { return probes(); }, version);
    http::add_operation_routes(
        router, metrics,
        {.version = version,
         .metrics_token = config.server.metrics_token ? config.server.metrics_token->reveal() : ""});
    metrics.gauge_from("fitview_queue_depth", "Jobs waiting", {{"queue", "jobs"}},
                       [this] { return double(queue->depth().waiting); });
    metrics.gauge_from("fitview_queue_oldest_seconds", "How long the oldest waiting job waits", {{"queue", "jobs"}},
                       [this] { return seconds_since(queue->oldest_waiting(), clock); });
    metrics.gauge_from("fitview_cache_bytes", "Bytes in the in-process cache", {},
                       [this] { return double(cache->figures().bytes); });
    const std::string cache_name = name_of(config.storage.cache);
    metrics.gauge_from("fitview_cache_hits", "Answers from the cache", {{"cache", cache_name}},
                       [this] { return double(cache->figures().hits); });
    metrics.gauge_from("fitview_cache_misses", "Questions the cache could not answer", {{"cache", cache_name}},
                       [this] { return double(cache->figures().misses); });
    metrics.gauge_from("fitview_catalogue_products", "Products in the catalogue's index", {},
                       [this] { return double(index.size()); });
}

void Application::Parts::build_catalogue() {
    follower.build([this](const products::StockedProduct& stocked) { products.analyse_pending(stocked); });
    models.analyse_pending();
    catalogue_ready = true;
}

/// Asks again for every analysis that is not there, of products and models.
void Application::Parts::analyse_pending() {
    std::optional<ProductId> last;
    for (auto page = product_store->list_on_sale(last, products::Store::list_limit); !page.empty();
         page = product_store->list_on_sale(last, products::Store::list_limit)) {
        for (const products::StockedProduct& stocked : page) products.analyse_pending(stocked);
        last = page.back().product.id;
    }
    models.analyse_pending();
}

std::vector<jobs::JobHandler> Application::Parts::handlers() {
    std::vector<jobs::JobHandler> all{tryon_worker.handler(),
                                      picture_analysis_handler(*objects, prepared, products, models)};
    for (jobs::JobHandler& handler : all) {
        handler.run = [run = std::move(handler.run)](const jobs::Job& job, const jobs::JobControl& control) {
            yield_to_other_threads();
            run(job, control);
        };
    }
    return all;
}

std::vector<BackgroundTask> Application::Parts::background_tasks() {
    using namespace std::chrono_literals;
    const auto sweep = [this, owner = random_token(8)] {
        sweeper_lease = leases->acquire("sweeper", owner, std::chrono::minutes(1));
        if (!sweeper_lease) return;
        sweeper.sweep();
        sessions->remove_expired(clock.now() - std::chrono::hours(24), 500);
        idempotency->remove_expired(500);
        feed->trim(changes_kept);
        audit->remove_before(clock.now() - std::chrono::hours(24 * 365), 500);
    };
    const auto find_lost_jobs = [this] {
        try {
            if (!queue->was_emptied()) return;
        } catch (const Unavailable&) {
            return;  // whoever asks it in vain says so in the log
        }
        const int sessions_found = sweeper.enqueue_pending();
        analyse_pending();
        if (sessions_found > 0) log->warning("the queue had lost jobs", {{"enqueued", sessions_found}});
    };
    return {{"lost jobs", 1s, find_lost_jobs},
            {"catalogue", 250ms,
             [this] {
                 if (catalogue_ready) follower.follow();
             }},
            {"popularity", 1s, [this] { popularity.write_down(); }},
            {"sweeper", 10s, sweep}};
}

Application::Application(const Config& config) : parts_(std::make_unique<Parts>(config)) {
    // A bucket that cannot be used is told now, not with the first picture.
    parts_->objects->list("", std::nullopt, 1);
}
Application::~Application() {
    stop_work();
}

void Application::start_work(int threads) {
    Parts& parts = *parts_;
    jobs::RunnerSettings settings;
    settings.threads = threads;
    settings.interactive_threads = threads < 2 ? 0 : std::max(1, threads / 4);
    settings.stop_within = std::chrono::seconds(parts.config.server.shutdown_seconds.get());
    if (threads > 0) {
        parts.runner =
            std::make_unique<jobs::JobRunner>(*parts.queue, *parts.bus, *parts.log, parts.handlers(), settings);
    }
    parts.background = std::make_unique<Background>(*parts.log, parts.background_tasks());
}

bool Application::stop_work() {
    if (parts_->background) {
        parts_->background.reset();
        try {
            parts_->popularity.write_down();  // the last second's counts
            if (parts_->sweeper_lease) parts_->leases->release(*parts_->sweeper_lease);
        } catch (const std::exception& error) {
            parts_->log->warning("the last counts were lost", {{"reason", error.what()}});
        }
    }
    const bool finished = !parts_->runner || parts_->runner->stop();
    parts_->runner.reset();
    return finished;
}

int Application::serve() {
    Parts& parts = *parts_;
    http::ServerSettings settings;
    settings.host = parts.config.server.host;
    settings.port = static_cast<std::uint16_t>(parts.config.server.port.get());
    settings.io_threads = static_cast<std::size_t>(parts.config.server.io_threads.get());
    settings.store_threads = static_cast<std::size_t>(parts.config.server.store_threads.get());
    settings.connections_max = static_cast<std::size_t>(parts.config.server.max_connections.get());
    // Larger catalogues are read in the background; /health says when they are there. When the store goes away
    // meanwhile it is asked again.
    const Background catalogue(*parts.log, {{"reading the catalogue", std::chrono::seconds(1), [&parts] {
                                                 if (!parts.catalogue_ready) parts.build_catalogue();
                                             }}});
    int code = 0;
    {
        http::Server server(parts.router, parts.ports(), settings);
        const auto& server_settings = parts.config.server;
        const int workers = static_cast<int>(server_settings.workers ? server_settings.workers->get()
                                                                     : server_settings.engine_threads.get());
        start_work(workers);
        parts.log->info("serving",
                        {{"host", settings.host}, {"port", server.port()}, {"workers", workers}, {"version", version}});
        http::Server::wait_for_termination();
        parts.log->info("stopping");
        if (!server.stop(std::chrono::seconds(parts.config.server.shutdown_seconds.get()))) code = 1;
        if (!stop_work()) code = 1;
    }
    parts.log->info("stopped");
    return code;
}

int Application::work() {
    parts_->build_catalogue();
    start_work(static_cast<int>(parts_->config.server.engine_threads.get()));
    parts_->log->info("working", {{"version", version}});
    http::Server::wait_for_termination();
    return stop_work() ? 0 : 1;
}

const http::Router& Application::router() const {
    return parts_->router;
}
identity::Service& Application::identity() {
    return parts_->identity;
}
products::Service& Application::products() {
    return parts_->products;
}
products::Store& Application::product_store() {
    return *parts_->product_store;
}
models::Service& Application::models() {
    return parts_->models;
}
storage::UnitOfWork& Application::unit_of_work() {
    return *parts_->unit_of_work;
}
telemetry::Log& Application::log() {
    return *parts_->log;
}
void Application::build_catalogue() {
    parts_->build_catalogue();
}

int Application::analyse_pictures() {
    return jobs::run_waiting(
        *parts_->queue, picture_analysis_handler(*parts_->objects, parts_->prepared, parts_->products, parts_->models));
}

}  // namespace fitview::app
