#include "tryon/tryon_checks.hpp"

#include <algorithm>
#include <span>

#include "reflect/members.hpp"

namespace fitview::tryon {
namespace {

void add_reasons(const Source& source, const std::string& pointer, std::vector<Problem>& problems) {
    for (const std::string& reason : source.reasons) problems.push_back(at_pointer(pointer, reason));
    if (source.reasons.empty()) problems.push_back(at_pointer(pointer, "has no picture yet"));
}

std::span<const engine::DrapeWay> ways_to_wear(const Source& garment) {
    const auto type = engine::garment_type_of(garment.category);
    return type ? engine::ways_to_wear(*type) : std::span<const engine::DrapeWay>();
}

}  // namespace

Failure not_ready(std::string_view what, const Source& source, const std::string& pointer) {
    std::vector<Problem> problems;
    add_reasons(source, pointer, problems);
    return Failure(FailureCode::not_try_on_ready,
                   "The picture of the " + std::string(what) + " " + source.name + " cannot be tried on.",
                   std::move(problems));
}

bool is_way_to_wear(engine::DrapeWay way, const Source& garment) {
    const auto ways = ways_to_wear(garment);
    return std::find(ways.begin(), ways.end(), way) != ways.end();
}

Failure wrong_drape(const Source& garment, const std::string& pointer) {
    std::string names;
    for (const engine::DrapeWay way : ways_to_wear(garment))
        names += (names.empty() ? "" : ", ") + std::string(reflect::enum_name(way));
    if (names.empty()) return invalid_input(pointer, "is for sarees and dupattas, which " + garment.name + " is not");
    return invalid_input(pointer, "is no way to wear " + garment.name + ": it must be one of " + names);
}

void check_size(const Options& options, const Source& garment) {
    if (!options.size) return;
    if (std::find(garment.sizes.begin(), garment.sizes.end(), options.size->str()) == garment.sizes.end()) {
        throw invalid_input("/options/size", "is not a size " + garment.name + " is offered in");
    }
}

/// Whether the size is offered and the way to wear is one of the garment's.
void check_options(const Options& options, const Source& garment) {
    check_size(options, garment);
    if (options.drape && !is_way_to_wear(*options.drape, garment)) throw wrong_drape(garment, "/options/drape");
}

}  // namespace fitview::tryon
