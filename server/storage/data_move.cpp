#include "storage/data_move.hpp"

#include "reflect/json.hpp"

namespace fitview::storage {

std::optional<DataMove> find_move(Collection& moves) {
    const auto found = moves.read("");
    if (found.empty()) return std::nullopt;
    return reflect::decode_own<DataMove>(found.front().text);
}

// A crash between the two leaves a target that is not empty and has no mark: a person must look at it.
void keep_move(Collection& moves, const DataMove& move) {
    moves.remove({move.id});
    moves.insert({{.key = move.id, .text = reflect::encode_text(move), .ends_at = {}}});
}

}  // namespace fitview::storage
