#include "bridge/intake/intake.hpp"
#include "bridge/intake/signature.hpp"

#include <gtest/gtest.h>

#include "base/runtime/fiber_runtime.hpp"
#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "bridge/store/memory_store.hpp"
#include "tests/support/line_log.hpp"

namespace casewire::bridge {
namespace {

using namespace std::chrono_literals;

constexpr const char* kHandoff =
    R"({"event":"conversation.handoff_to_human","organization_id":"o","data":[{"conversation_id":"s-1"}]})";
constexpr const char* kReply = R"({"event":"email.sent","caseId":"500VE00000abcDeYAI","recordIds":["02s"]})";

/// A disk that is full.
class FullStore final : public MemoryStore {
 public:
  void commit(const Changes&) override { throw StoreFailure("disk full"); }
};

class IntakeTest : public testing::Test {
 protected:
  IntakeTest() : process_(fibers_.make_process("bridge")) {
    config_.opencx.webhook_secrets = {"cx-secret-new", "cx-secret-old"};
    config_.salesforce.webhook_secrets = {"sf-secret-new", "sf-secret-old"};
  }

  http::Response post(const std::string& path, std::string body, http::Headers headers = {}) {
    Intake intake(*process_, store_, events_, config_, [this] { ++wakes_; });
    return ask(intake, {.method = "POST", .target = path, .headers = std::move(headers), .body = std::move(body)}).response;
  }
  static http::Reply ask(Intake& intake, const http::Request& request) {
    http::Router router;
    intake.add_routes(router);
    return router(request);
  }

  http::Headers signed_with(const std::string& secret, const std::string& body, milliseconds age = 0ms) const {
    const auto at = std::chrono::duration_cast<std::chrono::seconds>((process_->now() - age).time_since_epoch()).count();
    const auto time = std::to_string(at);
    return {{"webhook-id", "msg_1"},
            {"webhook-timestamp", time},
            {"webhook-signature", "v1,AAAA v1," + base64(hmac_sha256(secret, "msg_1." + time + "." + body))}};
  }

