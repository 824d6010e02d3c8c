// What an operator sees and orders: a bridge whose vendors refuse, asked through its desk, its metrics and its log.

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "base/runtime/fiber_runtime.hpp"
#include "bridge/bridge.hpp"
#include "bridge/events/events.hpp"
#include "bridge/operation/shown.hpp"
#include "bridge/store/memory_store.hpp"
#include "bridge/store/store_around.hpp"
#include "tests/support/line_log.hpp"

namespace casewire::bridge {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kCase = "500VE00000abcDeYAI";

/// Refuses what a session's job asks for, or is down altogether.
class RefusingTransport final : public http::Transport {
 public:
  Result<http::Response, http::TransportError> send(const http::Request& request, http::Deadline) override {
    if (is_down) return http::Response{.status = 503};
    if (request.path() == "/services/oauth2/token" && !login_refusal.empty())
      return http::Response{.status = 400, .body = R"({"error":")" + login_refusal + R"(","error_description":"refused"})"};
    if (request.path() == "/services/oauth2/token") {
      return http::Response{
          .status = 200,
          .body =
              R"({"access_token":"t","instance_url":"http://salesforce.test","id":"http://salesforce.test/id/00D000000000001AAA/005000000000001AAA"})"};
    }
    if (!org_refusal.empty() && request.path().find("/services/data/") != std::string::npos)
      return http::Response{.status = 403,
                            .body = R"([{"errorCode":")" + org_refusal + R"(","message":"TotalRequests Limit exceeded."}])"};
    if (request.path().starts_with("/chat/") && request.headers.find("Authorization").value_or("") != "Bearer " + right_key)
      return http::Response{.status = 401, .body = R"({"message":"Unauthorized"})"};
    if (request.body.find("FROM%20Organization") != std::string::npos) {
      return http::Response{
          .status = 200,
          .body = R"({"compositeResponse":[{"httpStatusCode":200,"referenceId":"organization","body":{"records":[{"Id":")" + org +
                  R"(","Name":"Acme","IsSandbox":true}]}}]})"};
    }
    if (request.path().ends_with("/tooling/query") && !setup_rows.empty()) {
      for (const auto& [object, rows] : setup_rows) {
        if (request.target.find("FROM%20" + object) != std::string::npos)
          return http::Response{.status = 200, .body = R"({"done":true,"records":[)" + rows + "]}"};
      }
    }
    if (request.path().ends_with("/limits")) {
      return http::Response{
          .status = 200, .body = R"({"DailyApiRequests":{"Max":1000,"Remaining":50},"DataStorageMB":{"Max":10,"Remaining":9}})"};
    }
    if (request.path().ends_with("/composite")) {
      return http::Response{.status = 200,
                            .body = R"({"compositeResponse":[{"httpStatusCode":200,"referenceId":"cases","body":{"records":[]}},
                                        {"httpStatusCode":200,"referenceId":"mails","body":{"records":[]}}]})"};
    }
    if (request.path().ends_with("/describe")) return http::Response{.status = 200, .body = description};
    if (request.path() == "/chat/sessions") return http::Response{.status = 200, .body = R"({"items":[)" + sessions + "]}"};
    return http::Response{.status = 400, .body = R"({"message":"no such field"})"};
  }
  bool is_down = false;
  std::string login_refusal{};  ///< empty: it gives access
  std::string org_refusal{};
  std::string right_key{};
  std::string sessions{};
  std::string org = "00D000000000001AAA";
  std::map<std::string, std::string> setup_rows{};  ///< by object; none: the org does not show its setup
  std::string description = R"({"createable":true,"updateable":true,"queryable":true,"fields":[]})";
};

