#pragma once
// What a session's picture is made from, out of the object store.
#include "photo_analysis/photo_analysis_lookup.hpp"
#include "storage/objects/objects.hpp"
#include "tryon/tryon.hpp"

namespace fitview::tryon {

/// The pixels of a picture this program has stored. Fails: std::runtime_error when it cannot be read.
media::Raster pixels_of(const std::string& picture);

/// What was sent with the session's photo. `objects` must outlive the result. Its mask fails with std::runtime_error
/// when it was deleted.
photo_analysis::GivenPerson given_person(const Session& session, storage::Objects& objects);

}  // namespace fitview::tryon
