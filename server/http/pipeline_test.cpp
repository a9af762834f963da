#include <boost/describe/class.hpp>

#include "base/text.hpp"
#include "testkit/api_driver.hpp"

namespace fitview::http {
namespace {

using testkit::ApiDriver;

struct Note {
    ProductId id;
    Text<1, 10> title;
    std::optional<Integer<1, 5>> stars;
};
BOOST_DESCRIBE_STRUCT(Note, (), (id, title, stars))

struct NotePath {
    ProductId id;
};
BOOST_DESCRIBE_STRUCT(NotePath, (), (id))

struct NoteQuery {
    std::optional<Text<1, 5>> word;
    std::vector<Integer<0, 9>> digit;
};
BOOST_DESCRIBE_STRUCT(NoteQuery, (), (word, digit))

struct PhotoForm {
    static constexpr std::string_view file_field = "photo";
    ProductId product_id;
    std::optional<Text<0, 20>> caption;
};
BOOST_DESCRIBE_STRUCT(PhotoForm, (), (product_id, caption))

const Note note{testkit::id<ProductId>(7), *Text<1, 10>::check("hello"), std::nullopt};
const std::string note_json = R"({"id":"000000000000000000000007","title":"hello"})";
const std::string note_path = "/notes/000000000000000000000007";
const UserId somebody = testkit::id<UserId>(1);

class PipelineTest : public testing::Test {
protected:
    PipelineTest() {
        api_.router.get("/notes/{id}").fails({FailureCode::not_found}).handle([](const Path<NotePath>& path) {
            if (path->id != note.id) throw not_found("note");
            return note;
        });
        api_.router.get("/notes").handle([](const Query<NoteQuery>& query) {
            std::vector<Note> notes(query->digit.size(), note);
            return page_of(std::move(notes), 41, Paging{});
        });
        api_.router.post("/notes")
            .access(Access::signed_in)
            .fails({FailureCode::conflict})
            .handle([this](const Call& call, const Body<Note>& body) {
                ++made_;
                call.note("ai_provider", "fallback");
                if (body->title.str() == "taken") throw Failure(FailureCode::conflict, "It is there already.");
                return created(*body, "/api/v1/notes/" + body->id.str());
            });
        api_.router.del("/notes/{id}").access(Access::retailer).audit("note.delete").handle([](const Path<NotePath>&) {
        });
        api_.router.post("/doors").handle([] {});
        api_.router.post("/photos").access(Access::signed_in).handle([this](Form<PhotoForm>& form) {
            photo_ = std::move(form.file.bytes);
            return form.value;
        });
        api_.router.post("/uploads").access(Access::signed_in).handle([](const Upload& upload) {
            return Items<std::string>{{upload.file.bytes, upload.file.file_name, upload.file.content_type}};
        });
        api_.as(somebody);
    }

