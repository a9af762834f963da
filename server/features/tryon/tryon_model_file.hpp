#pragma once
// The try-on in three dimensions, kept beside its picture.
#include <string>

namespace fitview::tryon {

/// The object key of the model that belongs to the picture under `result_key`.
std::string model_key_of(const std::string& result_key);

}  // namespace fitview::tryon
