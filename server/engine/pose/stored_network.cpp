#include "engine/pose/stored_network.hpp"

#include <utility>

#include "engine/network/read_model.hpp"

namespace fitview::engine {

StoredNetwork::StoredNetwork(std::string folder, const ModelFile& file) : folder_(std::move(folder)), file_(file) {
    read_model_file(folder_, file_);
}

const network::Network& StoredNetwork::get() const {
    std::call_once(unpacked_, [this] {
        const auto bytes = read_model_file(folder_, file_);
        network_.emplace(network::read_model(bytes).graph);
    });
    return *network_;
}

}  // namespace fitview::engine
