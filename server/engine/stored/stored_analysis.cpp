#include "engine/stored/stored_analysis.hpp"

#include <zstd.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "base/digest.hpp"
#include "engine/composer.hpp"
#include "engine/stored/packed_members.hpp"

namespace fitview::engine {
namespace {

constexpr std::string_view magic = "FVA1";
constexpr std::size_t body_max = std::size_t{24} << 20U;
constexpr int effort = 3;

/// What a stored analysis begins with: the format, the kind of model with its layout, and the engine that made it.
template <class Model>
std::string heading() {
    const std::string layout = sha256(std::string(engine_version) + fingerprint_of<Model>());
    return std::string(magic) + layout.substr(0, 12);
}

template <class Model>
std::string store(const Model& model) {
    Packer packer;
    packer.put(model);
    const std::string body = packer.take();
    std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, effort);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    std::string bytes = heading<Model>();
    const std::size_t begin = bytes.size();
    bytes.resize(begin + ZSTD_compressBound(body.size()));
    const std::size_t size =
        ZSTD_compress2(context.get(), bytes.data() + begin, bytes.size() - begin, body.data(), body.size());
    if (ZSTD_isError(size) != 0) throw std::runtime_error("an analysis could not be compressed");
    bytes.resize(begin + size);
    return bytes;
}

template <class Model>
std::optional<Model> restore(std::string_view bytes) {
    const std::string expected = heading<Model>();
    if (bytes.size() > stored_analysis_max || !bytes.starts_with(expected)) return std::nullopt;
    bytes.remove_prefix(expected.size());
    const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
    // A frame without a size, or one that promises more than any analysis has, is not ours.
    if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > body_max) return std::nullopt;
    std::string body(size, '\0');
    const std::size_t got = ZSTD_decompress(body.data(), body.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(got) != 0 || got != size) return std::nullopt;
    Unpacker unpacker(body);
    Model model;
    unpacker.get(model);
    if (!unpacker.done()) return std::nullopt;
    return model;
}

bool is_plane(const cv::Mat& plane, cv::Size size, int type) {
    return plane.size() == size && plane.type() == type;
}

/// Whether an arm's line has the two samples the headers promise.
bool is_sound(const PersonLandmarks& marks, cv::Size size) {
    if (!(marks.unit > 0) || marks.trunk_top < 0 || marks.trunk_top > size.height ||
        marks.trunk.size() > static_cast<std::size_t>(size.height) ||
        marks.legs.size() > static_cast<std::size_t>(size.height))
        return false;
    return std::all_of(marks.arm.begin(), marks.arm.end(), [](const Arm& arm) { return arm.line.size() >= 2; }) &&
           std::all_of(marks.shoulder_slope.begin(), marks.shoulder_slope.end(),
                       [](const std::vector<Point>& slope) { return slope.size() >= 2; });
}

bool is_sound(const PersonModel& person) {
    const cv::Size size = person.picture.size();
    double highest = 0;
    const bool planes = is_plane(person.picture, size, CV_8UC3) && is_plane(person.silhouette, size, CV_8UC1) &&
                        is_plane(person.labels, size, CV_8UC1) && is_plane(person.clean_plate, size, CV_8UC3);
    if (!planes || size.empty()) return false;
    cv::minMaxLoc(person.labels, nullptr, &highest);
    return cvRound(highest) <= label_lower && is_sound(person.landmarks, size);
}

bool is_sound(const GarmentModel& garment) {
    const cv::Size size = garment.picture.size();
    const auto plane_or_none = [&](const cv::Mat& plane) { return plane.empty() || is_plane(plane, size, CV_8UC1); };
    return !size.empty() && is_plane(garment.picture, size, CV_8UC3) && is_plane(garment.alpha, size, CV_8UC1) &&
           plane_or_none(garment.inner) && plane_or_none(garment.parts);
}

}  // namespace

std::string store_analysis(const PersonModel& person) {
    return store(person);
}

std::string store_analysis(const GarmentModel& garment) {
    return store(garment);
}

std::optional<PersonModel> restore_person(std::string_view bytes) {
    auto person = restore<PersonModel>(bytes);
    if (person && !is_sound(*person)) return std::nullopt;
    return person;
}

std::optional<GarmentModel> restore_garment(std::string_view bytes) {
    auto garment = restore<GarmentModel>(bytes);
    if (garment && !is_sound(*garment)) return std::nullopt;
    return garment;
}

}  // namespace fitview::engine
