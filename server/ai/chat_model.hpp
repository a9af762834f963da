#pragma once
// Who writes an assistant's answers: the port every provider of language models implements.
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ai/provider_fault.hpp"

namespace fitview::ai {

enum class ChatRole { user, assistant };

struct ChatTurn {
    ChatRole role = ChatRole::user;
    std::string text;
};

/// A conversation so far. Roles take turns, the first and the last are the user's, and no text is empty; anything else
/// is std::invalid_argument, since providers refuse it in ways of their own.
struct ChatRequest {
    std::string instructions;  ///< what the assistant is and knows; may be empty
    std::vector<ChatTurn> turns;
    int answer_tokens_max = 800;
};

struct ChatReply {
    std::string text;     ///< never empty
    bool is_cut = false;  ///< it ends at `answer_tokens_max`
};

/// Takes the next piece of the answer as it is written; the pieces joined are the reply's text. Returns false when
/// nobody waits for more: the model then stops, and the reply is what was given so far.
using ChatPiece = std::function<bool(std::string_view piece)>;

/// Thread-safe; blocks until the answer is whole, at most until `deadline`.
class ChatModel {
public:
    virtual ~ChatModel() = default;
    /// The `ai_provider` of its answers: gemini, bedrock or fallback.
    virtual std::string_view name() const = 0;
    /// After the first piece a fault is final for this answer: another model would begin it anew.
    virtual std::variant<ChatReply, ProviderFault> answer(const ChatRequest& request,
                                                          std::chrono::steady_clock::time_point deadline,
                                                          const ChatPiece& piece) = 0;
};

/// Fails: std::invalid_argument, as ChatRequest says. For models to begin with.
void check_chat_request(const ChatRequest& request);

/// A model without a provider: it answers with what `answer_for` says to the conversation, word by word. The built-in
/// stylist stands on it.
std::unique_ptr<ChatModel> make_built_in_chat_model(std::function<std::string(const ChatRequest&)> answer_for);

}  // namespace fitview::ai
