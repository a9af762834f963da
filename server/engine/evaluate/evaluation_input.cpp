#include "engine/evaluate/evaluation_input.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <mutex>
#include <string_view>

#include "media/pictures.hpp"
#include "reflect/json.hpp"
#include "reflect/members.hpp"

namespace fitview::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t manifest_bytes_max = 8 * 1024 * 1024;

std::string quoted(const fs::path& path) {
    return "\"" + path.string() + "\"";
}

bool is_picture(const fs::path& file) {
    constexpr std::array<std::string_view, 7> endings{".jpg", ".jpeg", ".png", ".webp", ".avif", ".heic", ".heif"};
    std::string ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return std::tolower(c); });
    return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

boost::json::value read_manifest(const fs::path& file) {
    auto parsed = reflect::parse_json(read_bytes(file, manifest_bytes_max));
    if (const auto* reason = std::get_if<std::string>(&parsed))
        throw UnusableInput("The manifest " + quoted(file) + " cannot be read: " + *reason);
    return std::get<boost::json::value>(std::move(parsed));
}

/// The objects of the list `name` in a manifest.
std::vector<const boost::json::value*> entries(const boost::json::value& manifest, std::string_view name,
                                               const fs::path& file) {
    std::vector<Problem> problems;
    std::vector<const boost::json::value*> found;
    const auto* whole = reflect::read_object(manifest, "", problems);
    const auto* list = whole ? reflect::member_of(*whole, name) : nullptr;
    const auto* items = list ? reflect::read_array(*list, "", problems) : nullptr;
    if (!items) throw UnusableInput("The manifest " + quoted(file) + " has no list \"" + std::string(name) + "\"");
    for (std::size_t i = 0; i < reflect::size_of(*items); ++i) found.push_back(&reflect::item_of(*items, i));
    return found;
}

/// A text member, empty when it is not there or is none.
std::string text_of(const boost::json::value& entry, std::string_view name) {
    std::vector<Problem> problems;
    const auto* object = reflect::read_object(entry, "", problems);
    const auto* member = object ? reflect::member_of(*object, name) : nullptr;
    return member ? reflect::read_string(*member, "", problems).value_or("") : "";
}

std::optional<double> number_of(const boost::json::value& entry, std::string_view name) {
    std::vector<Problem> problems;
    const auto* object = reflect::read_object(entry, "", problems);
    const auto* member = object ? reflect::member_of(*object, name) : nullptr;
    return member && member->is_number() ? std::optional(member->to_number<double>()) : std::nullopt;
}

/// What an entry says in centimetres, and how its cloth is worn.
TryOnOptions known_of(const boost::json::value& entry, const fs::path& file) {
    TryOnOptions known;
    known.measures.body = {.height = number_of(entry, "height_cm"),
                           .bust = number_of(entry, "bust_cm"),
                           .waist = number_of(entry, "waist_cm"),
                           .hip = number_of(entry, "hip_cm")};
    known.drape_way = reflect::enum_from<DrapeWay>(text_of(entry, "drape"));
    const std::string size = text_of(entry, "size");
    if (size.empty()) return known;
    const std::string elsewhere = text_of(entry, "size_chart");
    const auto chart =
        read_size_chart(elsewhere.empty() ? boost::json::serialize(entry)
                                          : read_bytes(file.parent_path() / elsewhere, manifest_bytes_max));
    if (!std::holds_alternative<SizeChart>(chart))
        throw UnusableInput("A size chart in " + quoted(file) + " cannot be used");
    known.measures.garment = measures_of(std::get<SizeChart>(chart), size);
    return known;
}

struct Remark {
    std::string category, pair;
    TryOnOptions known;
};

/// What the manifest says, by the file's path below the manifest's folder.
std::map<std::string, Remark> remarks_on(const fs::path& folder) {
    std::map<std::string, Remark> remarks;
    const fs::path whole = fs::absolute(folder).lexically_normal();
    const fs::path place = whole.has_filename() ? whole : whole.parent_path();
    for (const fs::path& holder : {place, place.parent_path()}) {
        const fs::path file = holder / "manifest.json";
        if (!fs::exists(file)) continue;
        const auto manifest = read_manifest(file);
        for (const auto* entry : entries(manifest, "photos", file)) {
            const fs::path photo = (holder / text_of(*entry, "file")).lexically_normal();
            if (photo.parent_path() == place)
                remarks[photo.filename().string()] = {text_of(*entry, "category"), text_of(*entry, "pair"),
                                                      known_of(*entry, file)};
        }
        break;
    }
    return remarks;
}

bool can_be_dressed(std::optional<GarmentType> type) {
    return type != GarmentType::not_worn;
}