    ApiDriver api_;
    int made_ = 0;
    std::string photo_;
};

TEST_F(PipelineTest, AValueIsAnsweredAsJson) {
    const auto answer = api_.get(note_path);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.text, note_json);
    EXPECT_EQ(answer.header("Content-Type"), "application/json");
}

TEST_F(PipelineTest, APageCarriesItsNumbers) {
    const auto answer = api_.get("/notes?digit=1&digit=2");
    EXPECT_EQ(answer.at("/items/1/title"), "hello");
    EXPECT_EQ(answer.at("/pages"), 3);
    EXPECT_EQ(answer.at("/total"), 41);
}

TEST_F(PipelineTest, CreatedSaysWhere) {
    const auto answer = api_.post("/notes", note_json);
    EXPECT_EQ(answer.status, 201);
    EXPECT_EQ(answer.header("Location"), "/api/v1" + note_path);
}

TEST_F(PipelineTest, AnUnknownPathOrATrailingSlashIs404) {
    EXPECT_EQ(api_.get("/nothing").code(), "not_found");
    EXPECT_EQ(api_.get("/notes/").code(), "not_found");
    EXPECT_EQ(api_.get(note_path + "/").status, 404);
}

TEST_F(PipelineTest, AnotherMethodIs405WithWhatIsAllowed) {
    const auto answer = api_.put("/notes", "{}");
    EXPECT_EQ(answer.code(), "method_not_allowed");
    EXPECT_EQ(answer.header("Allow"), "GET, HEAD, POST");
}

TEST_F(PipelineTest, EveryFaultOfBodyAndQueryIsNamedAtOnce) {
    const auto answer = api_.post("/notes?x=1", R"({"id": 3, "title": "", "stars": 9, "colour": 1})");
    EXPECT_EQ(answer.code(), "invalid_input");
    EXPECT_EQ(answer.at("/errors").as_array().size(), 5U) << answer.text;
    EXPECT_EQ(answer.at("/errors/0/parameter"), "x");
    EXPECT_EQ(answer.at("/errors/1/pointer"), "/id");
    EXPECT_EQ(made_, 0);
}

TEST_F(PipelineTest, ABodyThatNobodyReadsMustBeEmpty) {
    EXPECT_EQ(api_.post("/doors", "").status, 204);
    EXPECT_EQ(api_.post("/doors", " {} ").status, 204);
    const auto refused = api_.post("/doors", R"({"x": 1, "y": 2})");
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(refused.at("/errors").as_array().size(), 2U) << refused.text;
    EXPECT_EQ(refused.at("/errors/0/pointer"), "/x");
    EXPECT_EQ(api_.post("/doors", "[]").status, 422);
    EXPECT_EQ(api_.post("/doors", "{").code(), "malformed_request");
    EXPECT_EQ(api_.with("Content-Type", "text/plain").post("/doors", "x").status, 415);
}

TEST_F(PipelineTest, UnreadableBodiesAre400AndOtherTypes415) {
    EXPECT_EQ(api_.post("/notes", "{").code(), "malformed_request");
    EXPECT_EQ(api_.post("/notes").code(), "malformed_request");
    EXPECT_EQ(api_.post("/notes", R"({"id": 1, "id": 2})").code(), "malformed_request");
    EXPECT_EQ(api_.with("Content-Type", "text/plain").post("/notes", note_json).code(), "unsupported_media_type");
    EXPECT_EQ(api_.with("Content-Type", "application/json; charset=latin-1").post("/notes", note_json).status, 415);
    EXPECT_EQ(api_.get("/notes?word=%ff").code(), "malformed_request");
    EXPECT_EQ(api_.get("/notes?word=%2").code(), "malformed_request");
}

TEST_F(PipelineTest, AMalformedIdInThePathIs404) {
    EXPECT_EQ(api_.get("/notes/xyz").code(), "not_found");
    EXPECT_EQ(api_.get("/notes/%00").code(), "not_found");
}

TEST_F(PipelineTest, TheOrderOfChecksIsTheContracts) {
    api_.as_nobody();
    EXPECT_EQ(api_.post("/notes", "{").code(), "unauthenticated");
    EXPECT_EQ(api_.del("/notes/xyz").code(), "unauthenticated");
    api_.as(somebody);
    EXPECT_EQ(api_.del("/notes/xyz").code(), "forbidden");
    api_.as(somebody, Role::retailer);
    EXPECT_EQ(api_.del("/notes/xyz").code(), "not_found");
    EXPECT_EQ(api_.del(note_path).status, 204);
    api_.as_nobody();
    EXPECT_EQ(api_.post("/notes", std::string(json_body_max + 1, ' ')).code(), "payload_too_large");
}

TEST_F(PipelineTest, ABadTokenIs401WithAChallenge) {
    const auto expired = api_.with("Authorization", "Bearer expired").post("/notes", note_json);
    EXPECT_EQ(expired.code(), "token_expired");
    EXPECT_NE(expired.header("WWW-Authenticate").find("invalid_token"), std::string::npos);
    EXPECT_EQ(api_.with("Authorization", "Basic YTpi").post("/notes", note_json).code(), "unauthenticated");
    EXPECT_EQ(api_.with("Authorization", "Bearer rubbish").get(note_path).status, 401) << "a public GET too";
    EXPECT_EQ(api_.with("Authorization", "Bearer rubbish").post("/doors", "").status, 204) << "a way in looks at none";
}

TEST_F(PipelineTest, AnsweredProblemsCarryTheirRequestId) {
    const auto answer = api_.with("X-Request-Id", "my-id.1").get("/nothing");
    EXPECT_EQ(answer.header("X-Request-Id"), "my-id.1");
    EXPECT_EQ(answer.at("/request_id"), "my-id.1");
    EXPECT_EQ(answer.at("/type"), "urn:fitview:problem:not_found");
    EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
    EXPECT_NE(api_.with("X-Request-Id", "not ours").get("/nothing").header("X-Request-Id"), "not ours");
}

TEST_F(PipelineTest, AnIdempotencyKeyReplaysTheFirstAnswer) {
    const auto first = api_.with("Idempotency-Key", "k1").post("/notes", note_json);
    const auto again =
        api_.with("Idempotency-Key", "k1").post("/notes", R"({"title": "hello", "id": "000000000000000000000007"})");
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.text, first.text);
    EXPECT_EQ(again.header("Location"), first.header("Location"));
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
    EXPECT_EQ(made_, 1);
    const auto other =
        api_.with("Idempotency-Key", "k1").post("/notes", R"({"title": "other", "id": "000000000000000000000007"})");
    EXPECT_EQ(other.code(), "idempotency_key_reused");
    EXPECT_EQ(other.at("/errors/0/parameter"), "Idempotency-Key");
    EXPECT_EQ(api_.with("Idempotency-Key", "k 1").post("/notes", note_json).code(), "malformed_request");
    EXPECT_EQ(api_.as(testkit::id<UserId>(2)).with("Idempotency-Key", "k1").post("/notes", note_json).status, 201);
    EXPECT_EQ(made_, 2);
}

