#include "engine/person/drawn_joints.hpp"
#include "reflect/members.hpp"
#include "tryon/stored_inputs.hpp"
#include "tryon/tryon_fixture.hpp"

namespace fitview::tryon {
namespace {

TEST_F(Tryon, OwnPhotosNeedConsentAndAPerson) {
    const std::string photo = media::encode_webp(grey(96, 128, 128));
    const auto send = [&](const std::string& consent, const std::string& bytes, const std::string& more = "") {
        std::vector<testkit::ApiFormPart> parts{
            {.name = "photo", .bytes = bytes, .file_name = "me.jpg", .content_type = "image/jpeg"},
            {.name = "product_id", .bytes = product_.str()}};
        if (!consent.empty()) parts.push_back({.name = "consent", .bytes = consent});
        if (!more.empty()) parts.push_back({.name = more, .bytes = "not json"});
        return api_.post_form("/tryon/with-photo", parts);
    };
    EXPECT_EQ(send("", photo).code(), "consent_required");
    EXPECT_EQ(send("false", photo).code(), "consent_required");
    EXPECT_EQ(send("true", photo, "fit_points").at("/errors/0/pointer"), "/fit_points");
    EXPECT_EQ(send("true", "no picture").status, 415);
    const auto nobody = send("true", photo);
    EXPECT_EQ(nobody.code(), "unusable_picture") << nobody.text;
    EXPECT_EQ(nobody.at("/errors/0/pointer"), "/photo");
    EXPECT_TRUE(objects_->list("user_uploads/", std::nullopt, 10).empty());
}

TEST_F(Tryon, OwnPhotosAreSignedNeverSharedAndGoWithTheSession) {
    const std::string photo = media::encode_webp(grey(96, 128, 128));
    const auto send = [&] {
        return api_.post_form("/tryon/with-photo",
                              {{.name = "photo", .bytes = photo, .file_name = "me.jpg", .content_type = "image/jpeg"},
                               {.name = "product_id", .bytes = product_.str()},
                               {.name = "consent", .bytes = "true"},
                               {.name = "options", .bytes = R"({"preview":true})"}});
    };
    const auto first = send();
    EXPECT_EQ(first.status, 202) << first.text;
    EXPECT_EQ(first.at("/kind"), "photo");
    EXPECT_EQ(first.at("/model_id"), nullptr);
    work();
    EXPECT_EQ(send().status, 202);
    const auto done = api_.get("/tryon/" + text(first, "/id"));
    EXPECT_NE(text(done, "/result_url").find("&signature="), std::string::npos);
    EXPECT_EQ(store_->consents_of(user_).size(), 2U);
    EXPECT_NE(text(done, "/fit_overlay_url").find("&signature="), std::string::npos) << done.text;
    EXPECT_EQ(objects_->list("user_uploads/", std::nullopt, 10).size(), 5U);
    api_.del("/tryon/" + text(first, "/id"));
    EXPECT_EQ(objects_->list("user_uploads/", std::nullopt, 10).size(), 1U);
}

TEST_F(Tryon, TheModelOfAnOwnPhotoGoesWithTheSession) {
    Session session{.id = testkit::id<TryonId>(41), .user_id = user_, .kind = Kind::photo, .product_id = product_};
    const std::string stem = "user_uploads/" + user_.str() + "/";
    session.person_key = stem + "own.webp";
    session.person_hash = "own";
    objects_->put(storage::ObjectKey::of(session.person_key), media::encode_webp(grey(96, 128, 180)));
    session.garment_key = "products/p/1.webp";
    session.garment_hash = "p1";
    session.status = Status::completed;
    session.result_key = stem + "result.webp";
    session.created_at = session.updated_at = api_.clock.now();
    session.expires_at = api_.clock.now() + std::chrono::hours(24);
    store_->add(session);
    const std::string address = "/tryon/" + session.id.str();
    ASSERT_EQ(api_.get(address + "/model.glb").status, 200);
    const auto key = storage::ObjectKey::of(stem + "result.glb");
    ASSERT_TRUE(objects_->find(key));
    EXPECT_EQ(ledger_->find(key)->owner, user_);
    EXPECT_EQ(api_.del(address).status, 204);
    EXPECT_FALSE(objects_->find(key));
    EXPECT_FALSE(ledger_->find(key));
}

TEST_F(Tryon, ErasureTakesSessionsPhotosAndConsents) {
    const auto photo = api_.post_form("/tryon/with-photo", {{.name = "photo",
                                                             .bytes = media::encode_webp(grey(96, 128, 128)),
                                                             .file_name = "me.jpg",
                                                             .content_type = "image/jpeg"},
                                                            {.name = "product_id", .bytes = product_.str()},
                                                            {.name = "consent", .bytes = "true"},
                                                            {.name = "options", .bytes = R"({"preview":true})"}});
    EXPECT_EQ(photo.status, 202);
    work();
    api_.post("/tryon", body(product_));
    PersonalData data(parts_, service_);
    EXPECT_EQ(data.export_for(user_)[0].records.size(), 2U);
    EXPECT_EQ(data.export_for(user_)[1].records.size(), 1U);
    data.erase_for(user_);
    data.erase_for(user_);
    EXPECT_TRUE(data.export_for(user_)[0].records.empty());
    EXPECT_TRUE(data.export_for(user_)[1].records.empty());
    EXPECT_TRUE(objects_->list("user_uploads/", std::nullopt, 10).empty());
    EXPECT_EQ(queue_->depth().waiting, 0);
}

class OwnPhotos : public Tryon {
protected:
    /// Sends the drawn person with more fields; `mask` is sent as a file.
    testkit::ApiAnswer send(const std::vector<testkit::ApiFormPart>& more, const std::string& mask = "") {
        std::vector<testkit::ApiFormPart> parts{
            {.name = "photo", .bytes = photo_, .file_name = "me.webp", .content_type = "image/webp"},
            {.name = "product_id", .bytes = product_.str()},
            {.name = "consent", .bytes = "true"},
            {.name = "options", .bytes = R"({"preview":true})"}};
        parts.insert(parts.end(), more.begin(), more.end());
        if (!mask.empty())
            parts.push_back(
                {.name = "person_mask", .bytes = mask, .file_name = "mask.png", .content_type = "image/png"});
        return api_.post_form("/tryon/with-photo", parts);
    }
    /// White where the person is, the whole of it or without the left half of the picture.
    static std::string mask_of(bool whole, int width = 192, int height = 256) {
        media::Raster mask{width, height, 1, std::vector<std::uint8_t>(std::size_t(width) * std::size_t(height))};
        for (int y = height / 10; y < height * 9 / 10; ++y)
            for (int x = whole ? width * 3 / 10 : width / 2; x < width * 7 / 10; ++x)
                mask.bytes[std::size_t(y) * std::size_t(width) + std::size_t(x)] = 255;
        return media::encode_png(mask);
    }
    /// All 33 points of the drawn person, as a browser sends them.
    static testkit::ApiFormPart browser_points() {
        std::string points;
        const auto joints = engine::joints_of(engine::draw_person(engine::DrawnPose::arms_down));
        for (std::size_t at = 0; at < joints.size(); ++at) {
            points += (at == 0 ? R"({"name":")" : R"(,{"name":")") +
                      std::string(reflect::enum_name(static_cast<engine::BodyPoint>(at))) + R"(","x":)" +
                      std::to_string(joints[at].x) + R"(,"y":)" + std::to_string(joints[at].y) + "}";
        }
        return {.name = "fit_points", .bytes = R"({"points":[)" + points + "]}"};
    }
    static testkit::ApiFormPart height(const std::string& cm) { return {.name = "height_cm", .bytes = cm}; }
    std::size_t kept() { return objects_->list("user_uploads/", std::nullopt, 20).size(); }

