#pragma once
// Texts that must not reach a log, an answer or a settings dump.
#include <string>
#include <utility>

namespace fitview {

/// A secret text. It has no stream operator, no formatter and no JSON; `reveal()` is the one way to it and easy to
/// search for.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string text) : text_(std::move(text)) {}
    const std::string& reveal() const { return text_; }
    bool empty() const { return text_.empty(); }
    std::size_t size() const { return text_.size(); }

private:
    std::string text_;
};

}  // namespace fitview
