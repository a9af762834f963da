// The program: one executable, a subcommand for each thing it does.
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <span>

#include "app/application.hpp"
#include "app/backup.hpp"
#include "app/config.hpp"
#include "app/migrate_command.hpp"
#include "app/s3_connection.hpp"
#include "app/seed.hpp"
#include "app/version.hpp"
#include "base/id_source.hpp"
#include "engine/cli/evaluate_command.hpp"
#include "engine/cli/tryon_command.hpp"
#include "engine/threads.hpp"
#include "http/openapi.hpp"
#include "identity/identity_service.hpp"
#include "media/decoder_pool.hpp"
#include "telemetry/log.hpp"

namespace fitview::app {
namespace {

using Arguments = std::span<const std::string>;

constexpr const char* help_text = R"(fitview: a virtual try-on shop

  fitview serve [--workers N]        run the shop; N try-ons at once, none with 0 (WORKERS, ENGINE_THREADS)
  fitview worker [--workers N]       do background work only, beside a running `serve`
  fitview tryon PERSON GARMENT -o OUT.webp
                                     one try-on from picture files; `fitview tryon --help` tells more
  fitview evaluate --people DIR --garments DIR
                                     every person in every garment, measured; `fitview evaluate --help` tells more
  fitview seed [--demo DIR]          fill an empty shop with the demo models and garments
  fitview seed --size N              a synthetic catalogue of N products for load tests
  fitview create-admin --email ADDRESS --name NAME
                                     make an administrator; the password is read from standard input
  fitview backup FOLDER              copy database and pictures into a new folder, while the shop runs
  fitview restore FOLDER             make the shop of such a copy, in an empty place
  fitview migrate-data --from DATABASE --to DATABASE
                                     move a shop to another engine; `fitview migrate-data --help` tells more
  fitview migrate                    bring the database up to date and stop (serve does it too)
  fitview check-config               say what is wrong with the settings, and what they come to
  fitview print-openapi              the API as an OpenAPI 3.1 document
  fitview print-settings             every setting with its default, as Markdown
  fitview --version                  the version

Settings are environment variables; docs/reference/settings.md lists them. Without any, data goes to ./data, pictures to
./uploads, and the shop listens on http://localhost:8000.
)";

/// A usage mistake: its text is shown with a pointer to the help, the program ends with 2.
struct UsageFault {
    std::string text;
};

/// The values of `--name value` arguments; anything else is a usage fault.
std::map<std::string, std::string> options_of(Arguments arguments, std::initializer_list<const char*> known) {
    std::map<std::string, std::string> options;
    for (std::size_t at = 0; at < arguments.size(); at += 2) {
        const std::string& name = arguments[at];
        if (std::find(known.begin(), known.end(), name) == known.end()) throw UsageFault{"unknown argument " + name};
        if (at + 1 >= arguments.size()) throw UsageFault{name + " needs a value"};
        options[name] = arguments[at + 1];
    }
    return options;
}

/// The settings, or every fault on standard error and nothing.
std::optional<Config> usable_config() {
    std::vector<std::string> faults;
    Config config = read_config(process_environment(), faults);
    for (const std::string& fault : faults) std::cerr << "fitview: " << fault << '\n';
    if (!faults.empty()) return std::nullopt;
    if (config.identity.jwt_secret_key.empty()) {
        bool made = false;
        config.identity.jwt_secret_key = local_jwt_secret(config.storage.data_dir, made);
        if (made) {
            std::cerr << "fitview: made a JWT secret and keep it in " << config.storage.data_dir
                      << "/jwt_secret (mode 0600); set JWT_SECRET_KEY to use your own\n";
        }
    }
    return config;
}

template <class Run>
int with_application(Run&& run) {
    auto config = usable_config();
    if (!config) return 2;
    Application application(*config);
    return run(application, *config);
}

std::string password_from_input() {
    const bool terminal = isatty(STDIN_FILENO) != 0;
    termios before{};
    if (terminal) {
        std::cerr << "Password: " << std::flush;
        tcgetattr(STDIN_FILENO, &before);
        termios silent = before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    std::string password;
    std::getline(std::cin, password);
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        std::cerr << '\n';
    }
    return password;
}

int create_admin(Arguments arguments) {
    auto options = options_of(arguments, {"--email", "--name"});
    const auto email = identity::Email::check(options["--email"]);
    if (!email) throw UsageFault{"--email " + email.reasons().front()};
    const auto name = identity::PersonName::check(options["--name"]);
    if (!name) throw UsageFault{"--name " + name.reasons().front()};
    return with_application([&](Application& application, const Config&) {
        try {
            const auto admin = application.identity().make_admin(*email, *name, password_from_input());
            std::cout << "administrator " << admin.email.str() << " " << admin.id.str() << '\n';
            return 0;
        } catch (const Failure& failure) {
            std::cerr << "fitview: " << failure.detail() << '\n';
            for (const Problem& problem : failure.problems()) std::cerr << "  the password " << problem.detail << '\n';
            return 1;
        }
    });
}

int seed(Arguments arguments) {
    auto options = options_of(arguments, {"--demo", "--size"});
    if (options.count("--size") != 0) {
        const auto size = reflect::text_to_integer(options["--size"]);
        if (!size || *size < 1 || *size > 10'000'000)
            throw UsageFault{"--size must be a whole number from 1 to 10000000"};
        return with_application([&](Application& application, const Config&) {
            seed_synthetic_catalogue(application, static_cast<std::size_t>(*size), std::cout);
            return 0;
        });
    }
    const std::string folder = options.count("--demo") != 0 ? options["--demo"] : "demo";
    if (!std::filesystem::exists(std::filesystem::path(folder) / "shop.json")) {
        throw UsageFault{"there is no demo shop in '" + folder +
                         "'; run it in the project's folder or name it with --demo"};
    }
    return with_application([&](Application& application, const Config&) {
        seed_demo_shop(application, folder, std::cout);
        return 0;
    });
}

/// The settings with `--workers N` in its place.
std::optional<Config> config_with_workers(Arguments arguments) {
    auto options = options_of(arguments, {"--workers"});
    auto config = usable_config();
    if (!config || options.empty()) return config;
    const auto number = reflect::text_to_integer(options["--workers"]);
    const auto workers = Integer<0, 64>::check(number.value_or(-1));
    if (!workers) throw UsageFault{"--workers must be a whole number from 0 to 64"};
    config->server.workers = *workers;
    return config;
}

int serve(Arguments arguments) {
    const auto config = config_with_workers(arguments);
    return config ? Application(*config).serve() : 2;
}

int work(Arguments arguments) {
    auto config = config_with_workers(arguments);
    if (!config) return 2;
    // In an environment both share, WORKERS=0 is meant for `serve`: a worker works.
    if (config->server.workers && config->server.workers->get() > 0)
        config->server.engine_threads = whole<1, 64>(config->server.workers->get());
    return Application(*config).work();
}

/// An application on a folder that is thrown away, for what only needs the routes.
template <class Run>
int with_empty_application(Run&& run) {
    const auto folder = std::filesystem::temp_directory_path() / ("fitview-" + random_token(9));
    std::vector<std::string> faults;
    Config config = read_config([](const std::string&) { return std::nullopt; }, faults);
    config.storage.data_dir = (folder / "data").string();
    config.storage.upload_dir = (folder / "uploads").string();
    config.identity.jwt_secret_key = Secret(random_token(32));
    int code = 1;
    {
        Application application(config);
        code = run(application);
    }
    std::filesystem::remove_all(folder);
    return code;
}

int print_openapi() {
    return with_empty_application([](Application& application) {
        std::cout << http::openapi_document(application.router(), version) << std::flush;
        return std::cout ? 0 : 1;
    });
}

int check_config() {
    const auto config = usable_config();
    if (!config) return 2;
    std::vector<reflect::SettingDoc> docs;
    reflect::document_settings(*config, docs);
    for (const auto& doc : docs) {
        std::cout << doc.variable << "=" << (doc.type == "secret" ? "(secret)" : doc.default_text) << '\n';
    }
    return 0;
}

/// `backup` and `restore`, which work on the files and without the application.
int copy_shop(const std::string& command, Arguments arguments) {
    if (arguments.size() != 1 || arguments[0].starts_with("-")) throw UsageFault{command + " takes one folder"};
    std::vector<std::string> faults;
    const Config config = read_config(process_environment(), faults);
    if (config.storage.store != StoreKind::sqlite) {
        faults.push_back(command + " copies the embedded database; use mongodump and mongorestore for MongoDB");
    }
    for (const std::string& fault : faults) std::cerr << "fitview: " << fault << '\n';
    if (!faults.empty()) return 2;
    std::optional<S3Connection> s3;
    if (config.storage.objects == ObjectsKind::s3) s3.emplace(config.aws, system_clock());
    const auto objects = s3 ? s3->open_objects() : storage::open_filesystem_objects(config.storage.upload_dir);
    try {
        const BackupCount count = command == "backup"
                                      ? back_up(config.storage.data_dir, *objects, arguments[0], std::cerr)
                                      : restore(arguments[0], config.storage.data_dir, *objects, std::cerr);
        std::cout << (command == "backup" ? "backed up" : "restored") << " the database and " << count.pictures
                  << " pictures\n";
        if (count.missing > 0) std::cout << count.missing << " pictures were not there\n";
        return 0;
    } catch (const BackupFault& fault) {
        std::cerr << "fitview: " << fault.text << '\n';
        return 1;
    }
}

int run(const std::string& command, Arguments arguments) {
    const auto alone = [&] {
        if (!arguments.empty()) throw UsageFault{command + " takes no arguments"};
    };
    if (command == "tryon") return engine::tryon_command(arguments, std::cout, std::cerr);
    if (command == "evaluate") return engine::evaluate_command(arguments, std::cout, std::cerr);
    if (command == "seed") return seed(arguments);
    if (command == "backup" || command == "restore") return copy_shop(command, arguments);
    if (command == "create-admin") return create_admin(arguments);
    if (command == "migrate-data") return migrate_command(arguments, process_environment(), std::cout, std::cerr);
    if (command == "serve") return serve(arguments);
    if (command == "worker") return work(arguments);
    alone();
    if (command == "migrate") return with_application([](Application&, const Config&) { return 0; });
    if (command == "check-config") return check_config();
    if (command == "print-openapi") return print_openapi();
    if (command == "print-settings") {
        std::cout << settings_reference();
        return 0;
    }
    throw UsageFault{"unknown command '" + command + "'"};
}

}  // namespace
}  // namespace fitview::app

int main(int count, char** words) {
    using namespace fitview;
    if (count > 1 && std::string_view(words[1]) == media::decode_worker_argument) return media::decode_worker_main();
    engine::use_one_thread_per_call();
    const std::vector<std::string> arguments(words + 1, words + count);
    if (arguments.empty() || arguments[0] == "help" || arguments[0] == "--help" || arguments[0] == "-h") {
        (arguments.empty() ? std::cerr : std::cout) << app::help_text;
        return arguments.empty() ? 2 : 0;
    }
    if (arguments[0] == "--version" || arguments[0] == "version") {
        std::cout << app::version << '\n';
        return 0;
    }
    try {
        return app::run(arguments[0], app::Arguments(arguments).subspan(1));
    } catch (const app::UsageFault& fault) {
        std::cerr << "fitview: " << fault.text << "; see `fitview --help`\n";
        return 2;
    } catch (const std::exception& error) {
        std::cerr << "fitview: " << error.what() << '\n';
        return 1;
    }
}
