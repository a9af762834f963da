#include "http/openapi.hpp"

#include <boost/describe/class.hpp>

#include "base/text.hpp"
#include "http/operation_routes.hpp"
#include "testkit/api_driver.hpp"

namespace fitview::http {
namespace {

struct Tea {
    ProductId id;
    Text<1, 20> name;
};
BOOST_DESCRIBE_STRUCT(Tea, (), (id, name))

struct TeaPath {
    ProductId id;
};
BOOST_DESCRIBE_STRUCT(TeaPath, (), (id))

struct TeaPhoto {
    static constexpr std::string_view file_field = "photo";
    Text<1, 20> name;
};
BOOST_DESCRIBE_STRUCT(TeaPhoto, (), (name))

class OperationRoutes : public testing::Test {
protected:
    OperationRoutes() {
        auto& router = api_.router;
        router.get("/teas/{id}")
            .summary("One <tea>")
            .fails({FailureCode::not_found})
            .handle([](const Path<TeaPath>& path) {
                return Tea{path->id, *Text<1, 20>::check("Assam")};
            });
        router.post("/teas").access(Access::retailer).fails({FailureCode::conflict}).handle([](const Body<Tea>& body) {
            return created(*body);
        });
        router.post("/photos").access(Access::signed_in).handle([](const Form<TeaPhoto>&) {});
        add_operation_routes(router, api_.metrics, {.version = "9.9.9", .metrics_token = "sesame"});
    }
    testkit::ApiDriver api_;
};

TEST_F(OperationRoutes, TheDocumentDescribesInputsAnswersAndEveryRefusal) {
    const auto document = api_.get("/openapi.json");
    ASSERT_EQ(document.status, 200);
    EXPECT_EQ(document.at("/openapi"), "3.1.0");
    EXPECT_EQ(document.at("/info/version"), "9.9.9");
    const std::string post = "/paths/~1api~1v1~1teas/post";
    EXPECT_EQ(document.at(post + "/requestBody/content/application~1json/schema/$ref").as_string().subview(0, 21),
              "#/components/schemas/");
    EXPECT_FALSE(document.at(post + "/responses/201/content/application~1json").is_null());
    EXPECT_EQ(
        document.at(post + "/responses/409/content/application~1problem+json/schema/allOf/1/properties/code/enum"),
        (boost::json::array{"conflict", "request_in_progress"}));
    for (const char* status : {"400", "401", "403", "413", "415", "422", "429", "500", "503"}) {
        EXPECT_FALSE(document.at(post + "/responses/" + status).is_null()) << status;
    }
    EXPECT_EQ(document.at(post + "/security/0/bearer"), boost::json::array{});
    EXPECT_EQ(document.at("/paths/~1api~1v1~1teas~1{id}/get/parameters/0/in"), "path");
    EXPECT_EQ(document.at("/paths/~1api~1v1~1teas~1{id}/get/security"), boost::json::array{});
    const auto form = document.at("/paths/~1api~1v1~1photos/post/requestBody/content/multipart~1form-data/schema");
    EXPECT_TRUE(form.at("properties").as_object().contains("photo"));
    EXPECT_EQ(form.at("required").as_array().size(), 2U);
    EXPECT_EQ(document.text, api_.get("/openapi.json").text);
}

TEST_F(OperationRoutes, ThePageIsSelfContainedAndEscaped) {
    const auto page = api_.get("/docs");
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.text.find("One &lt;tea&gt;"), std::string::npos);
    EXPECT_EQ(page.text.find("<script"), std::string::npos);
    EXPECT_NE(page.header("Content-Security-Policy").find("default-src 'none'"), std::string::npos);
}

TEST_F(OperationRoutes, MetricsAreForPrivateAddressesOrTheToken) {
    EXPECT_EQ(api_.get("/metrics").status, 200);
    EXPECT_NE(api_.get("/metrics")
                  .text.find("fitview_http_requests_total{method=\"GET\",route=\"/metrics\",status=\"200\"} 1"),
              std::string::npos);
    EXPECT_EQ(api_.with("X-Forwarded-For", "8.8.8.8").get("/metrics").code(), "forbidden");
    EXPECT_EQ(api_.with("X-Forwarded-For", "8.8.8.8").with("Authorization", "Bearer sesame").get("/metrics").status,
              200);
    EXPECT_EQ(api_.with("X-Forwarded-For", "8.8.8.8").with("Authorization", "Bearer wrong").get("/metrics").status,
              403);
}

TEST_F(OperationRoutes, ProbesAreNotCounted) {
    api_.settings.rates.normal = storage::RateLimit{1, std::chrono::minutes(1)};
    for (int time = 0; time < 3; ++time) EXPECT_EQ(api_.get("/livez").at("/status"), "alive");
    EXPECT_FALSE(api_.get("/livez").headers.has("RateLimit-Limit"));
}

}  // namespace
}  // namespace fitview::http
