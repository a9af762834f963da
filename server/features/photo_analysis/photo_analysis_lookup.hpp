#pragma once
// What other features may ask: analyses by content, and whether a picture can be tried on.
#include "photo_analysis/prepared_photos.hpp"  // IWYU pragma: export
#include "photo_analysis/readiness.hpp"        // IWYU pragma: export