class Desk : public testing::Test {
 protected:
  ~Desk() override { process_->kill(); }
  void start() {
    process_->spawn("bridge main", [this] { bridge_.start(); });
    fibers_.run_until_quiet();
  }
  void pass(milliseconds time) {
    const auto until = fibers_.now() + time;
    for (auto timer = fibers_.next_timer(); timer && *timer <= until; timer = fibers_.next_timer()) {
      fibers_.advance_to(*timer);
      fibers_.run_until_quiet();
    }
    fibers_.advance_to(until);
  }
  int hand_off(const std::string& session) {
    const auto reply = bridge_.handle(
        {.method = "POST",
         .target = "/hooks/opencx/cx-secret",
         .body = R"({"event":"conversation.handoff_to_human","data":[{"conversation_id":")" + session + R"("}]})"});
    fibers_.run_until_quiet();
    return reply.response.status;
  }
  std::string ask(const std::vector<std::string>& words) {
    const auto reply = bridge_.operate(words);
    fibers_.run_until_quiet();
    if (reply.contains("error")) return "error: " + reply["error"].get<std::string>();
    return as_text(words, reply["answer"]);
  }
  /// The org's notice about a Case.
  int tell_of_case() {
    const auto reply =
        bridge_.handle({.method = "POST",
                        .target = "/hooks/salesforce/sf-secret",
                        .body = R"({"event":"case.updated","caseId":")" + std::string(kCase) + R"(","recordIds":[]})"});
    fibers_.run_until_quiet();
    return reply.response.status;
  }
  static Config settings() {
    Config config;
    config.check_every.reset();
    config.salesforce.refresh_token = "r0";
    config.file = "/etc/casewire/bridge.yaml";
    config.salesforce.login_url = "http://salesforce.test";
    config.opencx.url = "http://opencx.test";
    config.opencx.webhook_secrets = {"cx-secret"};
    config.salesforce.webhook_secrets = {"sf-secret"};
    return config;
  }
  std::string get(const std::string& path) { return bridge_.handle({.method = "GET", .target = path}).response.body; }

  FiberRuntime fibers_{*parse_iso8601("2026-01-05T09:00:00Z"), 5};
  std::unique_ptr<FiberProcess> process_ = fibers_.make_process("bridge");
  MemoryStore store_;
  RefusingTransport transport_;
  SeededRng rng_{11};
  LineLog log_;
  Bridge bridge_{settings(), {*process_, transport_, store_, rng_, log_}};
};

TEST_F(Desk, SaysAtTheStartWhatRunsAndForWhom) {
  start();
  EXPECT_THAT(
      log_.lines,
      HasSubstr(
          "event=\"bridge started\" version=0.1.0 settings=/etc/casewire/bridge.yaml store=sqlite salesforce_org=\"not known yet\" "
          "salesforce=http://salesforce.test opencx=http://opencx.test workers=4"));
}

TEST_F(Desk, LeavesALineForEachWebhookThatWasTaken) {
  start();
  ASSERT_EQ(hand_off("s-1"), 202);
  EXPECT_THAT(log_.lines, HasSubstr("level=info event=\"webhook taken\" sender=opencx subject=session:s-1 session=s-1\n"));
  EXPECT_THAT(log_.lines, HasSubstr("level=debug event=\"job begun\" subject=session:s-1"));
  EXPECT_THAT(log_.lines,
              HasSubstr("level=debug event=\"call refused\" system=opencx method=GET path=/chat/sessions/s-1 ms=0 status=400"));
}

TEST_F(Desk, TellsWhatIsParkedAndTriesItAgain) {
  start();
  hand_off("s-1");
  EXPECT_THAT(ask({"status"}),
              AllOf(HasSubstr("status        parked\n"), HasSubstr("1 job waits for a person"), HasSubstr("1 parked")));
  EXPECT_THAT(ask({"parked", "list"}),
              AllOf(HasSubstr("session:s-1\n"), HasSubstr("tried 1 time\n"), HasSubstr("opencx 400: no such field")));
  EXPECT_THAT(ask({"parked", "show", "s-1"}),
              HasSubstr("next          the job session:s-1 waits for a person, since 2026-01-05T09:00:00"));
  pass(60s);
  EXPECT_EQ(ask({"parked", "retry", "session:s-1"}), "1 of them will be tried again now; see \"casewire-bridge parked list\"\n");
  EXPECT_THAT(ask({"parked", "list"}), HasSubstr("since       2026-01-05T09:01:00")) << "it was tried, and refused again";
  EXPECT_THAT(log_.lines, HasSubstr("event=\"parked job retried\" subject=session:s-1 session=s-1"));
}

TEST_F(Desk, DropsWhatIsParkedForGood) {
  start();
  hand_off("s-1");
  EXPECT_EQ(ask({"parked", "drop", "s-1"}), "session:s-1 is given up\n");
  EXPECT_EQ(ask({"parked", "list"}), "nothing is parked\n");
  EXPECT_THAT(ask({"parked", "drop", "s-1"}), HasSubstr("error: no job of \"s-1\" is parked"));
  EXPECT_THAT(get("/readyz"), HasSubstr(R"("status":"ready")"));
  hand_off("s-1");
  EXPECT_THAT(ask({"parked", "list"}), HasSubstr("session:s-1")) << "what comes later makes it anew";
}

