#pragma once
// The photos an evaluation works on, found in folders.
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/composer.hpp"

namespace fitview::engine {

/// A folder or file that cannot be used; the text is a sentence for the user without a full stop.
struct UnusableInput : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct InputPhoto {
    std::string name;  ///< file name without its ending
    std::filesystem::path file;
    std::optional<GarmentType> type;  ///< of a garment, when somebody said it
    std::string pair;                 ///< equal and not empty: the person of this photo wears the garment of that one
    TryOnOptions known = {};          ///< measures of the person or of the garment, and how cloth is worn
};

/// Two pictures of one person, in the same pose and light, without and with the garment.
struct TruePair {
    std::string name;
    std::filesystem::path person, garment, worn;
    std::filesystem::path mask;  ///< of the garment as it is seen in `worn`; empty when there is none
    std::optional<GarmentType> type;
    TryOnOptions known = {};  ///< as in InputPhoto, of both
};

struct EvaluationInput {
    std::vector<InputPhoto> people, garments;  ///< sorted by name
    std::vector<TruePair> pairs;
    std::vector<std::string> left_out;  ///< sentences about photos that cannot take part
};

constexpr std::size_t photos_max = 5000;

/// The pictures (JPEG, PNG, WebP, AVIF, HEIC) directly in `folder`, sorted by name. What a `manifest.json` in the
/// folder or beside it says of them is taken along: {"photos": [{"file": "garments/g01.jpg", "category": "dress",
/// "pair": "7"}]}; of a person also "height_cm", "bust_cm", "waist_cm", "hip_cm", of a garment "size_chart" with "size"
/// (as `read_size_chart` takes it, or the name of such a file beside the manifest) and "drape", a way to wear it.
/// Without a category the words of the file's name decide. What the engine cannot dress goes to `left_out`. Fails:
/// UnusableInput.
std::vector<InputPhoto> find_photos(const std::filesystem::path& folder, std::vector<std::string>& left_out);

/// The pairs `folder`/manifest.json lists: {"pairs": [{"name", "category", "person", "garment", "worn", "mask"}]} with
/// files relative to the folder, and measures as in `find_photos`. Fails: UnusableInput.
std::vector<TruePair> find_pairs(const std::filesystem::path& folder, std::vector<std::string>& left_out);

/// The upright picture of a file at working size. Thread-safe. Fails: UnusableInput.
media::Raster read_photo(const std::filesystem::path& file);

/// The bytes of a file of at most `bytes_max`. Fails: UnusableInput.
std::string read_bytes(const std::filesystem::path& file, std::size_t bytes_max);

/// Writes or replaces a file. Fails: UnusableInput.
void write_bytes(const std::filesystem::path& file, const std::string& bytes);

}  // namespace fitview::engine
