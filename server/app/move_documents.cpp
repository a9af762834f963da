#include "app/move_documents.hpp"

#include <utility>

#include "base/digest.hpp"
#include "base/encoding.hpp"

namespace fitview::app {
namespace {

using storage::Collection;
using storage::StoredDocument;

/// Goes through a collection in the order of keys, a page at a time.
class Walk {
public:
    Walk(Collection& collection, const Timestamp& ends_after) : collection_(collection), ends_after_(ends_after) {
        load();
    }

    const StoredDocument* current() const { return at_ < page_.size() ? &page_[at_] : nullptr; }
    void advance() {
        ++at_;
        settle();
    }
    /// Every document gone by, with those passed over.
    std::int64_t walked() const { return walked_; }

private:
    /// To the next document that counts.
    void settle() {
        while (true) {
            if (at_ == page_.size()) {
                if (at_ == 0 || static_cast<int>(at_) < collection_.page_limit()) return;
                load_page();
                if (page_.empty()) return;
            }
            ++walked_;
            const auto& ends = page_[at_].ends_at;
            if (!ends || *ends > ends_after_) return;
            ++at_;
        }
    }
    void load_page() {
        const std::string after = page_.empty() ? std::string() : page_.back().key;
        page_ = collection_.read(after);
        at_ = 0;
    }
    void load() {
        load_page();
        settle();
    }

    Collection& collection_;
    const Timestamp ends_after_;
    std::vector<StoredDocument> page_;
    std::size_t at_ = 0;
    std::int64_t walked_ = 0;
};

enum class Side { source, target, both };

/// Which side has the lower key; both when they are equal.
Side first_of(const StoredDocument* here, const StoredDocument* there) {
    if (there == nullptr) return Side::source;
    if (here == nullptr) return Side::target;
    const int order = here->key.compare(there->key);
    return order < 0 ? Side::source : order > 0 ? Side::target : Side::both;
}

/// Calls `visit` for each key that either side has, with the document of each side that has it.
template <class Visit>
void walk_both(Walk& source, Walk& target, const Visit& visit) {
    while (source.current() != nullptr || target.current() != nullptr) {
        const Side side = first_of(source.current(), target.current());
        visit(side == Side::target ? nullptr : source.current(), side == Side::source ? nullptr : target.current());
        if (side != Side::target) source.advance();
        if (side != Side::source) target.advance();
    }
}

/// Before anything is added, so that no unique index sees an old and a new document at once.
void remove_what_differs(Collection& source, Collection& target, const Timestamp& now) {
    std::vector<std::string> keys;
    Walk here(source, now);
    Walk there(target, Timestamp());
    walk_both(here, there, [&](const StoredDocument* wanted, const StoredDocument* found) {
        if (found == nullptr || (wanted != nullptr && wanted->text == found->text)) return;
        keys.push_back(found->key);
        if (static_cast<int>(keys.size()) < target.page_limit()) return;
        target.remove(keys);
        keys.clear();
    });
    if (!keys.empty()) target.remove(keys);
}

/// The digest of a row of documents.
class Chain {
public:
    void add(const StoredDocument& document) { sum_ = sha256(sum_ + document.key + '\0' + document.text); }
    std::string str() const { return hex(sum_); }

private:
    std::string sum_ = std::string(32, '\0');
};

/// Rows that no walk comes by: of two tables that belong together, one lacks them.
void find_unreadable(Collection& collection, const Walk& walk, const char* where, PartComparison& comparison) {
    const std::int64_t there = collection.count();
    if (there <= walk.walked()) return;  // the server may have removed what ended
    comparison.differences.push_back(std::to_string(there - walk.walked()) + " of the " + where +
                                     "'s documents are incomplete and cannot be read");
}

}  // namespace

void move_documents(Collection& source, Collection& target, const Timestamp& now, const MoveProgress& progress) {
    if (target.count() > 0) remove_what_differs(source, target, now);
    const std::int64_t total = source.count();
    std::int64_t done = 0;
    std::vector<StoredDocument> page;
    const auto insert_page = [&] {
        target.insert(page);
        page.clear();
        if (done < total) progress(source.name(), done, total);
    };
    Walk here(source, now);
    Walk there(target, Timestamp());
    walk_both(here, there, [&](const StoredDocument* wanted, const StoredDocument* found) {
        ++done;
        if (wanted != nullptr && found == nullptr) page.push_back(*wanted);
        if (static_cast<int>(page.size()) >= target.page_limit()) insert_page();
    });
    if (!page.empty()) insert_page();
    progress(source.name(), done, done);
}

PartComparison compare_documents(Collection& source, Collection& target, const Timestamp& ends_after,
                                 const MoveProgress& progress) {
    PartComparison result{.name = source.name()};
    Chain sum_here;
    Chain sum_there;
    const std::int64_t total = source.count();
    const auto tell = [&](const StoredDocument& document, const char* what) {
        if (result.differences.size() < differences_told) {
            result.differences.push_back(source.name() + " " + document.key + what);
        }
    };
    Walk here(source, ends_after);
    Walk there(target, ends_after);
    walk_both(here, there, [&](const StoredDocument* wanted, const StoredDocument* found) {
        if (wanted != nullptr) {
            ++result.here;
            sum_here.add(*wanted);
        }
        if (found != nullptr) {
            ++result.there;
            sum_there.add(*found);
        }
        if (found == nullptr) {
            tell(*wanted, " is missing in the target");
        } else if (wanted == nullptr) {
            tell(*found, " is in the target only");
        } else if (wanted->text != found->text) {
            tell(*wanted, " differs");
        }
        if (result.here % storage::page_of_documents == 0 && result.here < total)
            progress(source.name(), result.here, total);
    });
    find_unreadable(source, here, "source", result);
    find_unreadable(target, there, "target", result);
    result.sum_here = sum_here.str();
    result.sum_there = sum_there.str();
    progress(source.name(), result.here, result.here);
    return result;
}

}  // namespace fitview::app
