#include "app/migrate_command.hpp"

#include <chrono>
#include <iomanip>
#include <iostream>
#include <map>
#include <optional>
#include <stdexcept>

#include "app/move_documents.hpp"
#include "app/move_objects.hpp"
#include "app/move_places.hpp"
#include "storage/data_move.hpp"

namespace fitview::app {
namespace {

constexpr const char* help_text = R"(fitview migrate-data: move a shop's documents and pictures to another engine

  fitview migrate-data --from sqlite:data --to mongodb://db1,db2/shop?replicaSet=rs0
  fitview migrate-data --from-objects file:uploads --to-objects s3://shop-pictures
  fitview migrate-data --from sqlite: --to mongodb: --from-objects file: --to-objects s3:

  --from DATABASE --to DATABASE              every document; both or none
  --from-objects PLACE --to-objects PLACE    every picture and file; both or none
  --verify                                   change nothing, only compare both sides

A DATABASE is
  sqlite:FOLDER                the DATA_DIR of an embedded shop
  mongodb://HOST/DATABASE      (or mongodb+srv://) as MONGODB_URL, with the database's name in its path
  sqlite:  or  mongodb:        what DATA_DIR, or MONGODB_URL and MONGODB_DB_NAME, name: so no password stands on the
                               command line, where other users of the machine can read it
A PLACE is
  file:FOLDER                  the UPLOAD_DIR of a shop
  s3://BUCKET                  a bucket; region, keys and endpoint come from the AWS_… settings
  file:  or  s3:               what UPLOAD_DIR, or AWS_S3_BUCKET, name

Stop every `fitview serve` and `fitview worker` of both shops first; a running one is found and refused. The target must
be empty. After an interruption run the same command again: it goes on where it was. No shop can be started on a
database that is half moved. The source keeps everything; it is brought up to this version's schema first.

At the end every document and every picture is read from both sides and compared, and a digest of each collection is
printed. Not moved: the queue of jobs (waiting try-ons are enqueued again when the shop starts), caches, and what expired.

Ends with 0 when everything arrived, 1 when it could not be moved, 2 for arguments it does not understand, 3 when the two
sides differ.
)";

struct Arguments {
    std::string from;
    std::string to;
    std::string from_objects;
    std::string to_objects;
    bool only_verify = false;
};

Arguments read_arguments(std::span<const std::string> words) {
    Arguments arguments;
    const std::map<std::string, std::string*> options{{"--from", &arguments.from},
                                                      {"--to", &arguments.to},
                                                      {"--from-objects", &arguments.from_objects},
                                                      {"--to-objects", &arguments.to_objects}};
    for (std::size_t at = 0; at < words.size(); ++at) {
        const auto option = options.find(words[at]);
        if (words[at] == "--verify") {
            arguments.only_verify = true;
        } else if (option == options.end()) {
            // Not repeated when it is no option: it may be an address with a password.
            throw std::invalid_argument(words[at].starts_with("--") ? "unknown option " + words[at]
                                                                    : "an argument without an option before it");
        } else if (++at == words.size()) {
            throw std::invalid_argument(option->first + " needs a value");
        } else {
            *option->second = words[at];
        }
    }
    if (arguments.from.empty() != arguments.to.empty()) throw std::invalid_argument("--from and --to go together");
    if (arguments.from_objects.empty() != arguments.to_objects.empty())
        throw std::invalid_argument("--from-objects and --to-objects go together");
    if (arguments.from.empty() && arguments.from_objects.empty())
        throw std::invalid_argument("nothing to move: name --from and --to, or --from-objects and --to-objects");
    return arguments;
}

/// A line each second, and one at the end of each part.
class ProgressLines {
public:
    explicit ProgressLines(std::ostream& out) : out_(out) {}

    void begin(const std::string& doing) { doing_ = doing; }
    MoveProgress hearer() {
        return [this](std::string_view part, std::int64_t done, std::int64_t total) { hear(part, done, total); };
    }

private:
    using SteadyClock = std::chrono::steady_clock;