TEST_F(PipelineTest, ARefusalFreesTheIdempotencyKey) {
    const std::string taken = R"({"title": "taken", "id": "000000000000000000000007"})";
    EXPECT_EQ(api_.with("Idempotency-Key", "k1").post("/notes", taken).code(), "conflict");
    EXPECT_EQ(api_.with("Idempotency-Key", "k1").post("/notes", taken).code(), "conflict");
    EXPECT_EQ(made_, 2);
    EXPECT_EQ(api_.with("Idempotency-Key", "k1").post("/notes", note_json).status, 201);
}

TEST_F(PipelineTest, AFormsFieldsAndFileAreRead) {
    const auto answer =
        api_.post_form("/photos", {{"product_id", note.id.str()}, {"photo", "BYTES", "a.jpg", "image/jpeg"}});
    EXPECT_EQ(answer.status, 200) << answer.text;
    EXPECT_EQ(photo_, "BYTES");
    EXPECT_EQ(api_.post_form("/uploads", {{"file", "B", "a.jpg", "image/jpeg"}}).text,
              R"({"items":["B","a.jpg","image/jpeg"]})");
}

TEST_F(PipelineTest, EveryFaultOfAFormIsNamedAtOnce) {
    const auto answer = api_.post_form(
        "/photos", {{"product_id", "x"}, {"product_id", "y"}, {"colour", "red"}, {"caption", "z", "f.txt"}});
    EXPECT_EQ(answer.code(), "invalid_input");
    std::set<std::string> places;
    const auto errors = answer.at("/errors");
    for (const auto& problem : errors.as_array()) places.emplace(problem.at("pointer").as_string());
    EXPECT_EQ(places, (std::set<std::string>{"/product_id", "/colour", "/caption", "/photo"})) << answer.text;
}

TEST_F(PipelineTest, AnIdempotencyKeyIgnoresAFormsBoundary) {
    const std::vector<testkit::ApiFormPart> parts{{"product_id", note.id.str()}, {"photo", "BYTES", "a.jpg"}};
    const auto send = [&](const char* boundary, const std::vector<testkit::ApiFormPart>& form) {
        return api_.with("Idempotency-Key", "f1")
            .with("Content-Type", std::string("multipart/form-data; boundary=") + boundary)
            .post("/photos", testkit::encode_form(form, boundary));
    };
    EXPECT_EQ(send("one", parts).status, 200);
    EXPECT_EQ(send("two", parts).header("Idempotency-Replayed"), "true");
    EXPECT_EQ(send("one", {{"product_id", note.id.str()}, {"photo", "OTHER", "a.jpg"}}).code(),
              "idempotency_key_reused");
}

TEST_F(PipelineTest, AValidTokenCountsForItsUserAndAnyOtherCallForItsAddress) {
    api_.settings.rates.normal = storage::RateLimit{2, std::chrono::minutes(1)};
    api_.as_nobody();
    EXPECT_EQ(api_.get(note_path).header("RateLimit-Remaining"), "1");
    EXPECT_EQ(api_.with("Authorization", "Bearer rubbish").post("/notes", note_json).status, 401);
    const auto refused = api_.with("Authorization", "Bearer rubbish").post("/notes", note_json);
    EXPECT_EQ(refused.code(), "rate_limited");
    EXPECT_EQ(refused.header("Retry-After"), "60");
    EXPECT_EQ(refused.header("RateLimit-Limit"), "2");
    api_.as(somebody);
    EXPECT_EQ(api_.get(note_path).status, 200);
    EXPECT_EQ(api_.get(note_path).status, 200);
    EXPECT_EQ(api_.get(note_path).status, 429);
    EXPECT_EQ(api_.as_nobody().with("X-Forwarded-For", "9.9.9.9").get(note_path).status, 200) << "another address";
    api_.clock.advance(std::chrono::seconds(60));
    EXPECT_EQ(api_.get(note_path).status, 200);
}