// The sweep's looks overlap: it would bring back what was given up.
TEST_F(Desk, DoesNotTakeUpAgainWhatWasDropped) {
  const auto session = [](const char* updated_at) {
    return std::string(R"({"id":"s-1","channel":{"type":"email"},"handoff":{},"updated_at":")") + updated_at + R"("})";
  };
  transport_.sessions = session("2026-01-05T08:59:00.000Z");
  start();
  ASSERT_THAT(ask({"parked", "list"}), HasSubstr("session:s-1"));
  ask({"parked", "drop", "s-1"});
  pass(11min);
  EXPECT_EQ(ask({"parked", "list"}), "nothing is parked\n");
  transport_.sessions = session("2026-01-05T09:12:00.000Z");
  pass(11min);
  EXPECT_THAT(ask({"parked", "list"}), HasSubstr("session:s-1")) << "something new came";
}

// Whose message it was must be told as long as somebody may ask.
TEST_F(Desk, TellsLongAfterwardsWhatAPersonGaveUp) {
  start();
  hand_off("s-1");
  ask({"parked", "drop", "s-1"});
  pass(26h);
  process_->kill();
  process_ = fibers_.make_process("bridge");
  Bridge again(settings(), {*process_, transport_, store_, rng_, log_});
  process_->spawn("bridge main", [&] { again.start(); });
  fibers_.run_until_quiet();
  const auto trace = [&](const std::string& id) { return as_text({"trace", id}, again.operate({"trace", id})["answer"]); };
  EXPECT_THAT(
      trace("s-1"),
      AllOf(
          HasSubstr("s-1: session\n"),
          HasSubstr("happened      2026-01-05T09:00:00.000Z  what waited for session:s-1 was given up by a person (parked drop): "
                    "opencx 400: no such field"),
          HasSubstr("next          what was written until 2026-01-05T09:00:00.000Z was given up by a person"),
          Not(HasSubstr("nothing waits"))));
  EXPECT_THAT(trace("m-1"), HasSubstr("of a conversation that was given up"));
  // Whatever was done since was done by a job that takes up what the one before it left.
  store_.commit({.at = fibers_.now(),
                 .ledger = {{.key = "comment:m-1", .about = "s-1", .done = true, .begun_at = fibers_.now(), .result = kCase}}});
  EXPECT_THAT(trace("s-1"), AllOf(HasSubstr("given up by a person"), HasSubstr("next          nothing waits")));
  process_->kill();
}

TEST_F(Desk, DoesNotRetryWhatIsNotParked) {
  start();
  EXPECT_THAT(ask({"parked", "retry", "case:500"}), HasSubstr("error: no job of \"case:500\" is parked"));
  EXPECT_EQ(ask({"parked", "retry", "all"}), "0 of them will be tried again now; see \"casewire-bridge parked list\"\n");
}

TEST_F(Desk, TracesAMessageToItsCaseAndItsSession) {
  const auto at = *parse_iso8601("2026-01-05T08:00:00Z");
  store_.commit(
      {.at = at,
       .ledger = {{.key = "comment:m-1", .about = "s-1", .done = true, .begun_at = at, .result = kCase},
                  {.key = "reply:02sVE00000abcDeYAI", .about = "s-1", .begun_at = at + 1h, .detail = "digest"},
                  {.key = "refused:02sVE00000xyzDeYAI", .about = kCase, .done = true, .begun_at = at, .detail = "a draft"}},
       .links = {{.session_id = "s-1", .number = 1, .case_id = kCase, .conversation = "contact:dana@acme.test"}}});
  start();
  const auto comment = ask({"trace", "m-1"});
  EXPECT_THAT(comment,
              AllOf(HasSubstr("m-1: message\n"), HasSubstr(std::string("where         message m-1 stands on Case ") + kCase),
                    HasSubstr("link          session s-1 #1"), HasSubstr("next          nothing waits")));
  EXPECT_THAT(comment, Not(HasSubstr("dana@acme.test")));
  EXPECT_THAT(ask({"trace", "02sVE00000abcDe"}),
              HasSubstr("sending reply 02sVE00000abcDeYAI was begun, and whether it happened is not known yet"));
  EXPECT_THAT(ask({"trace", "02sVE00000xyzDeYAI"}), HasSubstr("does not go to the customer: a draft"));
  EXPECT_THAT(ask({"trace", "500VE00000abcDe"}), HasSubstr("500VE00000abcDe: case\n"));
  EXPECT_THAT(ask({"links", "s-1"}), HasSubstr(std::string("session s-1 #1  case ") + kCase));
  EXPECT_THAT(ask({"trace", "s-2"}), AllOf(HasSubstr("s-2: unknown\n"), HasSubstr("has never heard of it")));
  EXPECT_EQ(ask({"links", "s-2"}), "no link names s-2\n");
  for (const auto* topic : {"trace", "links"}) {
    EXPECT_EQ(bridge_.operate({topic, "s-2"})["answer"]["is"], "unknown") << topic << ": by this the program exits with 1";
    EXPECT_EQ(bridge_.operate({topic, "s-1"})["answer"]["is"], "session") << topic;
  }
}

// What does not go to the customer is listed under the Case, as a session's messages are under the session.
TEST_F(Desk, TakesACaseForACaseThoughARepliesLedgerIsAboutIt) {
  const auto at = *parse_iso8601("2026-01-05T08:00:00Z");
  store_.commit(
      {.at = at,
       .ledger =
           {{.key = "comment:m-1", .about = "s-1", .done = true, .begun_at = at, .result = kCase},
            {.key = "refused:02sVE00000xyzDeYAI", .about = kCase, .done = true, .begun_at = at, .detail = "other recipients"},
            {.key = "reply:02sVE00000abcDeYAI", .about = kCase, .done = true, .begun_at = at, .detail = "says nothing"}},
       .links = {{.session_id = "s-1", .number = 1, .case_id = kCase, .conversation = "contact:dana@acme.test"}}});
  start();
  EXPECT_THAT(ask({"trace", kCase}),
              AllOf(HasSubstr(std::string(kCase) + ": case\n"), HasSubstr("link          session s-1 #1"),
                    HasSubstr("message m-1 stands on Case"), HasSubstr("does not go to the customer: other recipients"),
                    HasSubstr("reply 02sVE00000abcDeYAI said nothing")));
  EXPECT_THAT(ask({"links", kCase}), HasSubstr(std::string("session s-1 #1  case ") + kCase));
  store_.commit({.at = at, .hints = {{.subject = std::string("case:") + kCase}}});
  EXPECT_THAT(ask({"trace", kCase}), HasSubstr(std::string("next          the job case:") + kCase));
}

TEST_F(Desk, TellsOfAnOutageAndOfWhatWaitsForIt) {
  transport_.is_down = true;
  start();
  hand_off("s-1");
  pass(10min);
  EXPECT_THAT(ask({"status"}),
              AllOf(HasSubstr("status        paused\n"), HasSubstr("opencx        PAUSED since 2026-01-05T09:0")));
  EXPECT_THAT(ask({"trace", "s-1"}), HasSubstr("next          the job session:s-1 "));
  EXPECT_THAT(get("/readyz"), AllOf(HasSubstr("opencx takes no calls since 2026-01-05T09:0"), Not(HasSubstr("opencx 503"))));
  const auto metrics = get("/metrics");
  EXPECT_THAT(metrics, HasSubstr("casewire_bridge_vendor_paused{vendor=\"opencx\"} 1\n"));
  EXPECT_THAT(metrics, HasSubstr("casewire_bridge_vendor_pauses_total{vendor=\"opencx\"} 1\n"));
  EXPECT_THAT(metrics, HasSubstr("casewire_bridge_ready 0\n"));
}

// Which reason it is says what a person does: an outage ends by itself, a refused token does not.
TEST_F(Desk, TellsTheNewestReasonOfAPause) {
  transport_.is_down = true;
  start();
  tell_of_case();
  pass(10min);
  ASSERT_THAT(ask({"status"}), HasSubstr("salesforce    PAUSED since 2026-01-05T09:0"));
  transport_.is_down = false;
  transport_.login_refusal = "invalid_grant";
  pass(10min);
  EXPECT_THAT(ask({"status"}), HasSubstr("salesforce invalid_grant: refused"));
  EXPECT_THAT(ask({"check"}),
              HasSubstr("salesforce invalid_grant: refused\n              -> in Setup: the connected app is there"));
  EXPECT_THAT(log_.lines,
              HasSubstr("event=\"work still paused\" system=salesforce problem=\"salesforce invalid_grant: refused\""));
}

TEST_F(Desk, AsksBothVendorsThoughTheyRestWhenAPersonChecks) {
  transport_.is_down = true;
  start();
  tell_of_case();
  hand_off("s-1");
  pass(20min);
  EXPECT_THAT(ask({"check"}), AllOf(HasSubstr("wrong         salesforce answers: no calls since 2026-01-05T09:0"),
                                    HasSubstr("-> wait: it goes on by itself"), Not(HasSubstr("casewire-bridge connect"))));
  EXPECT_THAT(ask({"status"}), HasSubstr("opencx        PAUSED")) << "nothing has changed";
  transport_.is_down = false;
  log_.lines.clear();
  EXPECT_THAT(ask({"check"}), AllOf(HasSubstr("ok            salesforce answers"), HasSubstr("ok            opencx answers")));
  EXPECT_THAT(ask({"status"}), Not(HasSubstr("PAUSED")));
  EXPECT_THAT(log_.lines, AllOf(HasSubstr("event=\"job begun\" subject=session:s-1"),
                                HasSubstr("event=\"job begun\" subject=case:500VE00000abcDeYAI"),
                                HasSubstr("event=\"sweep works again\" side=salesforce"),
                                HasSubstr("event=\"sweep works again\" side=opencx")))
      << "what was held goes on at once";
}

TEST_F(Desk, NamesTheKeyThatIsWrongAndUsesTheRightOneAtOnce) {
  transport_.right_key = "k2";
  start();
  hand_off("s-1");
  pass(20min);
  EXPECT_THAT(ask({"check"}),
              AllOf(HasSubstr("wrong         opencx answers: no calls since 2026-01-05T09:00:00.000Z: opencx 401: Unauthorized"),
                    HasSubstr("-> in OpenCX: Settings, API keys: a key with the scope")));
  auto config = settings();
  config.opencx.api_key = "k2";
  log_.lines.clear();
  bridge_.take_up(config);
  fibers_.run_until_quiet();
  EXPECT_THAT(log_.lines,
              AllOf(HasSubstr("event=\"job begun\" subject=session:s-1"), HasSubstr("event=\"sweep works again\" side=opencx")));
  EXPECT_THAT(ask({"check"}), HasSubstr("ok            opencx answers: to this API key"));
}

TEST_F(Desk, ReckonsWithThePatienceThatCountsNow) {
  start();
  tell_of_case();
  pass(1min);
  EXPECT_THAT(ask({"trace", std::string(kCase)}), HasSubstr("parked when it still fails at 2026-01-06T09:00:00"));
  auto config = settings();
  config.give_up_after = 2h;
  bridge_.take_up(config);
  EXPECT_THAT(ask({"trace", std::string(kCase)}), HasSubstr("parked when it still fails at 2026-01-05T11:00:00"));
}

TEST_F(Desk, SaysWhatHelpsAgainstWhatIsWrong) {
  start();
  transport_.org_refusal = "REQUEST_LIMIT_EXCEEDED";
  EXPECT_THAT(ask({"check"}), AllOf(HasSubstr("salesforce REQUEST_LIMIT_EXCEEDED: TotalRequests Limit exceeded."),
                                    HasSubstr("API Usage: who uses them?"), Not(HasSubstr("casewire-bridge connect"))));
}

TEST_F(Desk, OfASignInUsesItAtOnce) {
  transport_.login_refusal = "invalid_grant";
  start();
  tell_of_case();
  pass(20min);
  ASSERT_THAT(ask({"status"}), HasSubstr("salesforce    PAUSED"));
  transport_.login_refusal.clear();
  log_.lines.clear();
  EXPECT_THAT(ask({"connect", "r1", "00D000000000001AAA"}), HasSubstr("connected"));
  EXPECT_THAT(log_.lines, AllOf(HasSubstr("event=\"job begun\" subject=case:500VE00000abcDeYAI"),
                                HasSubstr("event=\"sweep works again\" side=salesforce")));
}

TEST_F(Desk, SaysOfAHeldJobWhatItWaitsForAndNothingElse) {
  transport_.is_down = true;
  start();
  hand_off("s-1");
  pass(10min);
  EXPECT_THAT(ask({"trace", "s-1"}),
              AllOf(HasSubstr("next          the job session:s-1 waits until"), Not(HasSubstr("parked when"))));
}

TEST_F(Desk, ChecksWhatTheBridgeNeedsAndSaysWhatToClick) {
  transport_.description = R"({"createable":true,"updateable":true,"queryable":true,"fields":[
      {"name":"OpenCX_Handoff__c","createable":true,"externalId":true,"unique":false,"caseSensitive":true,"length":80}]})";
  start();
  const auto checks = ask({"check"});
  EXPECT_THAT(checks, HasSubstr("ok            salesforce answers: as user 005000000000001AAA of org 00D000000000001AAA\n"));
  EXPECT_THAT(checks, HasSubstr("ok            may write the transcript: CaseComment is createable\n"));
  EXPECT_THAT(
      checks,
      HasSubstr(
          "wrong         Case.Case_From__c: the integration user does not see it\n              -> in Setup: Object Manager"));
  EXPECT_THAT(checks, HasSubstr("wrong         Case.OpenCX_Handoff__c: not unique\n"));
  EXPECT_THAT(checks, HasSubstr("ok            opencx answers: to this API key\n"));
  EXPECT_THAT(checks, HasSubstr("unknown       webhooks of salesforce: none was taken since 2026-01-05T09:00:00.000Z\n"));
}

