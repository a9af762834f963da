#pragma once
// Paged lists: what is asked for and what is answered.
#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <vector>

#include "base/number.hpp"

namespace fitview {

using PageNumber = Integer<1, 1'000'000'000>;
using PageSize = Integer<1, 100>;

/// Which page of a list is asked for.
struct Paging {
    std::int64_t page = 1;
    std::int64_t page_size = 20;

    std::int64_t offset() const { return (page - 1) * page_size; }
};

/// The paging of a query with the optional members `page` (PageNumber) and `page_size` (PageSize).
template <class Query>
Paging paging_of(const Query& query) {
    Paging paging;
    if (query.page) paging.page = query.page->get();
    if (query.page_size) paging.page_size = query.page_size->get();
    return paging;
}

/// One page of a list, as it goes on the wire. A page past the end is empty.
template <class T>
struct Page {
    std::vector<T> items;
    std::int64_t total;
    std::int64_t page;
    std::int64_t page_size;
    std::int64_t pages;

    bool operator==(const Page&) const = default;
    BOOST_DESCRIBE_CLASS(Page, (), (items, total, page, page_size, pages), (), ())
};

/// The page `asked` for out of a list of `total`, with its `items`.
template <class T>
Page<T> page_of(std::vector<T> items, std::int64_t total, const Paging& asked) {
    return Page<T>{std::move(items), total, asked.page, asked.page_size,
                   (total + asked.page_size - 1) / asked.page_size};
}

/// A whole list without pages, as it goes on the wire: `{"items": […]}`.
template <class T>
struct Items {
    std::vector<T> items;

    bool operator==(const Items&) const = default;
    BOOST_DESCRIBE_CLASS(Items, (), (items), (), ())
};

}  // namespace fitview