    const std::string photo_ =
        media::encode_webp(engine::raster_of(engine::draw_person(engine::DrawnPose::arms_down).picture));
};

TEST_F(OwnPhotos, TheMaskThatWasSentIsUsedAndGoesWithTheSession) {
    painter_.looks_at_person = true;
    const auto silhouette = [&](const std::string& mask) {
        const auto started = send({browser_points()}, mask);
        EXPECT_EQ(started.status, 202) << started.text;
        work();
        EXPECT_EQ(painter_.person->model.source, engine::PersonSource::landmarks);
        const std::size_t with_it = kept();
        EXPECT_EQ(api_.del("/tryon/" + text(started, "/id")).status, 204);
        EXPECT_EQ(with_it, mask.empty() ? 4U : 5U);
        EXPECT_EQ(kept(), 0U);
        return painter_.person->model.silhouette.clone();
    };
    const cv::Mat whole = silhouette(mask_of(true)), half = silhouette(mask_of(false)), none = silhouette("");
    EXPECT_GT(cv::norm(whole, half, cv::NORM_L1), 0);
    EXPECT_GT(cv::norm(whole, none, cv::NORM_L1), 0);
    EXPECT_GT(cv::countNonZero(whole), cv::countNonZero(half));
}

TEST_F(OwnPhotos, AnotherWorkerUsesTheStoredMask) {
    const auto started = send({browser_points()}, mask_of(false));
    const auto session = store_->find(*TryonId::check(text(started, "/id")), api_.clock.now());
    ASSERT_TRUE(session && session->person_mask_key);
    photo_analysis::PreparedPhotos elsewhere;
    const auto load = [&] { return pixels_of(*objects_->find(storage::ObjectKey::of(session->person_key))); };
    const auto person = elsewhere.person(session->person_hash, photo_analysis::PhotoOf::shopper, load,
                                         given_person(*session, *objects_));
    painter_.looks_at_person = true;
    work();
    EXPECT_EQ(cv::norm(person->model.silhouette, painter_.person->model.silhouette, cv::NORM_INF), 0);
}

TEST_F(OwnPhotos, AMaskThatCannotBeThePhotosIsRefused) {
    const auto fault = [&](const std::string& mask, int status) {
        const auto answer = send({browser_points()}, mask);
        EXPECT_EQ(answer.status, status) << answer.text;
        return text(answer, "/errors/0/pointer");
    };
    EXPECT_EQ(fault(mask_of(true, 256, 192), 422), "/person_mask");
    EXPECT_EQ(fault(media::encode_png(grey(192, 256, 0)), 422), "/person_mask");
    EXPECT_EQ(fault(media::encode_png(grey(192, 256, 255)), 422), "/person_mask");
    EXPECT_EQ(fault(mask_of(true, 48, 64), 422), "/person_mask");
    fault("no picture at all", 415);
    const auto cut = mask_of(true);
    EXPECT_EQ(fault(cut.substr(0, cut.size() / 2), 422), "/person_mask");
    EXPECT_EQ(text(send({}, mask_of(true)), "/errors/0/pointer"), "/person_mask")
        << "no networks here: without all points nobody would look for the person";
    EXPECT_EQ(kept(), 0U);
}

TEST_F(OwnPhotos, TheHeightThatWasSentGoesBeforeTheProfiles) {
    const auto told = [&](const std::vector<testkit::ApiFormPart>& more) {
        EXPECT_EQ(send(more).status, 202);
        work();
        return painter_.measures.body;
    };
    EXPECT_FALSE(told({}).height);
    EXPECT_EQ(told({height("171.5")}).height, 171.5);
    sources_.profile = {{"height", 160}, {"bust", 92}};
    EXPECT_EQ(told({}).height, 160);
    EXPECT_EQ(told({}).bust, 92);
    EXPECT_EQ(told({height("180")}).height, 180);
    for (const char* wrong : {"99", "231", "tall", "1e999", ""})
        EXPECT_EQ(text(send({height(wrong)}), "/errors/0/pointer"), "/height_cm") << wrong;
}

}  // namespace
}  // namespace fitview::tryon
