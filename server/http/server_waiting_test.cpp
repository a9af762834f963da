// What takes time: waiting answers, event streams, full queues, and stopping in the middle of it.
#include <atomic>
#include <future>

#include "http/server_fixture.hpp"

namespace fitview::http {
namespace {

TEST_F(ServerTest, AFullPoolAnswers503AtOnce) {
    settings_.store_threads = 1;
    settings_.store_queue_max = 1;
    Gate gate;
    std::atomic<int> entered{0};
    router_.get("/slow").handle([&] {
        ++entered;
        gate.pass();
    });
    constexpr std::string_view slow = "GET /api/v1/slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    auto running = connect();
    running.send(slow);
    while (entered == 0) std::this_thread::yield();
    auto queued = connect();
    queued.send(slow);
    const auto& depth = metrics_.gauge("fitview_worker_queue_depth", "", {{"pool", "store"}});
    while (depth.value() == 0) std::this_thread::yield();
    std::string refused = ask(bye);
    EXPECT_TRUE(refused.starts_with("HTTP/1.1 503")) << refused;
    EXPECT_NE(refused.find("Retry-After: 1"), std::string::npos);
    EXPECT_NE(refused.find(R"("code":"unavailable")"), std::string::npos);
    gate.open();
    EXPECT_TRUE(running.read_to_end().starts_with("HTTP/1.1 204"));
}

TEST_F(ServerTest, AnAnswerMayWaitWithoutHoldingAWorker) {
    settings_.store_threads = 1;
    std::promise<Answerer<Echo>> asked;
    router_.post("/later").handle([&] {
        return Later<Echo>{10'000ms, [&](const Answerer<Echo>& answerer) { asked.set_value(answerer); },
                           [] { return Echo{*Text<0, 200'000>::check("too late")}; }};
    });
    auto waiting = connect();
    waiting.send("POST /api/v1/later HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const Answerer<Echo> answerer = asked.get_future().get();
    EXPECT_TRUE(ask(bye).starts_with("HTTP/1.1 200")) << "the only worker is free";
    EXPECT_TRUE(answerer.answer([] { return Echo{*Text<0, 200'000>::check("now")}; }));
    EXPECT_FALSE(answerer.answer([] { return Echo{*Text<0, 200'000>::check("again")}; }));
    EXPECT_TRUE(waiting.read_to_end().ends_with(R"({"text":"now"})"));
}

TEST_F(ServerTest, AWaitingAnswerLearnsThatItsClientHasGone) {
    Gate gone;
    std::promise<void> asked;
    router_.post("/later").handle([&] {
        return Later<Echo>{10'000ms,
                           [&](const Answerer<Echo>& answerer) {
                               answerer.on_over([&] { gone.open(); });
                               asked.set_value();
                           },
                           [] { return Echo{*Text<0, 200'000>::check("too late")}; }};
    });
    auto client = connect();
    client.send("POST /api/v1/later HTTP/1.1\r\nHost: x\r\n\r\n");
    asked.get_future().wait();
    client.close();
    EXPECT_TRUE(gone.pass());
}

TEST_F(ServerTest, AnAnswerUnderAKeyIsKeptForAClientThatHasGone) {
    Gate over;
    std::promise<void> asked;
    std::atomic<int> runs{0};
    router_.post("/later").access(Access::signed_in).handle([&] {
        ++runs;
        return Later<Echo>{10'000ms,
                           [&](const Answerer<Echo>& answerer) {
                               answerer.on_over([&] { over.open(); });
                               asked.set_value();
                           },
                           [] { return Echo{*Text<0, 200'000>::check("kept")}; }};
    });
    const std::string request =
        "POST /api/v1/later HTTP/1.1\r\nHost: x\r\nIdempotency-Key: k\r\nConnection: close\r\nAuthorization: Bearer " +
        testkit::token_for(testkit::id<UserId>(1)) + "\r\n\r\n";
    auto client = connect();
    client.send(request);
    asked.get_future().wait();
    client.close();
    EXPECT_TRUE(over.pass());
    std::string again;
    do {
        again = ask(request);  // 409 until the answer that nobody waited for is stored
    } while (again.starts_with("HTTP/1.1 409"));
    EXPECT_NE(again.find("Idempotency-Replayed: true"), std::string::npos) << again;
    EXPECT_TRUE(again.ends_with(R"({"text":"kept"})"));
    EXPECT_EQ(runs, 1);
}

TEST_F(ServerTest, EventsReachTheClientAsTheyHappenAndADepartureIsNoticed) {
    settings_.heartbeat = 100ms;
    std::promise<EventSender> begun;
    Gate closed;
    router_.get("/events").handle([&] {
        return EventStream{[&](const EventSender& sender) {
            sender.on_closed([&] { closed.open(); });
            begun.set_value(sender);
        }};
    });
    auto client = connect();
    client.send("GET /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
    const EventSender sender = begun.get_future().get();
    EXPECT_TRUE(sender.send({.name = "progress", .data = "1", .id = {}}));
    EXPECT_NE(client.read_until("data: 1\n\n").find("Transfer-Encoding: chunked"), std::string::npos);
    EXPECT_TRUE(sender.send({.name = "progress", .data = "2", .id = {}}));
    client.read_until("data: 2\n\n");
    client.read_until(": still here");
    client.close();
    EXPECT_TRUE(closed.pass());
    EXPECT_FALSE(sender.send({.name = "progress", .data = "3", .id = {}}));
}

TEST_F(ServerTest, AStreamIsPolledUntilItFinishesAndTheConnectionGoesOn) {
    std::atomic<int> polls{0};
    router_.get("/events").handle([&] {
        return EventStream{[](const EventSender&) {},
                           [&](const EventSender& sender) {
                               sender.send({.name = "tick", .data = std::to_string(++polls), .id = {}});
                               if (polls == 3) sender.finish();
                           },
                           5ms};
    });
    auto client = connect();
    client.send("GET /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
    const std::string text = client.read_until("\r\n0\r\n\r\n");
    EXPECT_EQ(count_of(text, "event: tick"), 3U);
}

TEST_F(ServerTest, ConnectionsBeyondTheCapAreTurnedAway) {
    settings_.connections_max = 2;
    auto first = connect();
    first.send(hello);
    first.read_answer();
    auto second = connect();
    second.send(hello);
    second.read_answer();
    EXPECT_TRUE(connect().read_to_end().starts_with("HTTP/1.1 503"));
}

TEST_F(ServerTest, StoppingAnswersWhatRunsAndClosesWhatIdles) {
    Gate gate;
    std::promise<void> entered;
    router_.get("/slow").handle([&] {
        entered.set_value();
        gate.pass();
    });
    auto idle = connect();
    idle.send(hello);
    idle.read_answer();
    auto busy = connect();
    busy.send("GET /api/v1/slow HTTP/1.1\r\nHost: x\r\n\r\n");
    entered.get_future().wait();
    auto stopped = std::async(std::launch::async, [&] { return server().stop(10s); });
    EXPECT_EQ(idle.read_to_end(), "");
    gate.open();
    const std::string answer = busy.read_to_end();
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 204")) << answer;
    EXPECT_NE(answer.find("Connection: close"), std::string::npos);
    EXPECT_TRUE(stopped.get());
}

TEST_F(ServerTest, StoppingEndsEventStreamsAndWaitingAnswersEarly) {
    std::promise<void> begun;
    std::promise<void> waits;
    router_.get("/events").handle([&] { return EventStream{[&](const EventSender&) { begun.set_value(); }}; });
    router_.post("/later").handle([&] {
        return Later<Echo>{60'000ms, [&](const Answerer<Echo>&) { waits.set_value(); },
                           [] { return Echo{*Text<0, 200'000>::check("not yet")}; }};
    });
    auto events = connect();
    events.send("GET /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
    auto later = connect();
    later.send("POST /api/v1/later HTTP/1.1\r\nHost: x\r\n\r\n");
    begun.get_future().wait();
    waits.get_future().wait();
    EXPECT_TRUE(server().stop(10s));
    EXPECT_TRUE(events.read_to_end().ends_with("0\r\n\r\n"));
    EXPECT_TRUE(later.read_to_end().ends_with(R"({"text":"not yet"})"));
}

}  // namespace
}  // namespace fitview::http