TEST_F(Desk, ChecksTheSetupOfTheOrgWhereItShowsIt) {
  start();
  EXPECT_THAT(
      ask({"check"}),
      AllOf(HasSubstr("unknown       triggers: salesforce 400"),
            HasSubstr("-> the permission View Setup and Configuration lets the integration user tell. in Setup: Apex Triggers"),
            HasSubstr("unknown       named credential: salesforce 400")));
  transport_.setup_rows = {
      {"ApexTrigger", R"({"Name":"OpenCXCase","Status":"Active"},{"Name":"OpenCXEmailMessage","Status":"Inactive"})"},
      {"ApexClass", R"({"Status":"Active"})"},
      {"NamedCredential", R"({"Endpoint":"https://bridge.test/hooks/salesforce/an-old-one"})"}};
  const auto checks = ask({"check"});
  EXPECT_THAT(checks, HasSubstr("ok            trigger on Case: OpenCXCase is active\n"));
  EXPECT_THAT(checks, HasSubstr("wrong         trigger on CaseComment: OpenCXCaseComment is not deployed"));
  EXPECT_THAT(checks, HasSubstr("wrong         trigger on EmailMessage: OpenCXEmailMessage is Inactive"));
  EXPECT_THAT(checks, HasSubstr("wrong         named credential: OpenCX_Integration holds an old URL"));
  EXPECT_THAT(checks, Not(HasSubstr("an-old-one"))) << "it may be somebody's secret";
  transport_.setup_rows["NamedCredential"] = R"({"Endpoint":"https://bridge.test/hooks/salesforce/sf-secret/"})";
  EXPECT_THAT(
      ask({"check"}),
      HasSubstr("ok            named credential: OpenCX_Integration points to https://bridge.test/hooks/salesforce/... with"));
  transport_.setup_rows["NamedCredential"] = R"({"Endpoint":null})";
  EXPECT_THAT(ask({"check"}), HasSubstr("unknown       named credential: OpenCX_Integration does not show its URL"));
  transport_.setup_rows["NamedCredential"] = R"({"Endpoint":"https://api.open.cx/webhook"})";
  EXPECT_THAT(ask({"check"}), HasSubstr("wrong         named credential: OpenCX_Integration points to another place"));
}

TEST_F(Desk, ChecksWhatIsLeftAndWhoseOrgItIs) {
  start();
  const auto checks = ask({"check"});
  EXPECT_THAT(checks, HasSubstr("wrong         requests of the day: 50 of 1000 are left\n"));
  EXPECT_THAT(checks, HasSubstr("ok            data storage: 9 of 10 are left\n"));
  EXPECT_THAT(checks, HasSubstr("unknown       file storage: the org does not tell\n"));
  EXPECT_THAT(checks, HasSubstr("ok            the bound org: Acme, a sandbox"));
  transport_.org = "00D000000000009AAA";
  EXPECT_THAT(ask({"check"}), HasSubstr("wrong         the bound org: org 00D000000000009AAA answers")) << "F28";
}

// It said that Salesforce answers, by what it remembered, while no call was made.
TEST_F(Desk, DoesNotCallAVendorWellThatTakesNoCalls) {
  start();
  ask({"check"});
  transport_.is_down = true;
  hand_off("s-1");
  pass(10min);
  EXPECT_THAT(ask({"check"}), AllOf(HasSubstr("wrong         salesforce answers: "), Not(HasSubstr("ok            salesforce")),
                                    HasSubstr("wrong         opencx answers: ")));
}

TEST_F(Desk, IsNotReadyWhileTheLastCheckFoundSomethingWrong) {
  start();
  EXPECT_THAT(get("/readyz"), HasSubstr(R"("status":"ready")"));
  EXPECT_THAT(get("/metrics"), Not(HasSubstr("casewire_bridge_checks{")));
  ask({"check"});
  EXPECT_THAT(get("/readyz"),
              AllOf(HasSubstr(R"("status":"check failed")"),
                    HasSubstr("Case.Case_From__c was not right at 2026-01-05T09:00:00.000Z: casewire-bridge check")));
  EXPECT_THAT(ask({"status"}),
              AllOf(HasSubstr("status        check failed\n"), HasSubstr("checked       2026-01-05T09:00:00.000Z: ")));
  EXPECT_THAT(get("/metrics"),
              AllOf(HasSubstr("casewire_bridge_checks{verdict=\"wrong\"} 3\n"), HasSubstr("casewire_bridge_ready 0\n")));
  EXPECT_THAT(
      log_.lines,
      HasSubstr("level=error event=\"checks fail\" wrong=\"Case.Case_From__c, Case.OpenCX_Handoff__c, requests of the day\""));
}

// F26, F27: what the sweep alone finds, again and again.
TEST_F(Desk, MissesTheWebhooksThatDoNotCome) {
  start();
  pass(15min);
  transport_.sessions = R"({"id":"s-1","channel":{"type":"email"},"handoff":{},"updated_at":"2026-01-05T09:14:00.000Z"})";
  EXPECT_THAT(ask({"check"}), HasSubstr("unknown       webhooks of opencx: none was taken"));
  pass(6min);
  EXPECT_THAT(ask({"check"}), HasSubstr("unknown       webhooks of opencx: none was taken")) << "one may be on its way";
  pass(3min);
  EXPECT_THAT(ask({"check"}), HasSubstr("wrong         webhooks of opencx: the sweep found work at 2026-01-05T09:2"));
  hand_off("s-2");
  EXPECT_THAT(ask({"check"}), HasSubstr("ok            webhooks of opencx: the last was taken at"));
}

TEST_F(Desk, CountsWhatItDoesFromTheStart) {
  start();
  EXPECT_THAT(get("/metrics"), HasSubstr("casewire_bridge_replies_total{result=\"sent\"} 0\n"));
  hand_off("s-1");
  const auto metrics = get("/metrics");
  EXPECT_THAT(metrics, HasSubstr("# TYPE casewire_bridge_webhooks_total counter\n"));
  EXPECT_THAT(metrics, HasSubstr("casewire_bridge_webhooks_total{result=\"taken\",vendor=\"opencx\"} 1\n"));
  EXPECT_THAT(metrics, HasSubstr("casewire_bridge_job_runs_total{result=\"parked\"} 1\n"));
  EXPECT_THAT(metrics, HasSubstr("casewire_bridge_jobs{state=\"parked\"} 1\n"));
  EXPECT_THAT(metrics, Not(HasSubstr("s-1")));
}

TEST_F(Desk, RefusesWhatItDoesNotKnow) {
  start();
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{}, {"status", "now"}, {"parked"}, {"drop", "s-1"}}) {
    EXPECT_TRUE(bridge_.operate(words).contains("error"));
  }
}

