#include "storage/mongo/bson.hpp"

#include <cmath>
#include <cstring>

namespace fitview::storage {
namespace {

/// Documents end at 16 MB; only then does libbson refuse to grow.
void check_kept(bool kept) {
    if (!kept) throw Unavailable("mongodb: a document grew too large");
}

int size_of(std::string_view text) {
    return static_cast<int>(text.size());
}

}  // namespace

Document::Document() : bson_(bson_new()) {}
Document::Document(const bson_t& copied) : bson_(bson_copy(&copied)) {}
Document::Document(const Document& other) : bson_(bson_copy(other.bson_)) {}
Document::Document(Document&& other) noexcept : bson_(std::exchange(other.bson_, bson_new())) {}
Document& Document::operator=(Document other) noexcept {
    std::swap(bson_, other.bson_);
    return *this;
}
Document::~Document() {
    bson_destroy(bson_);
}

bool Document::has(std::string_view name) const {
    bson_iter_t at;
    return bson_iter_init_find_w_len(&at, bson_, name.data(), size_of(name));
}

Document Document::without(const char* name) const {
    Document rest;
    bson_copy_to_excluding_noinit(bson_, rest.bson_, name, nullptr);
    return rest;
}

std::string Document::json() const {
    std::size_t length = 0;
    char* const text = bson_as_relaxed_extended_json(bson_, &length);
    if (text == nullptr) return "{?}";
    std::string json(text, length);
    bson_free(text);
    return json;
}

bool BsonValue::truth() const {
    if (!BSON_ITER_HOLDS_BOOL(&at_)) throw_unreadable("a truth value is something else");
    return bson_iter_bool(&at_);
}

std::int64_t BsonValue::integer() const {
    if (BSON_ITER_HOLDS_INT64(&at_)) return bson_iter_int64(&at_);
    if (BSON_ITER_HOLDS_INT32(&at_)) return bson_iter_int32(&at_);
    constexpr double exact_max = 9007199254740992.0;
    if (BSON_ITER_HOLDS_DOUBLE(&at_)) {
        const double number = bson_iter_double(&at_);
        if (std::trunc(number) == number && std::abs(number) <= exact_max) return static_cast<std::int64_t>(number);
    }
    throw_unreadable("a whole number is something else");
}

double BsonValue::real() const {
    if (BSON_ITER_HOLDS_DOUBLE(&at_)) return bson_iter_double(&at_);
    return static_cast<double>(integer());
}

std::string BsonValue::text() const {
    if (!BSON_ITER_HOLDS_UTF8(&at_)) throw_unreadable("a text is something else");
    std::uint32_t length = 0;
    const char* const text = bson_iter_utf8(&at_, &length);
    return {text, length};
}

std::int64_t BsonValue::date() const {
    if (!BSON_ITER_HOLDS_DATE_TIME(&at_)) throw_unreadable("a date is something else");
    return bson_iter_date_time(&at_);
}

IdBytes BsonValue::id() const {
    if (!BSON_ITER_HOLDS_OID(&at_)) throw_unreadable("an ObjectId is something else");
    IdBytes id{};
    std::memcpy(id.data(), bson_iter_oid(&at_)->bytes, id.size());
    return id;
}

std::string BsonValue::bytes() const {
    if (!BSON_ITER_HOLDS_BINARY(&at_)) throw_unreadable("binary data is something else");
    std::uint32_t length = 0;
    const std::uint8_t* data = nullptr;
    bson_iter_binary(&at_, nullptr, &length, &data);
    return {reinterpret_cast<const char*>(data), length};
}

bson_iter_t BsonValue::inside() const {
    bson_iter_t child;
    if (!bson_iter_recurse(&at_, &child)) throw_unreadable("a document or list is something else");
    return child;
}

std::optional<BsonValue> BsonValue::member(std::string_view name) const {
    bson_iter_t child = inside();
    if (!bson_iter_find_w_len(&child, name.data(), size_of(name))) return std::nullopt;
    return BsonValue(child);
}

std::optional<BsonValue> find_member(const Document& document, std::string_view name) {
    bson_iter_t at;
    if (!bson_iter_init_find_w_len(&at, document.get(), name.data(), size_of(name))) return std::nullopt;
    return BsonValue(at);
}

void put_null(bson_t& out, std::string_view name) {
    check_kept(bson_append_null(&out, name.data(), size_of(name)));
}
void put_truth(bson_t& out, std::string_view name, bool value) {
    check_kept(bson_append_bool(&out, name.data(), size_of(name), value));
}
void put_integer(bson_t& out, std::string_view name, std::int64_t value) {
    check_kept(bson_append_int64(&out, name.data(), size_of(name), value));
}
void put_real(bson_t& out, std::string_view name, double value) {
    check_kept(bson_append_double(&out, name.data(), size_of(name), value));
}
void put_text(bson_t& out, std::string_view name, std::string_view value) {
    check_kept(bson_append_utf8(&out, name.data(), size_of(name), value.data() == nullptr ? "" : value.data(),
                                size_of(value)));
}
void put_date(bson_t& out, std::string_view name, std::int64_t milliseconds) {
    check_kept(bson_append_date_time(&out, name.data(), size_of(name), milliseconds));
}
void put_id(bson_t& out, std::string_view name, const IdBytes& id) {
    bson_oid_t oid;
    bson_oid_init_from_data(&oid, id.data());
    check_kept(bson_append_oid(&out, name.data(), size_of(name), &oid));
}
void put_bytes(bson_t& out, std::string_view name, const std::string& bytes) {
    check_kept(bson_append_binary(&out, name.data(), size_of(name), BSON_SUBTYPE_BINARY,
                                  reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                  static_cast<std::uint32_t>(bytes.size())));
}
void put_document(bson_t& out, std::string_view name, const Document& value) {
    check_kept(bson_append_document(&out, name.data(), size_of(name), value.get()));
}
void put_array(bson_t& out, std::string_view name, const Array& value) {
    check_kept(bson_append_array(&out, name.data(), size_of(name), value.get()));
}

void throw_unreadable(std::string_view what) {
    throw std::runtime_error(std::string(what));
}

}  // namespace fitview::storage
