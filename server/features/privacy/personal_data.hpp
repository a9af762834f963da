#pragma once
// What every feature that keeps personal data offers, so that export and erasure reach all of it.
#include <string>
#include <vector>

#include "base/id.hpp"

namespace fitview::privacy {

/// One collection of a person's records as it goes into the export: each record is JSON text.
struct ExportedCollection {
    std::string name;
    std::vector<std::string> records;
};

/// A keeper of personal data. Thread-safe; may block. Both calls throw Unavailable when a back end is away.
class PersonalDataHolder {
public:
    virtual ~PersonalDataHolder() = default;

    /// Everything held about the user, without secrets (password hashes, token ids).
    virtual std::vector<ExportedCollection> export_for(const UserId& user) = 0;

    /// Deletes or anonymises everything held about the user, stored pictures first. Repeating it changes nothing.
    virtual void erase_for(const UserId& user) = 0;
};

}  // namespace fitview::privacy
