#pragma once
// What a handler can ask for by the types of its arguments. `T` is a described struct in all of them; every fault in
// the request is named in one answer (422) before the handler runs.
#include <optional>
#include <string>
#include <utility>

#include "http/call.hpp"

namespace fitview::http {

/// The JSON body. 415 when it is not sent as JSON, 400 when it cannot be read.
template <class T>
struct Body {
    T value;
    const T& operator*() const { return value; }
    const T* operator->() const { return &value; }
};

/// The JSON body, or nothing when none was sent.
template <class T>
struct OptionalBody {
    std::optional<T> value;
    explicit operator bool() const { return value.has_value(); }
    const T& operator*() const { return *value; }
    const T* operator->() const { return &*value; }
};

/// The path's `{parameters}`, by name. A value that is none (a malformed id) is 404.
template <class T>
struct Path {
    T value;
    const T& operator*() const { return value; }
    const T* operator->() const { return &value; }
};

/// The query. Vectors and Lists take repeated parameters. A route without a Query refuses every parameter.
template <class T>
struct Query {
    T value;
    const T& operator*() const { return value; }
    const T* operator->() const { return &value; }
};

/// An uploaded file as it was sent; name and type are the client's claims.
struct FilePart {
    std::string bytes;
    std::string file_name;
    std::string content_type;
};

/// A multipart body with one required file and text fields. `T` names the file's field:
/// `static constexpr std::string_view file_field = "photo";` and describes the others. One more file that may be sent
/// is named by `optional_file_field`.
template <class T>
struct Form {
    T value;
    FilePart file;
    std::optional<FilePart> optional_file = {};
    const T& operator*() const { return value; }
    const T* operator->() const { return &value; }
};

/// A multipart body with nothing but the file `file`.
struct Upload {
    FilePart file;
};

}  // namespace fitview::http
