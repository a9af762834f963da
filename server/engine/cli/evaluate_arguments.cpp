#include "engine/cli/evaluate_arguments.hpp"

#include <charconv>

namespace fitview::engine {
namespace {

std::optional<int> whole_number(const std::string& text, int most) {
    int number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc() || end != text.data() + text.size() || number < 1 || number > most) return std::nullopt;
    return number;
}

/// Takes an option that stands alone.
bool take_flag(const std::string& option, EvaluateArguments& arguments) {
    if (option == "--closed-loop")
        arguments.closed_loop = true;
    else if (option == "--only-pairs")
        arguments.only_pairs = true;
    else if (option == "--help" || option == "-h")
        arguments.help = true;
    else
        return false;
    return true;
}

/// Takes one option with its value; the sentence says what is wrong.
std::optional<std::string> take(const std::string& option, const std::string& value, EvaluateArguments& arguments) {
    constexpr int pictures_most = 1'000'000, threads_most = 256;
    if (value.empty()) return option + " needs a value";
    if (option == "--people") {
        arguments.people = value;
    } else if (option == "--garments") {
        arguments.garments = value;
    } else if (option == "--pairs") {
        arguments.pairs = value;
    } else if (option == "--compare") {
        arguments.compare = value;
    } else if (option == "--fit-points") {
        arguments.fit_points = value;
    } else if (option == "-o" || option == "--output") {
        arguments.output = value;
    } else if (option == "--networks") {
        arguments.networks = value;
    } else if (option == "--pictures") {
        const auto number = whole_number(value, pictures_most);
        if (!number) return "--pictures must be a whole number from 1, not \"" + value + "\"";
        arguments.pictures_max = *number;
    } else if (option == "--threads") {
        const auto number = whole_number(value, threads_most);
        if (!number) return "--threads must be a whole number from 1 to 256, not \"" + value + "\"";
        arguments.threads = *number;
    } else {
        return "Unknown option " + option;
    }
    return std::nullopt;
}

}  // namespace

std::variant<EvaluateArguments, std::string> read_evaluate_arguments(std::span<const std::string> args) {
    EvaluateArguments arguments;
    for (std::size_t i = 0; i < args.size(); ++i) {
        if (take_flag(args[i], arguments)) continue;
        if (args[i].size() < 2 || args[i][0] != '-')
            return "\"" + args[i] + "\" stands alone; folders are named with --people, --garments or --pairs";
        const std::size_t equals = args[i].rfind("--", 0) == 0 ? args[i].find('=') : std::string::npos;
        const std::string option = args[i].substr(0, equals);
        if (equals == std::string::npos && i + 1 == args.size()) return option + " needs a value";
        const std::string value = equals == std::string::npos ? args[++i] : args[i].substr(equals + 1);
        if (auto fault = take(option, value, arguments)) return *fault;
    }
    if (arguments.help) return arguments;
    if (arguments.people.has_value() != arguments.garments.has_value())
        return std::string(arguments.people ? "--people is given without --garments"
                                            : "--garments is given without --people");
    if (!arguments.people && !arguments.pairs)
        return std::string("Name photos with --people DIR and --garments DIR, or true pairs with --pairs DIR");
    if (arguments.closed_loop && !arguments.people)
        return std::string("--closed-loop needs photos of people: --people DIR and --garments DIR");
    return arguments;
}

std::string_view evaluate_help() {
    return R"(usage: fitview evaluate --people DIR --garments DIR [-o OUT] [options]
       fitview evaluate --pairs DIR [-o OUT] [options]

Dresses every person in every garment, measures each picture, and writes a page to look at. Run it before and after a
change of the engine and compare: figures say what moved, the page shows whether it got better.

  --people DIR       photos of people, one person each (JPEG, PNG, WebP, AVIF, HEIC)
  --garments DIR     product photos of garments
  -o, --output OUT   the folder to write, "evaluation" by default; replaced are only files of the same names
  --pairs DIR        true pairs: a manifest.json {"pairs": [{"name", "category", "person", "garment", "worn", "mask"}]}
                     naming a person's picture, the product's, the same person wearing it, and the mask of it
  --closed-loop      also cut the worn top out of each photo of a person and put it on again
  --only-pairs       no people in other garments: only what can be compared with a truth
  --fit-points DIR   NAME.json for people of worn pairs: these are drawn with fit points as well
  --compare FILE     the evaluation.json of another run: prints what got better and what got worse
  --pictures N       at most N people in other garments, spread evenly over both folders
  --threads N        one for each core by default
  --networks DIR     the networks that find people, "build/models" by default; without them, by classical means

A manifest.json in a folder or beside it tells more of its photos: {"photos": [{"file": "garments/g01.jpg", "category":
"dress", "pair": "7"}]}. The category decides the pattern; without it the words of the file's name do (silk_kurta.jpg), and
else the shape. A person and a garment with the same "pair" belong together: the person's photo then shows the truth.

OUT/index.html       the pictures, the worst first, with a line of verdict each
OUT/evaluation.json  every measure of every picture
OUT/pictures/        the pictures themselves

Measures: likeness to the truth inside everything that changed (PSNR, SSIM, MS-SSIM, gradient similarity, histogram
distance), for the engine and for a plain pasted overlay; silhouette IoU and the errors of hem, neckline and cuffs in px
of 1024; share of the worn top still seen; share of the garment outside the body; distance between the product's colours
and the drawn ones; pixels changed outside the change mask (must be 0). Where the photo itself shows the truth, the worn
top is painted grey before anything is drawn.

Exit code 2: an argument or a folder cannot be used. 1: nothing could be drawn.

example: fitview evaluate --people photos/people --garments photos/garments --closed-loop -o after
             --compare before/evaluation.json
)";
}

}  // namespace fitview::engine
