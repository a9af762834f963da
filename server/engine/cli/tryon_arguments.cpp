#include "engine/cli/tryon_arguments.hpp"

#include <cstdlib>
#include <vector>

namespace fitview::engine {
namespace {

bool ends_with(const std::string& text, std::string_view ending) {
    return text.size() > ending.size() && std::string_view(text).substr(text.size() - ending.size()) == ending;
}

/// Takes one option with its value; the sentence says what is wrong.
std::optional<std::string> take(const std::string& option, const std::string& value, TryOnArguments& arguments) {
    if (option == "-o" || option == "--output") {
        if (!ends_with(value, ".webp") && !ends_with(value, ".png"))
            return "The output \"" + value + "\" must end in .webp or .png";
        arguments.output = value;
    } else if (option == "--category") {
        arguments.category = garment_type_of(value);
        if (!arguments.category || arguments.category == GarmentType::not_worn)
            return "--category must be a garment such as t-shirt, kurta or dress, not \"" + value + "\"";
    } else if (option == "--background") {
        if (value != "keep" && value != "studio") return "--background must be keep or studio, not \"" + value + "\"";
        arguments.options.background = value == "keep" ? Background::keep : Background::studio;
    } else if (option == "--size-scale") {
        char* end = nullptr;
        arguments.options.size_scale = std::strtod(value.c_str(), &end);
        if (end == value.c_str() || *end != '\0' ||
            !(arguments.options.size_scale >= 0.6 && arguments.options.size_scale <= 1.6))
            return "--size-scale must be a number from 0.6 to 1.6, not \"" + value + "\"";
    } else if (option == "--fit-points") {
        arguments.fit_points = value;
    } else if (option == "--stages") {
        arguments.stages = value;
    } else if (option == "--mask") {
        if (!ends_with(value, ".png")) return "The mask \"" + value + "\" must end in .png";
        arguments.mask = value;
    } else {
        return "Unknown option " + option;
    }
    return std::nullopt;
}

}  // namespace

std::variant<TryOnArguments, std::string> read_tryon_arguments(std::span<const std::string> args) {
    TryOnArguments arguments;
    std::vector<std::string> files;
    for (std::size_t i = 0; i < args.size(); ++i) {
        if (args[i] == "--help" || args[i] == "-h") {
            arguments.help = true;
            return arguments;
        }
        if (args[i].size() < 2 || args[i][0] != '-') {
            files.push_back(args[i]);
            continue;
        }
        const std::size_t equals = args[i].rfind("--", 0) == 0 ? args[i].find('=') : std::string::npos;
        const std::string option = args[i].substr(0, equals);
        if (equals == std::string::npos && i + 1 == args.size()) return option + " needs a value";
        const std::string value = equals == std::string::npos ? args[++i] : args[i].substr(equals + 1);
        if (auto fault = take(option, value, arguments)) return *fault;
    }
    if (files.size() != 2)
        return "Two pictures are needed, the person's and the garment's; " + std::to_string(files.size()) +
               " were given";
    if (arguments.output.empty()) return std::string("Say where the picture goes: -o OUT.webp");
    arguments.person = files[0];
    arguments.garment = files[1];
    return arguments;
}

std::string_view tryon_help() {
    return R"(usage: fitview tryon PERSON GARMENT -o OUT.webp [options]

Dresses the person of one photo in the garment of another. Nothing leaves this machine.

  PERSON    photo of one person facing the camera, upper body in view (JPEG, PNG, WebP, AVIF or HEIC)
  GARMENT   product photo of one top or dress on a plain ground, laid flat or on an invisible mannequin
  -o OUT    the picture; .webp (compressed) or .png (lossless)

  --category WORDS         what the garment is, as a shop says it: "t-shirt", "silk kurta", dress; without it the shape
                           decides (say it for tunics and long tops)
  --fit-points FILE        JSON with body points that override what is found:
                           {"points": [{"name": "left_shoulder", "x": 0.62, "y": 0.24}]}
                           x and y are fractions of the upright picture, left and right are the wearer's;
                           left_/right_ shoulder, elbow and wrist help most
  --stages DIR             also write a lossless PNG of every stage into DIR
  --mask FILE.png          also write the change mask: white where the picture differs from the photo
  --size-scale NUMBER      0.6 to 1.6; 1 is the size that fits best
  --background keep|studio keep the photo's background (usual) or put a plain studio behind the person

Best results: an even wall behind the person, arms a little away from the body, hair behind the shoulders, a close-fitting
plain top. What lowers the quality is said with the result. Exit code 2: an argument or a file cannot be used.

example: fitview tryon model.jpg kurta.jpg -o tryon.webp --stages stages
)";
}

}  // namespace fitview::engine