    void hear(std::string_view part, std::int64_t done, std::int64_t total) {
        const auto now = SteadyClock::now();
        if (part != part_) {
            part_ = part;
            began_ = now;
            said_ = now;
        }
        const bool is_end = done == total;
        if (!is_end && now - said_ < std::chrono::seconds(1)) return;
        if (is_end && done == 0) return;
        said_ = now;
        const double seconds = std::chrono::duration<double>(now - began_).count();
        out_ << doing_ << ' ' << part << ' ' << done;
        if (total > 0) out_ << '/' << total;
        if (seconds >= 0.1)
            out_ << ", " << static_cast<std::int64_t>(static_cast<double>(done) / seconds) << " a second";
        out_ << '\n' << std::flush;
        if (is_end) part_.clear();
    }

    std::ostream& out_;
    std::string doing_;
    std::string part_;
    SteadyClock::time_point began_;
    SteadyClock::time_point said_;
};

void refuse_unfinished_source(DatabasePlace& source) {
    const auto move = storage::find_move(source.moves());
    if (move && !move->finished_at)
        throw MoveFault{source.shown() + " is itself half moved, from " + move->source + "; finish that first"};
}

/// Whether the target may be written: empty, or begun from the same source and not finished.
void refuse_other_target(DatabasePlace& source, DatabasePlace& target) {
    const auto move = storage::find_move(target.moves());
    if (move && !move->finished_at) {
        if (move->source == source.shown()) return;
        throw MoveFault{target.shown() + " is half moved from " + move->source +
                        "; finish that, or name an empty target"};
    }
    for (const auto& collection : target.collections()) {
        if (collection->name() == "leases" || collection->count() == 0) continue;
        throw MoveFault{target.shown() + " is not empty: it has " + std::to_string(collection->count()) + " in " +
                        collection->name() + (move ? " (moved there from " + move->source + ", finished)" : "") +
                        ". Name an empty target, or compare the two with --verify"};
    }
}

class Mover {
public:
    Mover(const Arguments& arguments, const MoveSettings& settings, std::ostream& out, std::ostream& progress)
        : arguments_(arguments), out_(out), lines_(progress) {
        if (!arguments.from.empty()) {
            const auto from = read_database_address(arguments.from, settings);
            const auto to = read_database_address(arguments.to, settings);
            if (from.shown == to.shown) throw std::invalid_argument("--from and --to are the same database");
            from_ = from;
            to_ = to;
        }
        if (!arguments.from_objects.empty()) {
            const auto from = read_objects_address(arguments.from_objects, settings);
            const auto to = read_objects_address(arguments.to_objects, settings);
            if (from.shown == to.shown)
                throw std::invalid_argument("--from-objects and --to-objects are the same place");
            from_objects_ = from;
            to_objects_ = to;
        }
    }

    int run() {
        open();
        if (!arguments_.only_verify) move();
        const bool same = compare();
        if (!same) {
            out_ << "the two sides differ\n";
            return 3;
        }
        if (!arguments_.only_verify) finish();
        out_ << (arguments_.only_verify ? "both sides hold the same\n" : "everything is there\n");
        return 0;
    }

private:
    void open() {
        if (from_) {
            source_ = std::make_unique<DatabasePlace>(*from_, clock_, *ids_, telemetry::no_log());
            target_ = std::make_unique<DatabasePlace>(*to_, clock_, *ids_, telemetry::no_log());
        }
        if (from_objects_) {
            source_objects_ = std::make_unique<ObjectsPlace>(*from_objects_, clock_);
            target_objects_ = std::make_unique<ObjectsPlace>(*to_objects_, clock_);
        }
    }