// The bridge's own writing changes what it wrote to, and a webhook tells of what it told of: neither was missed.
TEST_F(Desk, CountsWhatTheSweepFoundOnlyIfNothingElseTold) {
  const auto changed = [this](const char* at) {
    transport_.sessions = R"({"id":"s-1","channel":{"type":"email"},"handoff":{},"updated_at":")" + std::string(at) + R"("})";
  };
  const std::string counter = "casewire_bridge_sweep_subjects_total{vendor=\"opencx\"} ";
  start();
  pass(5min);
  changed("2026-01-05T09:05:00.000Z");
  hand_off("s-1");
  ask({"parked", "drop", "s-1"});
  changed("2026-01-05T09:05:20.000Z");
  pass(1min);
  hand_off("s-1");
  pass(5min);
  EXPECT_THAT(get("/metrics"), HasSubstr(counter + "0\n"));
  EXPECT_THAT(log_.lines, Not(HasSubstr("sweep found work")));
  changed("2026-01-05T09:14:00.000Z");
  pass(10min);
  EXPECT_THAT(get("/metrics"), HasSubstr(counter + "1\n"));
  EXPECT_THAT(log_.lines, HasSubstr("event=\"sweep found work\" side=opencx subjects=1\n"));
}

/// A database that is away, or answers and takes no writes.
class Away final : public StoreAround {
 public:
  using StoreAround::StoreAround;
  void commit(const Changes& changes) override {
    if (is_read_only) throw StoreFailure("cannot execute INSERT in a read-only transaction");
    reach();
    StoreAround::commit(changes);
  }
  Claim claim(const ClaimRequest& request) override {
    reach();
    return StoreAround::claim(request);
  }
  JobCounts count_jobs(WallTime now) override {
    reach();
    return StoreAround::count_jobs(now);
  }
  std::optional<std::string> mark(std::string_view name) override {
    reach();
    return StoreAround::mark(name);
  }
  bool is_failing() const override { return is_away || is_read_only; }
  bool is_away = false;
  bool is_read_only = false;

