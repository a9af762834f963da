#include "engine/cli/tryon_arguments.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "reflect/members.hpp"

namespace fitview::engine {
namespace {

bool ends_with(const std::string& text, std::string_view ending) {
    return text.size() > ending.size() && std::string_view(text).substr(text.size() - ending.size()) == ending;
}

/// A number between two limits, or nothing.
std::optional<double> number_in(const std::string& value, double low, double high) {
    char* end = nullptr;
    const double number = std::strtod(value.c_str(), &end);
    if (end == value.c_str() || *end != '\0' || !(number >= low && number <= high)) return std::nullopt;
    return number;
}

/// Takes an option about sizes and measures; whether it was one.
bool take_measure(const std::string& option, const std::string& value, TryOnArguments& arguments,
                  std::optional<std::string>& fault) {
    const auto needs = [&](const char* what) { fault = option + " must be " + what + ", not \"" + value + "\""; };
    if (option == "--size-scale") {
        const auto scale = number_in(value, 0.6, 1.6);
        if (!scale) needs("a number from 0.6 to 1.6");
        arguments.options.size_scale = scale.value_or(1);
    } else if (option == "--height-cm") {
        arguments.options.measures.body.height = number_in(value, 100, 230);
        if (!arguments.options.measures.body.height) needs("a number from 100 to 230");
    } else if (option == "--bust-cm") {
        arguments.options.measures.body.bust = number_in(value, 50, 200);
        if (!arguments.options.measures.body.bust) needs("a number from 50 to 200");
    } else if (option == "--size-chart") {
        arguments.size_chart = value;
    } else if (option == "--size") {
        arguments.size = value;
    } else {
        return false;
    }
    return true;
}

/// Takes one option with its value; the sentence says what is wrong.
std::optional<std::string> take(const std::string& option, const std::string& value, TryOnArguments& arguments) {
    std::optional<std::string> fault;
    if (take_measure(option, value, arguments, fault)) return fault;
    if (option == "-o" || option == "--output") {
        if (!ends_with(value, ".webp") && !ends_with(value, ".png"))
            return "The output \"" + value + "\" must end in .webp or .png";
        arguments.output = value;
    } else if (option == "--category") {
        arguments.categories.push_back(garment_type_of(value));
        if (!arguments.categories.back() || arguments.categories.back() == GarmentType::not_worn)
            return "--category must be a garment such as t-shirt, kurta or dress, not \"" + value + "\"";
    } else if (option == "--background") {
        if (value != "keep" && value != "studio") return "--background must be keep or studio, not \"" + value + "\"";
        arguments.options.background = value == "keep" ? Background::keep : Background::studio;
    } else if (option == "--fit-points") {
        arguments.fit_points = value;
    } else if (option == "--networks") {
        arguments.networks = value;
    } else if (option == "--stages") {
        arguments.stages = value;
    } else if (option == "--material") {
        arguments.options.material = material_of(value);
        if (!arguments.options.material)
            return "--material must name a fabric such as silk or denim, not \"" + value + "\"";
    } else if (option == "--drape") {
        std::string name = value;
        std::replace(name.begin(), name.end(), '-', '_');
        arguments.options.drape_way = reflect::enum_from<DrapeWay>(name);
        if (!arguments.options.drape_way)
            return "--drape must be nivi, nivi-open, seedha-pallu or bengali (saree), sides, one-shoulder or "
                   "round-neck "
                   "(dupatta), not \"" +
                   value + "\"";
    } else if (option == "--mask") {
        if (!ends_with(value, ".png")) return "The mask \"" + value + "\" must end in .png";
        arguments.mask = value;
    } else if (option == "--model") {
        if (!ends_with(value, ".glb")) return "The model \"" + value + "\" must end in .glb";
        arguments.model = value;
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
    if (files.size() < 2 || files.size() > outfit_pieces_max + 1)
        return "A picture of the person and one to four of garments are needed; " + std::to_string(files.size()) +
               " were given";
    if (arguments.categories.size() >= files.size()) return std::string("There are more categories than garments");
    if (arguments.size_chart && files.size() > 2) return std::string("--size-chart needs a single garment");
    arguments.categories.resize(files.size() - 1);
    if (arguments.size_chart.has_value() != arguments.size.has_value())
        return std::string("--size-chart and --size belong together");
    if (arguments.output.empty()) return std::string("Say where the picture goes: -o OUT.webp");
    arguments.person = files[0];
    arguments.garments.assign(files.begin() + 1, files.end());
    return arguments;
}

std::string_view tryon_help() {
    return R"(usage: fitview tryon PERSON GARMENT [GARMENT...] -o OUT.webp [options]

Dresses the person of one photo in the garments of others, in dressing order whatever their order here. Nothing leaves this machine.

  PERSON    photo of one person facing the camera, upper body in view (JPEG, PNG, WebP, AVIF or HEIC)
  GARMENT   product photo of one garment on a plain ground, laid flat or on an invisible mannequin
  -o OUT    the picture; .webp (compressed) or .png (lossless)

  --category WORDS         what the garment is, as a shop says it: "silk kurta", jeans, lehenga; without it the shape
                           decides (say it for all but t-shirts and trousers). Once for each garment, in their order
  --material WORDS         the fabric: "pure silk", denim, georgette; without it plain cotton
  --drape WAY              how a saree (nivi, the usual way, nivi-open, seedha-pallu or bengali) or a dupatta (sides,
                           the usual way, one-shoulder or round-neck) is worn
  --fit-points FILE        JSON with body points that override what is found:
                           {"points": [{"name": "left_shoulder", "x": 0.62, "y": 0.24}]}
                           x and y are fractions of the upright picture, left and right are the wearer's;
                           left_/right_ shoulder, elbow and wrist help most
  --networks DIR           the networks that find people, "build/models" by default; without them, by classical means
  --stages DIR             also write a lossless PNG of every stage into DIR
  --mask FILE.png          also write the change mask: white where the picture differs from the photo
  --size-chart FILE --size NAME
                           the size that is tried on, and the product's measures as JSON:
                           {"size_chart": {"M": {"chest": 104, "length": 98, "sleeve": 44}}, "size_chart_of": "garment",
                           "size_chart_unit": "cm"}; hem, sleeves and girth follow it
  --height-cm NUMBER       the person's height, which tells how many pixels a centimetre has
  --bust-cm NUMBER         the person's bust or chest, all the way round
  --size-scale NUMBER      without a chart: girth from 0.6 to 1.6; 1 is the size that fits best
  --model FILE.glb         also write the try-on in three dimensions (binary glTF), to turn in a viewer
  --background keep|studio keep the photo's background (usual) or put a plain studio behind the person

Best results: an even wall behind the person, arms a little away from the body, hair behind the shoulders, a close-fitting
plain top. What lowers the quality is said with the result. Exit code 2: an argument or a file cannot be used.

example: fitview tryon model.jpg kurta.jpg -o tryon.webp --stages stages
)";
}

}  // namespace fitview::engine
