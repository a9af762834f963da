#pragma once
// Takes arms that lie against the body out of the trunk's rows.
#include "engine/person/person_model.hpp"

namespace fitview::engine {

/// Where a bare arm touches the trunk its inner edge is not seen in the silhouette, but the clothes end there: rows
/// below the armpits end where the clothes do if what lies beyond is skin on the arm's line. Other rows follow their
/// neighbours. Does nothing where the arms are covered or free.
void narrow_trunk_to_clothes(PersonModel& person);

}  // namespace fitview::engine
