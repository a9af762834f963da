#pragma once
// Example: a picture generator of one's own. It draws where the garment would go instead of rendering it, which shows
// all a generator has to do: answer with a picture and its quality, or with a fault so that the next one is asked.
#include <memory>

#include "ai/picture_generator.hpp"

namespace fitview::examples {

/// Draws the outline of the trunk on the person's picture. Thread-safe. Gives a fault when the trunk was not found.
///
/// To use it, make it in server/app/composition.cpp and put it into the list handed to tryon::Worker, before the
/// engine's own generator: the first that makes a picture wins.
std::unique_ptr<ai::PictureGenerator> make_outline_generator();

}  // namespace fitview::examples
