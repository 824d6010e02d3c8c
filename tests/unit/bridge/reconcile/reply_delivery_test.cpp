#include "bridge/reconcile/reply_delivery.hpp"

#include <gmock/gmock.h>

#include "base/runtime/fiber_runtime.hpp"
#include "base/text/json.hpp"
#include "bridge/delivery/call_share.hpp"
#include "bridge/store/memory_store.hpp"

namespace casewire::bridge {
namespace {

using testing::ElementsAre;

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

/// A post with a file of its own (069...1) and that text goes out.
void deliver_post(const std::string& html, TwoVendors& transport) {
  FiberRuntime fibers{*parse_iso8601(kNow), 5};
  const auto process = fibers.make_process("bridge");
  MemoryStore store;
  SeededRng rng{11};
  SilentLog log;
  Config config;
  config.salesforce.login_url = "https://login.test";
  config.salesforce.refresh_token = "r";
  config.opencx.url = "https://opencx.test";
  Events events(*process, log);
  Vendors vendors(*process, events);
  Alarms alarms;
  salesforce::Client salesforce(transport, vendors.salesforce, config, {*process, store, rng, events});
  CallShare share(store, *process, "opencx", 0);
  opencx::Client opencx({transport, transport}, vendors.opencx, share, config);
  const Context context{*process, store, salesforce, opencx, vendors, alarms, events, config};
  const Job job{.subject = "case:500000000000001AAA", .conversation = "contact:dana@example.test"};
  ReplyDelivery delivery(context, job,
                         {{.session_id = "s-1", .case_id = "500000000000001AAA", .conversation = job.conversation}});
  replies::Row row;
  row.id = "0D5000000000001AAA";
  row.kind = replies::Kind::post;
  row.created_at = *parse_iso8601("2026-01-05T08:59:00Z");
  row.html = html;
  row.file_version = "068000000000001AAA";
  process->spawn("job", [&] { EXPECT_FALSE(delivery.deliver(row)); });
  fibers.run_until_quiet();
  process->kill();
}

// The files of the text took the place of the post's own.
TEST(ReplyDelivery, APostsFileGoesAlongWithThePictureInItsText) {
  TwoVendors transport;
  deliver_post("<p>Both.</p><img src=\"sfdc://069000000000002AAA\">", transport);
  EXPECT_THAT(transport.names, ElementsAre("invoice.pdf", "cup.png"));
  EXPECT_EQ(transport.text, "Both.");
}

TEST(ReplyDelivery, APostsFileThatItsTextShowsGoesOnce) {
  TwoVendors transport;
  deliver_post("<p>Here.</p><img src=\"sfdc://069000000000001AAA\">", transport);
  EXPECT_THAT(transport.names, ElementsAre("invoice.pdf"));
  EXPECT_EQ(transport.text, "Here.");
}

}  // namespace
}  // namespace casewire::bridge
