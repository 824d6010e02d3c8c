#include "bridge/reconcile/reply_delivery.hpp"

#include <gmock/gmock.h>

#include "base/runtime/fiber_runtime.hpp"
#include "base/text/json.hpp"
#include "bridge/delivery/call_share.hpp"
#include "bridge/reconcile/refusals.hpp"
#include "bridge/store/memory_store.hpp"
#include "tests/support/line_log.hpp"

namespace casewire::bridge {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view kNow = "2026-01-05T09:00:00Z";

/// An org and an OpenCX: a post's own file, and a picture that stands on the Case.
class TwoVendors final : public http::Transport {
 public:
  Result<http::Response, http::TransportError> send(const http::Request& request, http::Deadline) override {
    if (request.target.ends_with("/oauth2/token")) {
      return answer({{"access_token", "t"},
                     {"instance_url", "https://org.test"},
                     {"id", "https://login.test/id/00D000000000001AAA/005000000000001AAA"}});
    }
    if (request.target.ends_with("/composite")) return answer({{"compositeResponse", Json::array({part(request.body)})}});
    if (request.target.ends_with("/VersionData")) return http::Response{.status = 200, .body = "abc"};
    const auto sent = parse_json(request.body);
    for (const auto& file : (*sent)["message"]["attachments"]) names.push_back(string_member(file, "name"));
    text = string_member((*sent)["message"], "text");
    return answer({{"data", {{"message", {{"id", "m-1"}}}}}});
  }
  std::vector<std::string> names;
  std::string text;

 private:
  static http::Response answer(const Json& body) { return {.status = 200, .body = dump_json(body)}; }
  static Json part(const std::string& asked) {
    Json rows = Json::array();
    if (asked.find("068000000000001AAA") != std::string::npos) {
      rows.push_back(
          {{"ContentDocumentId", "069000000000001AAA"}, {"Title", "invoice"}, {"FileExtension", "pdf"}, {"ContentSize", 3}});
    } else if (asked.find("500000000000001AAA") != std::string::npos) {
      rows.push_back({{"ContentDocumentId", "069000000000002AAA"},
                      {"ContentDocument",
                       {{"LatestPublishedVersionId", "068000000000002AAA"},
                        {"Title", "cup"},
                        {"FileExtension", "png"},
                        {"ContentSize", 3}}}});
    }
    return {{"referenceId", "files"}, {"httpStatusCode", 200}, {"body", {{"records", rows}}}};
  }
};

constexpr std::string_view kCase = "500000000000001AAA";

/// A bridge in which Dana's session s-1 is on a Case.
class ReplyDeliveryTest : public testing::Test {
 protected:
  ReplyDeliveryTest() { store_.commit({.links = {link_}}); }
  ~ReplyDeliveryTest() override { process_->kill(); }
  void deliver(const replies::Row& row) {
    const Job job{.subject = "case:" + std::string(kCase), .conversation = link_.conversation};
    ReplyDelivery delivery(context_, job, {link_});
    process_->spawn("job", [&] { EXPECT_FALSE(delivery.deliver(row)); });
    fibers_.run_until_quiet();
  }
  /// With a file of its own (069...1) and that text.
  void deliver_post(const std::string& html) {
    replies::Row row;
    row.id = "0D5000000000001AAA";
    row.kind = replies::Kind::post;
    row.created_at = *parse_iso8601("2026-01-05T08:59:00Z");
    row.html = html;
    row.file_version = "068000000000001AAA";
    deliver(row);
  }

  const Link link_{.session_id = "s-1", .case_id = std::string(kCase), .conversation = "contact:dana@example.test"};
  FiberRuntime fibers_{*parse_iso8601(kNow), 5};
  std::unique_ptr<FiberProcess> process_ = fibers_.make_process("bridge");
  TwoVendors transport_;
  MemoryStore store_;
  SeededRng rng_{11};
  LineLog log_;
  Config config_ = [] {
    Config config;
    config.salesforce.login_url = "https://login.test";
    config.salesforce.refresh_token = "r";
    config.opencx.url = "https://opencx.test";
    return config;
  }();
  Events events_{*process_, log_};
  Vendors vendors_{*process_, events_};
  Alarms alarms_;
  salesforce::Client salesforce_{transport_, vendors_.salesforce, config_, {*process_, store_, rng_, events_}};
  CallShare share_{store_, *process_, "opencx", 0};
  opencx::Client opencx_{{transport_, transport_}, vendors_.opencx, share_, config_};
  const Context context_{*process_, store_, salesforce_, opencx_, vendors_, alarms_, events_, config_};
};

// The files of the text took the place of the post's own.
TEST_F(ReplyDeliveryTest, APostsFileGoesAlongWithThePictureInItsText) {
  deliver_post("<p>Both.</p><img src=\"sfdc://069000000000002AAA\">");
  EXPECT_THAT(transport_.names, ElementsAre("invoice.pdf", "cup.png"));
  EXPECT_EQ(transport_.text, "Both.");
}

TEST_F(ReplyDeliveryTest, APostsFileThatItsTextShowsGoesOnce) {
  deliver_post("<p>Here.</p><img src=\"sfdc://069000000000001AAA\">");
  EXPECT_THAT(transport_.names, ElementsAre("invoice.pdf"));
  EXPECT_EQ(transport_.text, "Here.");
}

// grep session=ID is a customer's story.
TEST_F(ReplyDeliveryTest, WhatDoesNotGoOutIsToldUnderItsSessionToo) {
  replies::Row row;
  row.id = "02s000000000001AAA";
  row.created_at = *parse_iso8601("2026-01-05T08:59:00Z");
  deliver(row);
  EXPECT_THAT(log_.lines,
              HasSubstr("event=\"reply says nothing\" case=500000000000001AAA reply=02s000000000001AAA session=s-1\n"));
  note_refusals(context_, std::string(kCase), {{row, replies::Refusal::not_sent}});
  EXPECT_THAT(log_.lines,
              HasSubstr("event=\"reply refused\" case=500000000000001AAA reply=02s000000000001AAA session=s-1 reason="));
}

}  // namespace
}  // namespace casewire::bridge
