#pragma once
// Whether what was asked for can be tried on, as the failure that says what to change.
#include <string>
#include <string_view>

#include "base/failure.hpp"
#include "tryon/tryon_sources.hpp"

namespace fitview::tryon {

/// not_try_on_ready with the reasons of the picture.
Failure not_ready(std::string_view what, const Source& source, const std::string& pointer);

/// Fails: invalid_input for a size the garment is not offered in.
void check_size(const Options& options, const Source& garment);

bool is_way_to_wear(engine::DrapeWay way, const Source& garment);
/// invalid_input that names the ways there are.
Failure wrong_drape(const Source& garment, const std::string& pointer);

/// Fails: invalid_input for a size or a way to wear that is none of the garment's.
void check_options(const Options& options, const Source& garment);

}  // namespace fitview::tryon
