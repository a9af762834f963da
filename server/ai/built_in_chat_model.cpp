#include <algorithm>
#include <stdexcept>

#include "ai/chat_model.hpp"

namespace fitview::ai {
namespace {

class BuiltInChatModel final : public ChatModel {
public:
    explicit BuiltInChatModel(std::function<std::string(const ChatRequest&)> answer_for)
        : answer_for_(std::move(answer_for)) {}

    std::string_view name() const override { return "fallback"; }

    std::variant<ChatReply, ProviderFault> answer(const ChatRequest& request,
                                                  std::chrono::steady_clock::time_point deadline,
                                                  const ChatPiece& piece) override {
        check_chat_request(request);
        if (std::chrono::steady_clock::now() >= deadline) {
            return ProviderFault{.kind = ProviderFault::Kind::timeout, .detail = "no time was left"};
        }
        const std::string text = answer_for_(request);
        if (text.empty()) {
            return ProviderFault{.kind = ProviderFault::Kind::unusable_answer, .detail = "an empty answer"};
        }
        std::size_t from = 0;
        int words = 0;
        while (from < text.size() && words < request.answer_tokens_max) {
            const std::size_t space = std::min(text.find(' ', from), text.size() - 1);
            const bool wanted = piece(std::string_view(text).substr(from, space + 1 - from));
            from = space + 1;
            ++words;
            if (!wanted) break;
        }
        return ChatReply{.text = text.substr(0, from), .is_cut = from < text.size()};
    }

private:
    const std::function<std::string(const ChatRequest&)> answer_for_;
};

}  // namespace

void check_chat_request(const ChatRequest& request) {
    if (request.turns.size() % 2 == 0) throw std::invalid_argument("a conversation begins and ends with the user");
    for (std::size_t at = 0; at < request.turns.size(); ++at) {
        const ChatRole expected = at % 2 == 0 ? ChatRole::user : ChatRole::assistant;
        if (request.turns[at].role != expected) throw std::invalid_argument("user and assistant take turns");
        if (request.turns[at].text.empty()) throw std::invalid_argument("a turn has words");
    }
    if (request.answer_tokens_max < 1) throw std::invalid_argument("an answer has at least one token");
}

std::unique_ptr<ChatModel> make_built_in_chat_model(std::function<std::string(const ChatRequest&)> answer_for) {
    return std::make_unique<BuiltInChatModel>(std::move(answer_for));
}

}  // namespace fitview::ai
