#pragma once
// Who uses an embedded shop: its programs together, or one that wants it alone.
#include <string>

namespace fitview::app {

/// Held on `FOLDER/fitview.lock` for the object's life, by programs of this machine; the system lets go of it when a
/// program ends, however that happens.
class ShopLock {
public:
    enum class Use { shared, alone };

    /// Makes the folder when it is missing. Fails: std::runtime_error, with words for the operator, when others use the
    /// shop in a way that excludes this one.
    ShopLock(const std::string& folder, Use use);
    ~ShopLock();
    ShopLock(const ShopLock&) = delete;
    ShopLock& operator=(const ShopLock&) = delete;

private:
    int file_;
};

}  // namespace fitview::app
