#pragma once
// How SQLite's result codes become exceptions.
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;

namespace fitview::storage {

/// A statement would have broken a rule of the schema (foreign key, CHECK, NOT NULL). Nothing of the statement was
/// kept.
class ConstraintViolation : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A statement would have stored a second row under a unique key. Adapters catch it and answer with a value.
class UniqueViolation : public ConstraintViolation {
public:
    using ConstraintViolation::ConstraintViolation;
    /// Whether `column`, written `table.column`, belongs to the key that was taken.
    bool concerns(std::string_view column) const;
};

/// Throws what `code` means, said by `connection` (may be null) while doing `what`:
/// UniqueViolation, ConstraintViolation, std::logic_error for a wrong statement, std::bad_alloc, and Unavailable for
/// everything that is the machine's fault (full or failing disk, broken or locked file). No message names a path.
[[noreturn]] void throw_sqlite_error(sqlite3* connection, int code, std::string_view what);

}  // namespace fitview::storage