 private:
  void reach() const {
    if (is_away) throw StoreFailure("connection to server at \"db\" failed: Connection refused");
  }
};

TEST_F(Desk, InventsNothingWhileTheStoreIsAwayAndSaysWhyItIs) {
  Away store(store_);
  Bridge bridge(settings(), {*process_, transport_, store, rng_, log_});
  const auto status = [&] { return as_text({"status"}, bridge.operate({"status"})["answer"]); };
  const auto metrics = [&] { return bridge.handle({.method = "GET", .target = "/metrics"}).response.body; };
  store.is_away = true;
  EXPECT_THAT(status(), AllOf(HasSubstr("status        store failed\n"), HasSubstr("not started yet"), Not(HasSubstr("1970"))));
  EXPECT_THAT(metrics(), Not(HasSubstr("start_time_seconds 0")));
  store.is_away = false;
  process_->spawn("bridge main", [&] { bridge.start(); });
  fibers_.run_until_quiet();
  ASSERT_THAT(status(), AllOf(HasSubstr("0 due, 0 waiting, 0 parked"), HasSubstr("org           00D000000000001AAA at")));
  store.is_away = true;
  EXPECT_THAT(status(), AllOf(HasSubstr("the store cannot be read: connection to server at \"db\" failed: Connection refused"),
                              HasSubstr("jobs          not known: the store does not answer\n"),
                              HasSubstr("org           not known: the store does not answer, at"), Not(HasSubstr("0 due")),
                              Not(HasSubstr("not known yet")), HasSubstr("started 2026-01-05")));
  EXPECT_THAT(bridge.handle({.method = "GET", .target = "/readyz"}).response.body, Not(HasSubstr("Connection refused")))
      << "whoever reaches the port may read it";
  store.is_away = false;
  store.is_read_only = true;
  EXPECT_THAT(status(), AllOf(HasSubstr("the store cannot be written: cannot execute INSERT in a read-only transaction"),
                              HasSubstr("0 due, 0 waiting, 0 parked")));
  process_->kill();
}

