#include "engine/cli/tryon_command.hpp"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>

#include "engine/cli/tryon_arguments.hpp"
#include "engine/export/try_on_model.hpp"
#include "engine/garment/parse_garment.hpp"
#include "engine/parse_given_person.hpp"
#include "engine/person/parse_person.hpp"
#include "engine/pose/person_networks.hpp"
#include "engine/read_fit_points.hpp"
#include "media/pictures.hpp"

namespace fitview::engine {
namespace {

constexpr int exit_unwritable = 1, exit_unusable = 2;
constexpr double nobody_seen = 0.05;
constexpr std::size_t document_bytes_max = 1024 * 1024;

/// Ends the command with a sentence for the user.
struct Refused {
    int exit_code;
    std::string sentence;
};

std::string read_file(const std::string& path, std::string_view what, std::size_t bytes_max) {
    std::error_code failed;
    const auto status = std::filesystem::status(path, failed);
    const std::string subject = "The " + std::string(what) + " \"" + path + "\"";
    if (!std::filesystem::exists(status)) throw Refused{exit_unusable, subject + " does not exist"};
    if (std::filesystem::is_directory(status)) throw Refused{exit_unusable, subject + " is a folder, not a file"};
    std::ifstream file(path, std::ios::binary);
    if (!file) throw Refused{exit_unusable, subject + " cannot be opened for reading"};
    std::string bytes;
    bytes.resize(bytes_max + 1);
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    if (bytes.size() > bytes_max)
        throw Refused{exit_unusable, subject + " is larger than " + std::to_string(bytes_max / (1024 * 1024)) + " MB"};
    return bytes;
}

media::Raster read_picture(const std::string& path, std::string_view what) {
    const std::string bytes = read_file(path, what, media::picture_bytes_max);
    auto decoded = media::decode_picture(bytes, working_size);
    if (const auto* refusal = std::get_if<media::Refusal>(&decoded))
        throw Refused{exit_unusable,
                      "The " + std::string(what) + " \"" + path + "\" cannot be used: " + refusal->reason};
    return std::get<media::Raster>(std::move(decoded));
}

/// What `read` makes of a JSON document, or every fault of it.
template <class Document>
Document read_document(const std::string& path, std::string_view what,
                       std::variant<Document, std::vector<Problem>> (*read)(std::string_view)) {
    auto document = read(read_file(path, what, document_bytes_max));
    if (const auto* problems = std::get_if<std::vector<Problem>>(&document)) {
        std::string sentence = "The " + std::string(what) + " \"" + path + "\" cannot be used:";
        for (const Problem& problem : *problems)
            sentence += "\n  " + (problem.pointer->empty() ? "" : *problem.pointer + " ") + problem.detail;
        throw Refused{exit_unusable, sentence};
    }
    return std::get<Document>(std::move(document));
}

GarmentMeasures read_measures(const std::string& path, const std::string& size) {
    const auto chart = read_document(path, "size chart", read_size_chart);
    if (chart.sizes.count(size) == 0)
        throw Refused{exit_unusable, "The size chart \"" + path + "\" has no size \"" + size + "\""};
    return measures_of(chart, size);
}

void write_file(const std::string& path, const std::string& bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) throw Refused{exit_unwritable, "The file \"" + path + "\" cannot be written"};
}

/// Before the work, so that nobody waits for a picture that has no place to go.
void require_folder_of(const std::string& path) {
    const std::filesystem::path folder = std::filesystem::absolute(path).parent_path();
    std::error_code failed;
    if (!std::filesystem::is_directory(folder, failed))
        throw Refused{exit_unusable, "The folder of the output \"" + path + "\" does not exist"};
    if (std::filesystem::is_directory(path, failed))
        throw Refused{exit_unusable, "The output \"" + path + "\" is a folder"};
}

/// Numbers the stages' pictures in their order and writes them as they come.
class StageFiles : public StageObserver {
public:
    explicit StageFiles(std::optional<std::string> folder) : folder_(std::move(folder)) {
        if (!folder_) return;
        std::error_code failed;
        std::filesystem::create_directories(*folder_, failed);
        if (failed || !std::filesystem::is_directory(*folder_, failed))
            throw Refused{exit_unusable, "The folder \"" + *folder_ + "\" for the stages cannot be made"};
    }