TEST_F(PipelineTest, PublicGetsCarryATagAndAnswer304) {
    api_.as_nobody();
    const auto first = api_.get(note_path);
    ASSERT_FALSE(first.header("ETag").empty());
    const auto again = api_.with("If-None-Match", "W/" + first.header("ETag")).get(note_path);
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.text, "");
    EXPECT_EQ(again.header("ETag"), first.header("ETag"));
    EXPECT_EQ(api_.get("/nothing").header("Cache-Control"), "private, no-store");
}

TEST_F(PipelineTest, AcceptThatRulesOutJsonIs406) {
    EXPECT_EQ(api_.with("Accept", "image/png").get(note_path).code(), "not_acceptable");
    EXPECT_EQ(api_.with("Accept", "text/html, */*;q=0.1").get(note_path).status, 200);
    EXPECT_EQ(api_.with("Accept", "application/json;q=0, */*").get(note_path).status, 406);
}

TEST_F(PipelineTest, ARefusalThatIsNotDeclaredIsAnError) {
    api_.router.get("/liar").handle([]() -> Note { throw Failure(FailureCode::cart_full, "No."); });
    EXPECT_THROW(api_.get("/liar"), std::logic_error);
}

TEST_F(PipelineTest, AnExceptionIs500WithoutItsText) {
    api_.router.get("/broken").handle([]() -> Note { throw std::runtime_error("/secret/path"); });
    api_.router.get("/away").handle([]() -> Note { throw Unavailable("mongodb://secret"); });
    const auto broken = api_.get("/broken");
    EXPECT_EQ(broken.code(), "internal");
    EXPECT_EQ(broken.text.find("secret"), std::string::npos);
    const auto away = api_.get("/away");
    EXPECT_EQ(away.code(), "unavailable");
    EXPECT_FALSE(away.header("Retry-After").empty());
    EXPECT_EQ(away.text.find("secret"), std::string::npos);
}

TEST_F(PipelineTest, AuditedRoutesLeaveARecordForSuccessAndRefusal) {
    api_.del(note_path);
    api_.as(somebody, Role::admin).del(note_path);
    const auto records = api_.audit.records();
    ASSERT_EQ(records.size(), 2U);
    EXPECT_FALSE(records[0].succeeded);
    EXPECT_TRUE(records[1].succeeded);
    EXPECT_EQ(records[1].event_type, "note.delete");
    EXPECT_EQ(records[1].user_id, somebody);
    EXPECT_EQ(records[1].resource_id, note.id.str());
}

