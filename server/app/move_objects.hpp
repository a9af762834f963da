#pragma once
// Moving pictures and files from one place to another, and finding out whether they arrived.
#include "app/move_documents.hpp"
#include "storage/objects/objects.hpp"

namespace fitview::app {

/// How many objects are on their way at once.
constexpr int objects_at_once = 8;

/// Makes the target hold what the source holds, as move_documents does. Fails: Unavailable.
void move_objects(storage::Objects& source, storage::Objects& target, const MoveProgress& progress);

/// Reads every object of both and compares their digests. Fails: Unavailable.
PartComparison compare_objects(storage::Objects& source, storage::Objects& target, const MoveProgress& progress);

/// Whether the place holds nothing but the mark.
bool is_empty(storage::Objects& objects);
/// The mark of a target whose move is not finished is an object of its own.
bool is_marked(storage::Objects& objects);
void set_mark(storage::Objects& objects, const std::string& source);
void remove_mark(storage::Objects& objects);

}  // namespace fitview::app