  FiberRuntime fibers_{*parse_iso8601("2026-01-05T09:00:00Z"), 1};
  std::unique_ptr<FiberProcess> process_;
  MemoryStore store_;
  LineLog log_;
  Events events_{*process_, log_};
  Config config_;
  int wakes_ = 0;
};

TEST_F(IntakeTest, StoresAJobBeforeItAnswers) {
  EXPECT_EQ(post("/hooks/opencx/cx-secret-new", kHandoff).status, 202);
  EXPECT_TRUE(store_.job("session:s-1"));
  EXPECT_EQ(post("/hooks/salesforce/sf-secret-old", kReply).status, 202);
  EXPECT_TRUE(store_.job("case:500VE00000abcDeYAI"));
  EXPECT_EQ(wakes_, 2);
}

// F29, F31: however often something is announced, there is one job.
TEST_F(IntakeTest, CoalescesRepetitions) {
  for (int i = 0; i < 3; ++i) post("/hooks/opencx/cx-secret-new", kHandoff);
  EXPECT_EQ(store_.job("session:s-1")->revision, 3u);
  EXPECT_EQ(store_.count_jobs(process_->now()).due, 1u);
}

// A secret that was pasted wrongly into the sender's settings shows nowhere else.
TEST_F(IntakeTest, TellsTheOperatorWhyAWebhookWasRefused) {
  post("/hooks/opencx/not-the-secret", kHandoff);
  EXPECT_EQ(log_.lines, "level=warning event=\"webhook refused\" sender=opencx problem=\"wrong secret in the path\"\n");
  log_.lines.clear();
  post("/hooks/salesforce/sf-secret-new", "{}");
  EXPECT_EQ(log_.lines,
            "level=warning event=\"webhook not understood\" sender=salesforce problem=\"\\\"event\\\" is missing\"\n");
  log_.lines.clear();
  post("/favicon.ico", "");
  EXPECT_EQ(log_.lines, "");
}

// Anybody can ask for a wrong path a thousand times a second.
TEST_F(IntakeTest, LetsNobodyFillTheLog) {
  const std::string line = "level=warning event=\"webhook refused\" sender=opencx problem=\"wrong secret in the path\"";
  std::string ten;
  for (int i = 0; i < 10; ++i) ten += line + "\n";
  for (int i = 0; i < 30; ++i) post("/hooks/opencx/not-the-secret", kHandoff);
  EXPECT_EQ(log_.lines, ten);
  log_.lines.clear();
  post("/hooks/salesforce/not-the-secret", kReply);
  EXPECT_EQ(log_.lines, "level=warning event=\"webhook refused\" sender=salesforce problem=\"wrong secret in the path\"\n")
      << "what says something else is told";
  log_.lines.clear();
  fibers_.advance_to(fibers_.now() + 1min);
  post("/hooks/opencx/not-the-secret", kHandoff);
  post("/hooks/opencx/not-the-secret", kHandoff);
  EXPECT_EQ(log_.lines, line + " not_written=20\n" + line + "\n");
  for (const auto& count : events_.counts()) {
    if (count.counter == "webhooks" && count.result == "refused" && count.vendor == "opencx") {
      EXPECT_EQ(count.value, 32u);
    }
  }
}

// F35, F37
TEST_F(IntakeTest, Answers503WhenTheStoreFails) {
  FullStore full;
  Intake intake(*process_, full, events_, config_, [] {});
  EXPECT_EQ(ask(intake, {.method = "POST", .target = "/hooks/opencx/cx-secret-new", .body = kHandoff}).response.status, 503);
}

TEST_F(IntakeTest, HidesBehind404WhatHasNoRightSecret) {
  for (const auto* path : {"/hooks/opencx/", "/hooks/opencx/wrong", "/hooks/opencx/sf-secret-new",
                           "/hooks/salesforce/cx-secret-new", "/hooks/opencx/cx-secret-new/x", "/hooks", "/"}) {
    EXPECT_EQ(post(path, kHandoff).status, 404) << path;
  }
  EXPECT_EQ(post("/hooks/opencx/%zz", kHandoff).status, 400) << "no percent-encoding: no secret at all";
}

struct SignatureCase {
  const char* name;
  const char* secret;
  milliseconds age;
  int want;
};
class IntakeSignature : public IntakeTest, public testing::WithParamInterface<SignatureCase> {};
// F32, F33, F34
TEST_P(IntakeSignature, CountsWhenItIsThere) {
  const auto headers = signed_with(GetParam().secret, kHandoff, GetParam().age);
  EXPECT_EQ(post("/hooks/opencx/cx-secret-new", kHandoff, headers).status, GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(, IntakeSignature,
                         testing::ValuesIn(std::vector<SignatureCase>{{"New", "cx-secret-new", 0ms, 202},
                                                                      {"OldDuringRotation", "cx-secret-old", 0ms, 202},
                                                                      {"Wrong", "cx-secret-bad", 0ms, 401},
                                                                      {"FourMinutes59", "cx-secret-new", 299s, 202},
                                                                      {"FiveMinutes1", "cx-secret-new", 301s, 401},
                                                                      {"FromTheFuture", "cx-secret-new", -301s, 401}}),
                         [](const auto& row) { return std::string{row.param.name}; });

TEST_F(IntakeTest, RefusesAChangedBody) {
  const auto headers = signed_with("cx-secret-new", kHandoff);
  EXPECT_EQ(post("/hooks/opencx/cx-secret-new", std::string(kHandoff) + " ", headers).status, 401);
  EXPECT_FALSE(store_.job("session:s-1"));
}

TEST_F(IntakeTest, DemandsASignatureOnlyWhereConfigured) {
  EXPECT_EQ(post("/hooks/opencx/cx-secret-new", kHandoff, {{"webhook-id", "x"}, {"webhook-timestamp", "1"}}).status, 202);
  config_.opencx.require_signature = true;
  EXPECT_EQ(post("/hooks/opencx/cx-secret-new", kHandoff).status, 401);
  EXPECT_EQ(post("/hooks/opencx/cx-secret-new", kHandoff, {{"webhook-signature", "v1,x"}}).status, 401);
  auto broken = signed_with("cx-secret-new", kHandoff);
  broken.set("webhook-timestamp", "99999999999999999999");
  EXPECT_EQ(post("/hooks/opencx/cx-secret-new", kHandoff, broken).status, 401);
}

struct GarbageCase {
  const char* name;
  std::string body;
  int want;
};
class IntakeGarbage : public IntakeTest, public testing::WithParamInterface<GarbageCase> {};
TEST_P(IntakeGarbage, IsRefusedAndStoresNothing) {
  EXPECT_EQ(post("/hooks/opencx/cx-secret-new", GetParam().body).status, GetParam().want);
  const auto sf = post("/hooks/salesforce/sf-secret-new", GetParam().body);
  EXPECT_EQ(sf.status, GetParam().want);
  EXPECT_FALSE(string_member(*parse_json(sf.body), "error").empty());
  EXPECT_EQ(store_.count_jobs(process_->now()).due, 0u);
}
INSTANTIATE_TEST_SUITE_P(
    , IntakeGarbage,
    testing::ValuesIn(std::vector<GarbageCase>{
        {"Empty", "", 400},
        {"NotJson", "hello", 400},
        {"List", "[]", 400},
        {"NoEvent", "{}", 400},
        {"NoIds", R"({"event":"conversation.closed","data":{}})", 400},
        {"Twice", R"({"event":"a","event":"b"})", 400},
        {"EmptyData", R"({"event":"conversation.closed","data":[]})", 400},
        {"PathInId", R"({"event":"conversation.closed","data":{"conversation_id":"../x"},"caseId":"500/../../00000"})", 400},
        {"WrongIdKind", R"({"event":"conversation.closed","data":{"conversation_id":7},"caseId":"003VE00000abcDeYAI"})", 400},
        {"BadUtf8", "{\"event\":\"\xFF\"}", 400},
        {"Deep", std::string(100, '[') + std::string(100, ']'), 400},
        {"Large", std::string((1u << 20) + 1, ' '), 413}}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST_F(IntakeTest, RefusesOtherMethodsAndMediaTypes) {
  Intake intake(*process_, store_, events_, config_, [] {});
  EXPECT_EQ(ask(intake, {.method = "GET", .target = "/hooks/opencx/cx-secret-new"}).response.status, 405);
  EXPECT_EQ(post("/hooks/opencx/cx-secret-new", kHandoff, {{"Content-Type", "multipart/form-data; boundary=x"}}).status, 415);
  // What Apex says of JSON when nobody set the type.
  EXPECT_EQ(post("/hooks/salesforce/sf-secret-new", kReply, {{"Content-Type", "application/x-www-form-urlencoded"}}).status, 202);
}

TEST_F(IntakeTest, IgnoresAiAnswersOfSessionsThatWereNeverHandedOff) {
  const auto* body = R"({"event":"conversation.ai_response","data":{"conversation_id":"s-1"},"new":{"member":[1]}})";
  EXPECT_EQ(post("/hooks/opencx/cx-secret-new", body).status, 202);
  EXPECT_FALSE(store_.job("session:s-1"));
  store_.commit({.at = process_->now(), .links = {{.session_id = "s-1", .case_id = "500A", .conversation = "contact:d"}}});
  post("/hooks/opencx/cx-secret-new", body);
  ASSERT_TRUE(store_.job("session:s-1"));
  EXPECT_EQ(store_.job("session:s-1")->conversation, "contact:d");
}

TEST_F(IntakeTest, IgnoresItsOwnCommentsAndForeignEvents) {
  EXPECT_EQ(post("/hooks/salesforce/sf-secret-new", R"({"event":"comment.created","caseId":"500VE00000abcDeYAI"})").status, 202);
  EXPECT_EQ(post("/hooks/opencx/cx-secret-new", R"({"event":"csat.requested","data":{}})").status, 202);
  EXPECT_EQ(store_.count_jobs(process_->now()).due, 0u);
  config_.salesforce.public_comments_are_replies = true;
  post("/hooks/salesforce/sf-secret-new", R"({"event":"comment.created","caseId":"500VE00000abcDe"})");
  EXPECT_TRUE(store_.job("case:500VE00000abcDeYAI")) << "15 characters become 18";
}

TEST_F(IntakeTest, PassesOnAWellFormedTraceOnly) {
  const std::string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  post("/hooks/opencx/cx-secret-new", kHandoff, {{"traceparent", trace}});
  EXPECT_EQ(store_.job("session:s-1")->traceparent, trace);
  post("/hooks/opencx/cx-secret-new", kHandoff, {{"traceparent", trace.substr(0, 54) + "\n"}});
  EXPECT_EQ(store_.job("session:s-1")->traceparent, trace);
}

// base64 has slashes, which stand percent-encoded in the URL.
TEST_F(IntakeTest, TakesASecretWithASlashInIt) {
  config_.opencx.webhook_secrets = {"whsec_a/b+c="};
  EXPECT_EQ(post("/hooks/opencx/whsec_a%2Fb%2Bc%3D", kHandoff).status, 202);
}

// A person who takes a session over leaves no handoff on it: the job is told to look.
TEST_F(IntakeTest, RemembersThatAPersonHasTheConversation) {
  post("/hooks/opencx/cx-secret-new", kHandoff);
  EXPECT_TRUE(store_.mark("people:session:s-1"));
}

// The example of the Standard Webhooks specification and its official libraries.
TEST(SigningKey, OfAWhsecSecretIsWhatItsBase64StandsFor) {
  const std::string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  http::Request request{.method = "POST", .target = "/hooks/opencx/x", .body = R"({"test": 2432232314})"};
  request.headers.add("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek");
  request.headers.add("webhook-timestamp", "1614265330");
  request.headers.add("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  const WallTime then{std::chrono::seconds{1'614'265'330}};
  EXPECT_EQ(check_signature(request, {secret}, then), Signature::valid);
  EXPECT_EQ(check_signature(request, {secret.substr(6)}, then), Signature::wrong) << "without the prefix it is taken as it is";
}

}  // namespace
}  // namespace casewire::bridge
