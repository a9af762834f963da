#pragma once
// `fitview evaluate`: how good the engine is on given photos, as a page and as figures.
#include <ostream>
#include <span>
#include <string>

namespace fitview::engine {

/// `args` are the words after "evaluate". Writes the result's folder, a summary to `out`, progress and complaints to
/// `err`. Returns the exit code: 0 done, 1 nothing could be drawn, 2 an argument or a folder is not usable.
int evaluate_command(std::span<const std::string> args, std::ostream& out, std::ostream& err);

}  // namespace fitview::engine
