#include "base/failure.hpp"

#include <boost/describe/enum_to_string.hpp>

namespace fitview {

Problem at_pointer(std::string pointer, std::string detail) {
    return {.pointer = std::move(pointer), .parameter = {}, .detail = std::move(detail), .stock = {}};
}

Problem at_parameter(std::string parameter, std::string detail) {
    return {.pointer = {}, .parameter = std::move(parameter), .detail = std::move(detail), .stock = {}};
}

std::string_view name_of(FailureCode code) {
    return boost::describe::enum_to_string(code, "internal");
}

Failure not_found(std::string_view what) {
    return Failure(FailureCode::not_found, "There is no such " + std::string(what) + ".");
}

Failure not_found(std::string_view what, std::string pointer) {
    return Failure(FailureCode::not_found, "There is no such " + std::string(what) + ".",
                   {at_pointer(std::move(pointer), "names a " + std::string(what) + " that does not exist")});
}

Failure invalid_input(std::string pointer, std::string detail) {
    return Failure(FailureCode::invalid_input, "The input is not acceptable.",
                   {at_pointer(std::move(pointer), std::move(detail))});
}

}  // namespace fitview