TEST(EventsMemory, IsBounded) {
  FiberRuntime fibers(*parse_iso8601("2026-01-05T09:00:00Z"), 5);
  const auto process = fibers.make_process("bridge");
  SilentLog log;
  Events events(*process, log);
  for (std::size_t i = 0; i < Events::kRemembered + 10; ++i)
    events.tell(happening::case_opened, {{"session", "s-1"}, {"case", "500"}});
  EXPECT_EQ(events.about({"s-1"}).size(), Events::kRemembered);
  EXPECT_EQ(events.about({"500"}).size(), Events::kRemembered);
  EXPECT_TRUE(events.about({"s"}).empty());
  process->kill();
}

// Two rows may move one counter, but must then say of what alike: else one of its series would have a label that the other has not.
TEST(EventsTable, SaysOfEachCounterOnceWhoseItIs) {
  std::map<std::string_view, std::string_view> vendor_of;
  std::set<std::string_view> words;
  for (const auto* what : happening::all) {
    EXPECT_TRUE(words.insert(what->name).second) << what->name;
    if (what->counter.empty()) continue;
    EXPECT_EQ(vendor_of.emplace(what->counter, what->vendor).first->second, what->vendor) << what->name;
  }
}

TEST_F(Desk, ExplainsEachCounterWhereItIsReadAndInTheTable) {
  std::ifstream file(std::string(CASEWIRE_SOURCE_DIR) + "/docs/bridge.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  start();
  const auto metrics = get("/metrics");
  for (const auto* what : happening::all) {
    if (what->counter.empty()) continue;
    const auto name = std::string(what->counter) + "_total";
    EXPECT_THAT(metrics, Not(HasSubstr("# HELP casewire_bridge_" + name + " " + std::string(what->counter) + "\n")));
    EXPECT_THAT(page, testing::AnyOf(HasSubstr("`" + name + "`"), HasSubstr("`" + name + "{")));
  }
}

}  // namespace
}  // namespace casewire::bridge
