#pragma once
// What every chat model must do. A back end joins by being listed in chat_model_test.cpp and adds no cases of its own.
// A Backend has `std::unique_ptr<ChatModel> open()`: a model that answers every conversation with more than three
// words.
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "ai/chat_model.hpp"

namespace fitview::ai {

template <class Backend>
class ChatModelContract : public testing::Test {
protected:
    static ChatRequest asked(const std::vector<std::string>& texts) {
        ChatRequest request;
        for (std::size_t at = 0; at < texts.size(); ++at) {
            request.turns.push_back({at % 2 == 0 ? ChatRole::user : ChatRole::assistant, texts[at]});
        }
        return request;
    }
    std::variant<ChatReply, ProviderFault> answer(
        const ChatRequest& request, const ChatPiece& piece = [](std::string_view) { return true; }) {
        return model_->answer(request, std::chrono::steady_clock::now() + std::chrono::minutes(1), piece);
    }
    Backend backend_;
    std::unique_ptr<ChatModel> model_ = backend_.open();
};
TYPED_TEST_SUITE_P(ChatModelContract);

TYPED_TEST_P(ChatModelContract, ItsNameIsOneTheApiKnows) {
    EXPECT_TRUE((std::set<std::string_view>{"gemini", "bedrock", "fallback"}).contains(this->model_->name()));
}

TYPED_TEST_P(ChatModelContract, ThePiecesJoinedAreTheReply) {
    std::string joined;
    const auto outcome = this->answer(this->asked({"A kurta for a wedding?", "Silk.", "And the colour?"}),
                                      [&joined](std::string_view piece) {
                                          joined += piece;
                                          return true;
                                      });
    const auto& reply = std::get<ChatReply>(outcome);
    EXPECT_FALSE(reply.text.empty());
    EXPECT_EQ(joined, reply.text);
    EXPECT_FALSE(reply.is_cut);
}

TYPED_TEST_P(ChatModelContract, StopsWhenNobodyWaitsForMore) {
    int pieces = 0;
    const auto outcome = this->answer(this->asked({"Hello"}), [&pieces](std::string_view) { return ++pieces < 2; });
    EXPECT_EQ(pieces, 2);
    EXPECT_TRUE(std::get<ChatReply>(outcome).is_cut);
}

TYPED_TEST_P(ChatModelContract, AnAnswerThatReachesItsLimitIsMarkedAsCut) {
    ChatRequest request = this->asked({"Hello"});
    request.answer_tokens_max = 1;
    EXPECT_TRUE(std::get<ChatReply>(this->answer(request)).is_cut);
}

TYPED_TEST_P(ChatModelContract, WithoutTimeThereIsNoAnswer) {
    const auto outcome = this->model_->answer(this->asked({"Hello"}), std::chrono::steady_clock::now(),
                                              [](std::string_view) { return true; });
    EXPECT_EQ(std::get<ProviderFault>(outcome).kind, ProviderFault::Kind::timeout);
}

TYPED_TEST_P(ChatModelContract, AConversationThatIsNoneIsRefusedBeforeAnybodyIsAsked) {
    EXPECT_THROW(this->answer(this->asked({})), std::invalid_argument);
    EXPECT_THROW(this->answer(this->asked({"Hello", "Yes?"})), std::invalid_argument);
    EXPECT_THROW(this->answer(this->asked({"Hello", "", "So?"})), std::invalid_argument);
    ChatRequest request = this->asked({"Hello"});
    request.turns[0].role = ChatRole::assistant;
    EXPECT_THROW(this->answer(request), std::invalid_argument);
}

REGISTER_TYPED_TEST_SUITE_P(ChatModelContract, ItsNameIsOneTheApiKnows, ThePiecesJoinedAreTheReply,
                            StopsWhenNobodyWaitsForMore, AnAnswerThatReachesItsLimitIsMarkedAsCut,
                            WithoutTimeThereIsNoAnswer, AConversationThatIsNoneIsRefusedBeforeAnybodyIsAsked);

}  // namespace fitview::ai
