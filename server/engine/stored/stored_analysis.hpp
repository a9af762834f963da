#pragma once
// What was learnt from a photo, as bytes to keep: a restart or another machine need not analyse it again. Only the
// models are kept; body, undressed person, pattern and texture are made of them in a tenth of a second.
#include <optional>
#include <string>
#include <string_view>

#include "engine/garment/garment_model.hpp"
#include "engine/person/person_model.hpp"

namespace fitview::engine {

constexpr std::size_t stored_analysis_max = std::size_t{20} << 20U;  ///< bytes of one, compressed

/// Lossless, about 1 to 2.5 MB, about 30 ms. Thread-safe.
std::string store_analysis(const PersonModel& person);
std::string store_analysis(const GarmentModel& garment);

/// The model; nothing when the bytes are not what this very engine version wrote: older, newer, damaged or not an
/// analysis at all. Takes bytes from anywhere. About 15 ms. Thread-safe.
std::optional<PersonModel> restore_person(std::string_view bytes);
std::optional<GarmentModel> restore_garment(std::string_view bytes);

}  // namespace fitview::engine
