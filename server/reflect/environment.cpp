#include "reflect/environment.hpp"

namespace fitview::reflect {

std::string variable_name(std::string_view member) {
    std::string name(member);
    for (char& letter : name) {
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    }
    return name;
}

}  // namespace fitview::reflect
