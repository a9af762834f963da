#pragma once
// The program's version, from the build.
namespace fitview::app {

inline constexpr const char* version = FITVIEW_VERSION;

}  // namespace fitview::app