    /// Both marks are set before anything is written, and removed when everything was compared.
    void move() {
        if (source_) {
            refuse_unfinished_source(*source_);
            refuse_other_target(*source_, *target_);
        }
        if (source_objects_) refuse_other_objects();
        if (source_) {
            move_ = {.source = source_->shown(), .started_at = clock_.now(), .finished_at = {}};
            storage::keep_move(target_->moves(), move_);
        }
        if (source_objects_) set_mark(target_objects_->objects(), source_objects_->shown());
        lines_.begin("moving");
        if (source_objects_) move_objects(source_objects_->objects(), target_objects_->objects(), lines_.hearer());
        for (std::size_t at = 0; source_ && at < source_->collections().size(); ++at) {
            move_documents(*source_->collections()[at], *target_->collections()[at], clock_.now(), lines_.hearer());
        }
    }

    void refuse_other_objects() {
        if (is_marked(source_objects_->objects()))
            throw MoveFault{source_objects_->shown() + " is itself half moved; finish that first"};
        if (!is_empty(target_objects_->objects()) && !is_marked(target_objects_->objects()))
            throw MoveFault{target_objects_->shown() +
                            " is not empty. Name an empty target, or compare the two with --verify"};
    }

    bool compare() {
        lines_.begin("comparing");
        bool same = true;
        if (source_objects_) {
            same = tell(compare_objects(source_objects_->objects(), target_objects_->objects(), lines_.hearer()));
        }
        for (std::size_t at = 0; source_ && at < source_->collections().size(); ++at) {
            // What ends within the hour may be removed by either side while it is compared.
            const Timestamp ends_after = clock_.now() + Milliseconds(std::chrono::hours(1));
            same = tell(compare_documents(*source_->collections()[at], *target_->collections()[at], ends_after,
                                          lines_.hearer())) &&
                   same;
        }
        return same;
    }

    bool tell(const PartComparison& part) {
        out_ << std::left << std::setw(18) << part.name << std::right << std::setw(10) << part.here << "  ";
        if (part.same()) {
            out_ << "the same  sha256 " << part.sum_here << '\n';
        } else {
            out_ << "DIFFERENT: " << part.there << " in the target\n";
        }
        for (const std::string& difference : part.differences) out_ << "  " << difference << '\n';
        return part.same();
    }

    void finish() {
        if (source_objects_) remove_mark(target_objects_->objects());
        if (!source_) return;
        move_.finished_at = clock_.now();
        storage::keep_move(target_->moves(), move_);
    }

    const Arguments arguments_;
    std::ostream& out_;
    ProgressLines lines_;
    const Clock& clock_ = system_clock();
    std::unique_ptr<IdSource> ids_ = object_ids(clock_);
    std::optional<DatabaseAddress> from_;
    std::optional<DatabaseAddress> to_;
    std::optional<ObjectsAddress> from_objects_;
    std::optional<ObjectsAddress> to_objects_;
    std::unique_ptr<DatabasePlace> source_;
    std::unique_ptr<DatabasePlace> target_;
    std::unique_ptr<ObjectsPlace> source_objects_;
    std::unique_ptr<ObjectsPlace> target_objects_;
    storage::DataMove move_;
};

}  // namespace

int migrate_command(std::span<const std::string> words, const reflect::Environment& environment, std::ostream& out,
                    std::ostream& progress) {
    if (words.size() == 1 && (words[0] == "--help" || words[0] == "-h")) {
        out << help_text;
        return 0;
    }
    MoveSettings settings;
    std::vector<std::string> faults;
    reflect::fill_from_environment(settings.storage, environment, faults);
    reflect::fill_from_environment(settings.aws, environment, faults);
    for (const std::string& fault : faults) progress << "fitview: " << fault << '\n';
    if (!faults.empty()) return 2;
    std::optional<Mover> mover;
    try {
        mover.emplace(read_arguments(words), settings, out, progress);
    } catch (const std::invalid_argument& fault) {
        progress << "fitview: " << fault.what() << "; see `fitview migrate-data --help`\n";
        return 2;
    }
    try {
        return mover->run();
    } catch (const MoveFault& fault) {
        progress << "fitview: " << fault.text << '\n';
    } catch (const std::exception& failure) {
        progress << "fitview: " << failure.what() << '\n';
    }
    return 1;
}

}  // namespace fitview::app
