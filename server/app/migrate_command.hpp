#pragma once
// `fitview migrate-data`: a shop's documents and pictures to another engine.
#include <iosfwd>
#include <span>
#include <string>

#include "reflect/environment.hpp"

namespace fitview::app {

/// Runs the command with what follows its name; settings are read from `environment`. Says on `progress` how far it
/// is, on `out` what came of it. Returns 0 when everything is there and compared, 1 when it could not be moved, 2 for
/// arguments that cannot be understood, 3 when the comparison found differences.
int migrate_command(std::span<const std::string> arguments, const reflect::Environment& environment, std::ostream& out,
                    std::ostream& progress);

}  // namespace fitview::app
