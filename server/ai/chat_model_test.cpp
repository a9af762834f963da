#include "ai/chat_model.hpp"

#include <gtest/gtest.h>

#include "ai/chat_model_contract.hpp"

namespace fitview::ai {
namespace {

struct BuiltIn {
    std::unique_ptr<ChatModel> open() {
        return make_built_in_chat_model([](const ChatRequest&) { return "A silk kurta would be fine"; });
    }
};
using Backends = testing::Types<BuiltIn>;
INSTANTIATE_TYPED_TEST_SUITE_P(Models, ChatModelContract, Backends);

TEST(BuiltInChatModel, AnAnswerWithoutWordsIsAFault) {
    const auto model = make_built_in_chat_model([](const ChatRequest&) { return std::string(); });
    ChatRequest request;
    request.turns = {{ChatRole::user, "Hello"}};
    const auto outcome = model->answer(request, std::chrono::steady_clock::now() + std::chrono::minutes(1),
                                       [](std::string_view) { return true; });
    EXPECT_EQ(std::get<ProviderFault>(outcome).kind, ProviderFault::Kind::unusable_answer);
}

}  // namespace
}  // namespace fitview::ai
