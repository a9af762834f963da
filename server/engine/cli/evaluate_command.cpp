#include "engine/cli/evaluate_command.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <chrono>
#include <cstdio>
#include <thread>

#include "engine/cli/evaluate_arguments.hpp"
#include "engine/evaluate/contact_sheet.hpp"
#include "engine/evaluate/run_evaluation.hpp"
#include "engine/pose/person_networks.hpp"
#include "reflect/json.hpp"

namespace fitview::engine {
namespace {

constexpr int exit_nothing_drawn = 1, exit_unusable = 2;
constexpr std::size_t evaluation_bytes_max = 256 * 1024 * 1024;

EvaluationInput find_input(const EvaluateArguments& arguments) {
    EvaluationInput input;
    if (arguments.people) {
        input.people = find_photos(*arguments.people, input.left_out);
        input.garments = find_photos(*arguments.garments, input.left_out);
    }
    if (arguments.pairs) input.pairs = find_pairs(*arguments.pairs, input.left_out);
    return input;
}

EvaluationSettings settings_from(const EvaluateArguments& arguments) {
    EvaluationSettings settings;
    settings.folder = arguments.output;
    settings.closed_loop = arguments.closed_loop;
    settings.unpaired = !arguments.only_pairs;
    settings.pictures_max = static_cast<std::size_t>(arguments.pictures_max);
    if (arguments.fit_points) settings.fit_points = *arguments.fit_points;
    settings.threads = arguments.threads > 0 ? static_cast<unsigned>(arguments.threads)
                                             : std::max(1U, std::thread::hardware_concurrency());
    return settings;
}

Evaluation read_evaluation(const std::string& file) {
    const auto parsed = reflect::parse_json(read_bytes(file, evaluation_bytes_max));
    if (const auto* reason = std::get_if<std::string>(&parsed))
        throw UnusableInput("The other run \"" + file + "\" cannot be read: " + *reason);
    std::vector<Problem> problems;
    auto evaluation = reflect::decode<Evaluation>(std::get<boost::json::value>(parsed), problems);
    if (!evaluation)
        throw UnusableInput("The other run \"" + file + "\" is not an evaluation.json: " + *problems.front().pointer +
                            " " + problems.front().detail);
    return std::move(*evaluation);
}

/// A line every few seconds, with the time that is left.
class ProgressLines {
public:
    explicit ProgressLines(std::ostream& out) : out_(out) {}

    void tell(std::size_t done, std::size_t all) {
        constexpr auto pause = std::chrono::seconds(3);
        const auto now = std::chrono::steady_clock::now();
        if (done == 0 || (done < all && now - last_ < pause)) return;
        last_ = now;
        const std::chrono::duration<double> taken = now - start_;
        char line[80];
        std::snprintf(line, sizeof line, "%zu of %zu drawn, about %.0f s left\n", done, all,
                      taken.count() / static_cast<double>(done) * static_cast<double>(all - done));
        out_ << line << std::flush;
    }

private:
    std::ostream& out_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now(), last_ = start_;
};

void summarise(const Evaluation& evaluation, std::ostream& out) {
    for (const CaseKind kind : {CaseKind::true_pair, CaseKind::worn_pair, CaseKind::worn_pair_points,
                                CaseKind::closed_loop, CaseKind::unpaired}) {
        const std::size_t cases = worst_first(evaluation, kind).size();
        if (cases == 0) continue;
        out << boost::describe::enum_to_string(kind, "?") << " (" << cases << ")\n";
        for (const Measure& mean : means_of(evaluation, kind)) {
            char line[80];
            std::snprintf(line, sizeof line, "  %-20s %9.4f\n", mean.name.c_str(), mean.value);
            out << line;
        }
    }
    for (const std::string& sentence : evaluation.unusable) out << "left out: " << sentence << '\n';
}

int run(const EvaluateArguments& arguments, std::ostream& out, std::ostream& err) {
    std::optional<Evaluation> other;
    if (arguments.compare) other = read_evaluation(*arguments.compare);
    const EvaluationInput input = find_input(arguments);
    EvaluationSettings settings = settings_from(arguments);
    std::string fault;
    const PersonNetworks networks = find_person_networks(arguments.networks, fault);
    if (!fault.empty()) err << "People are found by classical means: " << fault << '\n';
    settings.sight = networks.sight();
    ProgressLines progress(err);
    const Evaluation evaluation =
        run_evaluation(input, settings, [&](std::size_t done, std::size_t all) { progress.tell(done, all); });
    std::optional<RunComparison> comparison;
    if (other) comparison = compare_runs(*other, evaluation);
    write_bytes(settings.folder / "evaluation.json", reflect::encode_text(evaluation) + "\n");
    write_bytes(settings.folder / "index.html",
                contact_sheet(evaluation, comparison ? &*comparison : nullptr, arguments.compare.value_or("")));
    summarise(evaluation, out);
    if (comparison) out << "\ncompared with " << *arguments.compare << '\n' << table_of(*comparison);
    out << (settings.folder / "index.html").string() << '\n';
    return evaluation.cases.empty() ? exit_nothing_drawn : 0;
}

}  // namespace

int evaluate_command(std::span<const std::string> args, std::ostream& out, std::ostream& err) {
    const auto arguments = read_evaluate_arguments(args);
    if (const auto* fault = std::get_if<std::string>(&arguments)) {
        err << "fitview evaluate: " << *fault << ".\nTry: fitview evaluate --help\n";
        return exit_unusable;
    }
    const auto& read = std::get<EvaluateArguments>(arguments);
    if (read.help) {
        out << evaluate_help();
        return 0;
    }
    try {
        return run(read, out, err);
    } catch (const UnusableInput& unusable) {
        err << "fitview evaluate: " << unusable.what() << ".\n";
        return exit_unusable;
    }
}

}  // namespace fitview::engine
