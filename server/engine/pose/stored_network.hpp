#pragma once
// A network that lies on disk until somebody needs it.
#include <mutex>
#include <optional>
#include <string>

#include "engine/network/network.hpp"
#include "engine/pose/model_files.hpp"

namespace fitview::engine {

/// Unpacked by its first use, so that a program that analyses no photo does without its memory. Safe to use from
/// several threads at once.
class StoredNetwork {
public:
    /// Reads the file once to be sure of it. Fails: as read_model_file.
    StoredNetwork(std::string folder, const ModelFile& file);
    /// Fails: as read_model_file, when the file has been changed since; the next call tries again.
    const network::Network& get() const;

private:
    std::string folder_;
    ModelFile file_;
    mutable std::once_flag unpacked_;
    mutable std::optional<network::Network> network_;
};

}  // namespace fitview::engine
