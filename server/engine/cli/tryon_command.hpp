#pragma once
// `fitview tryon`: one try-on from files to a file, for work on quality and for the README's first picture.
#include <ostream>
#include <span>
#include <string>

namespace fitview::engine {

/// `args` are the words after "tryon". Writes the picture, a line about its quality to `out`, complaints to `err`.
/// Returns the exit code: 0 done, 1 the result could not be written, 2 an argument or a file is not usable.
int tryon_command(std::span<const std::string> args, std::ostream& out, std::ostream& err);

}  // namespace fitview::engine