std::string cannot_dress(const std::string& name, const std::string& category) {
    return name + ": the engine cannot dress \"" + category + "\"";
}

}  // namespace

std::string read_bytes(const fs::path& file, std::size_t bytes_max) {
    std::error_code failed;
    if (!fs::exists(file, failed)) throw UnusableInput("The file " + quoted(file) + " does not exist");
    if (!fs::is_regular_file(file, failed)) throw UnusableInput(quoted(file) + " is not a file");
    std::ifstream stream(file, std::ios::binary);
    if (!stream) throw UnusableInput("The file " + quoted(file) + " cannot be opened for reading");
    std::string bytes(bytes_max + 1, '\0');
    stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(stream.gcount()));
    if (bytes.size() > bytes_max)
        throw UnusableInput("The file " + quoted(file) + " is larger than " + std::to_string(bytes_max / 1024 / 1024) +
                            " MB");
    return bytes;
}

void write_bytes(const fs::path& file, const std::string& bytes) {
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.close();
    if (!stream) throw UnusableInput("The file " + quoted(file) + " cannot be written");
}

media::Raster read_photo(const fs::path& file) {
    const std::string bytes = read_bytes(file, media::picture_bytes_max);
    static std::mutex one_at_a_time;  // the in-process decoder's rule
    const std::lock_guard lock(one_at_a_time);
    auto decoded = media::decode_picture(bytes, working_size);
    if (const auto* refusal = std::get_if<media::Refusal>(&decoded))
        throw UnusableInput("The picture " + quoted(file) + " cannot be used: " + refusal->reason);
    return std::get<media::Raster>(std::move(decoded));
}

std::vector<InputPhoto> find_photos(const fs::path& folder, std::vector<std::string>& left_out) {
    std::error_code failed;
    if (!fs::exists(folder, failed)) throw UnusableInput("The folder " + quoted(folder) + " does not exist");
    if (!fs::is_directory(folder, failed)) throw UnusableInput(quoted(folder) + " is not a folder");
    const std::map<std::string, Remark> remarks = remarks_on(folder);
    std::vector<InputPhoto> photos;
    for (const auto& entry : fs::directory_iterator(folder, failed)) {
        if (!entry.is_regular_file(failed) || !is_picture(entry.path())) continue;
        InputPhoto photo{entry.path().stem().string(), entry.path(), std::nullopt, "", {}};
        std::string category = photo.name;
        if (const auto remark = remarks.find(entry.path().filename().string()); remark != remarks.end()) {
            photo.pair = remark->second.pair;
            photo.known = remark->second.known;
            if (!remark->second.category.empty()) category = remark->second.category;
        }
        photo.type = garment_type_of(category);
        if (!can_be_dressed(photo.type)) {
            left_out.push_back(cannot_dress(photo.name, category));
            continue;
        }
        photos.push_back(std::move(photo));
        if (photos.size() > photos_max)
            throw UnusableInput("The folder " + quoted(folder) + " holds more than " + std::to_string(photos_max) +
                                " pictures");
    }
    if (photos.empty())
        throw UnusableInput("The folder " + quoted(folder) + " holds no picture (JPEG, PNG, WebP, AVIF or HEIC)");
    std::sort(photos.begin(), photos.end(), [](const auto& a, const auto& b) { return a.file < b.file; });
    return photos;
}

std::vector<TruePair> find_pairs(const fs::path& folder, std::vector<std::string>& left_out) {
    std::error_code failed;
    if (!fs::is_directory(folder, failed)) throw UnusableInput("The folder " + quoted(folder) + " does not exist");
    const fs::path file = folder / "manifest.json";
    const auto manifest = read_manifest(file);
    std::vector<TruePair> pairs;
    for (const auto* entry : entries(manifest, "pairs", file)) {
        TruePair pair{text_of(*entry, "name"), text_of(*entry, "person"), text_of(*entry, "garment"),
                      text_of(*entry, "worn"), text_of(*entry, "mask"),   std::nullopt,
                      known_of(*entry, file)};
        if (pair.name.empty() || pair.person.empty() || pair.garment.empty() || pair.worn.empty())
            throw UnusableInput("A pair in " + quoted(file) + " needs \"name\", \"person\", \"garment\" and \"worn\"");
        const std::string category = text_of(*entry, "category");
        pair.type = garment_type_of(category);
        if (!can_be_dressed(pair.type)) {
            left_out.push_back(cannot_dress(pair.name, category));
            continue;
        }
        for (fs::path* path : {&pair.person, &pair.garment, &pair.worn, &pair.mask})
            if (!path->empty()) *path = folder / *path;
        pairs.push_back(std::move(pair));
    }
    return pairs;
}

}  // namespace fitview::engine