TEST_F(PipelineTest, EveryRequestLeavesOneLineInTheGuidesFormat) {
    api_.with("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
        .post("/notes?x=secret", note_json);
    api_.post("/notes", note_json);
    const auto lines = api_.log.lines();
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_NE(lines[0].find("4bf92f3577b34da6a3ce929d0e0e4736"), std::string::npos);
    EXPECT_EQ(lines[0].find("secret"), std::string::npos) << "queries may hold signatures";
    EXPECT_NE(
        lines[1].find(
            R"("endpoint":"/api/v1/notes","method":"POST","route":"/api/v1/notes","user_id":"000000000000000000000001")"),
        std::string::npos)
        << lines[1];
    EXPECT_NE(lines[1].find(R"("status_code":201)"), std::string::npos);
    EXPECT_NE(lines[1].find(R"("ai_provider":"fallback")"), std::string::npos);
}

TEST_F(PipelineTest, OnlyAllowedOriginsMayReadAnswers) {
    const auto preflight = api_.with("Origin", "http://localhost:3000")
                               .with("Access-Control-Request-Method", "POST")
                               .call("OPTIONS", "/notes");
    EXPECT_EQ(preflight.status, 204);
    EXPECT_EQ(preflight.header("Access-Control-Allow-Origin"), "http://localhost:3000");
    EXPECT_EQ(preflight.header("Access-Control-Allow-Methods"), "GET, HEAD, POST");
    const auto foreign = api_.with("Origin", "http://evil.example").get(note_path);
    EXPECT_EQ(foreign.status, 200);
    EXPECT_FALSE(foreign.headers.has("Access-Control-Allow-Origin"));
    EXPECT_EQ(foreign.header("Vary"), "Origin");
}

TEST_F(PipelineTest, EveryAnswerCarriesSecurityHeaders) {
    const auto answer = api_.get("/nothing");
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(answer.header("X-Frame-Options"), "DENY");
    EXPECT_FALSE(answer.header("Referrer-Policy").empty());
    EXPECT_FALSE(answer.headers.has("Strict-Transport-Security"));
    EXPECT_TRUE(api_.with("X-Forwarded-Proto", "https").get("/nothing").headers.has("Strict-Transport-Security"));
}

TEST_F(PipelineTest, ALaterIsAnsweredWhenSomethingHappensOrAtItsDeadline) {
    using Either = OneOf<Created<Note>, Accepted<Note>>;
    bool at_once = true;
    api_.router.post("/later").access(Access::signed_in).handle([&]() {
        return Later<Either>{Milliseconds(5),
                             [&](const Answerer<Either>& answerer) {
                                 if (at_once) answerer.answer([] { return created(note); });
                             },
                             [] { return accepted(note, "/somewhere"); }};
    });
    EXPECT_EQ(api_.with("Idempotency-Key", "l").post("/later").status, 201);
    at_once = false;
    EXPECT_EQ(api_.with("Idempotency-Key", "l").post("/later").header("Idempotency-Replayed"), "true");
    EXPECT_EQ(api_.post("/later").status, 202);
}

TEST_F(PipelineTest, AnEventStreamSendsItsEvents) {
    api_.router.get("/events").handle([] {
        return EventStream{[](const EventSender& sender) {
            sender.send({.name = "progress", .data = "{\"a\":\n1}", .id = "1"});
            sender.finish();
        }};
    });
    const auto answer = api_.get("/events");
    EXPECT_EQ(answer.header("Content-Type"), "text/event-stream");
    EXPECT_EQ(answer.text, "id: 1\nevent: progress\ndata: {\"a\":\ndata: 1}\n\n");
}

TEST_F(PipelineTest, IfMatchProtectsARevision) {
    api_.router.put("/guarded").fails({FailureCode::precondition_failed}).handle([](const Call& call) {
        call.revision_check()(3);
        return tagged(note, revision_etag(4));
    });
    EXPECT_EQ(api_.with("If-Match", "\"r3\"").put("/guarded").header("ETag"), "\"r4\"");
    EXPECT_EQ(api_.with("If-Match", "\"r3.7\"").put("/guarded").status, 200);
    EXPECT_EQ(api_.with("If-Match", "*").put("/guarded").status, 200);
    EXPECT_EQ(api_.put("/guarded").status, 200);
    EXPECT_EQ(api_.with("If-Match", "\"r31\", \"r31.3\", \"3\"").put("/guarded").status, 412);
    EXPECT_EQ(api_.with("If-Match", "\"r1\", \"r2\"").put("/guarded").code(), "precondition_failed");
    EXPECT_EQ(api_.with("If-Match", "W/\"r3\"").put("/guarded").status, 412);
    EXPECT_EQ(api_.with("If-Match", "r3").put("/guarded").code(), "malformed_request");
}

TEST_F(PipelineTest, AQuickAnswerNeedsNoWorkerAndCountsOnce) {
    api_.settings.rates.normal = storage::RateLimit{10, std::chrono::minutes(1)};
    bool at_hand = true;
    api_.router.get("/quick")
        .inline_when_cached([&]() -> std::optional<Encoded<Note>> {
            if (!at_hand) return std::nullopt;
            return Encoded<Note>{std::make_shared<const std::string>(note_json), "\"q\""};
        })
        .handle([] { return note; });
    api_.as_nobody();
    EXPECT_EQ(api_.get("/quick").header("ETag"), "\"q\"");
    EXPECT_EQ(api_.with("If-None-Match", "\"q\"").get("/quick").status, 304);
    at_hand = false;
    const auto slow = api_.get("/quick");
    EXPECT_EQ(slow.text, note_json);
    EXPECT_EQ(slow.header("RateLimit-Remaining"), "7");
}

}  // namespace
}  // namespace fitview::http