    bool wants_pictures() const override { return folder_.has_value(); }
    void shows(std::string_view stage, const media::Raster& picture) override {
        ++count_;
        const std::string number = (count_ < 10 ? "0" : "") + std::to_string(count_) + "_";
        write_file(*folder_ + "/" + number + std::string(stage) + ".png", media::encode_png(picture));
    }

private:
    std::optional<std::string> folder_;
    int count_ = 0;
};

void describe(const TryOnPicture& result, double milliseconds, const std::string& path, std::ostream& out) {
    char line[160];
    std::snprintf(line, sizeof line, ": %d x %d, quality %.2f (pose %.2f, cutout %.2f, fit %.2f), %.0f ms\n",
                  result.picture.width, result.picture.height, result.quality.score, result.quality.pose,
                  result.quality.cutout, result.quality.fit, milliseconds);
    out << path << line;
    for (const std::string& warning : result.quality.warnings) out << "  " << warning << '\n';
    for (const std::string& note : result.fit.notes) out << "  " << note << '\n';
    for (const ZoneFit& zone : result.fit.zones) {
        std::snprintf(line, sizeof line, "  %s: %s, %+.0f cm\n", zone.zone.c_str(), zone.verdict.c_str(), zone.ease_cm);
        out << line;
    }
    if (result.quality.score < quality_floor) out << "  This is a rough preview.\n";
}

void run(const TryOnArguments& arguments, std::ostream& out) {
    require_folder_of(arguments.output);
    if (arguments.mask) require_folder_of(*arguments.mask);
    if (arguments.model) require_folder_of(*arguments.model);
    const media::Raster photo = read_picture(arguments.person, "person's photo");
    std::vector<media::Raster> products;
    for (const std::string& path : arguments.garments) products.push_back(read_picture(path, "garment's photo"));
    std::optional<FitPoints> points;
    if (arguments.fit_points) points = read_document(*arguments.fit_points, "fit points file", read_fit_points);
    TryOnOptions options = arguments.options;
    if (arguments.size_chart) options.measures.garment = read_measures(*arguments.size_chart, *arguments.size);
    StageFiles stages(arguments.stages);

    const auto start = std::chrono::steady_clock::now();
    // beside the person, unless pictures of the stages are written in their order
    auto analysed = std::async(arguments.stages ? std::launch::deferred : std::launch::async, [&] {
        std::vector<PreparedGarment> prepared;
        for (std::size_t at = 0; at < products.size(); ++at)
            prepared.push_back(
                prepare_garment(products[at], arguments.categories[at], arguments.stages ? &stages : nullptr));
        return prepared;
    });
    std::string fault;
    const PersonNetworks networks = find_person_networks(arguments.networks, fault);
    if (!fault.empty()) out << "People are found by classical means: " << fault << '\n';
    PersonModel model =
        points ? parse_given_person(photo, networks.sight(), *points) : parse_person(photo, networks.sight());
    const PreparedPerson person = prepare_person(std::move(model), &stages);
    const std::vector<PreparedGarment> garments = analysed.get();
    std::vector<OutfitPiece> pieces;
    for (const PreparedGarment& garment : garments) pieces.push_back({&garment, options});
    const TryOnPicture result = compose_outfit(person, pieces, &stages);
    const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
    if (result.quality.pose < nobody_seen)
        throw Refused{exit_unusable,
                      "No person was found in \"" + arguments.person +
                          "\": use a photo of one person facing the camera with the whole upper body in view"};
    for (std::size_t at = 0; at < garments.size(); ++at)
        if (garments[at].pattern.empty())
            throw Refused{exit_unusable, "No garment was found in \"" + arguments.garments[at] +
                                             "\": use a photo of one garment on a plain ground of another colour"};
    const bool lossless = arguments.output.ends_with(".png");
    write_file(arguments.output, lossless ? media::encode_png(result.picture) : media::encode_webp(result.picture));
    if (arguments.mask) write_file(*arguments.mask, media::encode_png(result.change_mask));
    if (arguments.model) write_file(*arguments.model, model_of_try_on(person, pieces));
    describe(result, taken.count(), arguments.output, out);
}

}  // namespace

int tryon_command(std::span<const std::string> args, std::ostream& out, std::ostream& err) {
    const auto arguments = read_tryon_arguments(args);
    if (const auto* fault = std::get_if<std::string>(&arguments)) {
        err << "fitview tryon: " << *fault << ".\nTry: fitview tryon --help\n";
        return exit_unusable;
    }
    const auto& read = std::get<TryOnArguments>(arguments);
    if (read.help) {
        out << tryon_help();
        return 0;
    }
    try {
        run(read, out);
        return 0;
    } catch (const Refused& refused) {
        err << "fitview tryon: " << refused.sentence << ".\n";
        return refused.exit_code;
    }
}

}  // namespace fitview::engine
