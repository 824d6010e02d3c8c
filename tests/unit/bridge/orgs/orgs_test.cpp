// Two orgs in one process, under virtual time: what is one's is never the other's, whatever happens to it.

#include "bridge/orgs/orgs.hpp"

#include <gmock/gmock.h>

#include <set>
#include <sstream>

#include "base/runtime/fiber_runtime.hpp"
#include "bridge/operation/shown.hpp"
#include "bridge/store/memory_store.hpp"
#include "bridge/store/store_around.hpp"
#include "tests/support/line_log.hpp"

namespace casewire::bridge {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// Both vendors of each org, at hosts of its own. Sessions are refused for good, so that each job is one call.
class VendorsOfOrgs final : public http::Transport {
 public:
  explicit VendorsOfOrgs(Runtime& runtime) : runtime_(runtime) {}
  Result<http::Response, http::TransportError> send(const http::Request& request, http::Deadline) override {
    const std::string origin(request.origin());
    for (const auto& host : down) {
      if (origin.ends_with(host)) return http::Response{.status = 503};
    }
    if (request.path() == "/services/oauth2/token") {
      const auto& id = salesforce_orgs[origin];
      return http::Response{.status = 200,
                            .body = R"({"access_token":"t","instance_url":")" + origin + R"(","id":")" + origin + "/id/" + id +
                                    R"(/005000000000001AAA"})"};
    }
    if (request.path().ends_with("/composite")) {
      return http::Response{.status = 200,
                            .body = R"({"compositeResponse":[{"httpStatusCode":200,"referenceId":"cases","body":{"records":[]}},
                                        {"httpStatusCode":200,"referenceId":"mails","body":{"records":[]}}]})"};
    }
    if (request.path() == "/chat/sessions") return http::Response{.status = 200, .body = R"({"items":[]})"};
    if (request.path().starts_with("/chat/sessions/")) {
      const auto asked = origin + std::string(request.path());
      if (asked_at.emplace(asked, runtime_.now()).second) asked_for.push_back(asked);
      runtime_.sleep_for(takes);
    }
    return http::Response{.status = 400, .body = R"({"message":"no such session"})"};
  }
  std::set<std::string> down{};  ///< ends of origins
  std::map<std::string, std::string> salesforce_orgs{{"http://acme.salesforce.test", "00D000000000001AAA"},
                                                     {"http://globex.salesforce.test", "00D000000000002AAA"},
                                                     {"http://umbrella.salesforce.test", "00D000000000003AAA"}};
  std::vector<std::string> asked_for{};
  std::map<std::string, WallTime> asked_at{};
  milliseconds takes{0};

 private:
  Runtime& runtime_;
};

class TwoOrgs : public testing::Test {
 protected:
  ~TwoOrgs() override { process_->kill(); }

  static std::string section(const std::string& name) {
    return "  " + name + ":\n    salesforce: {login_url: 'http://" + name + ".salesforce.test', webhook_secret: " + name +
           "-sf-secret, refresh_token: " + name + "-token}\n    opencx: {url: 'http://" + name +
           ".opencx.test', api_key: " + name + "-key, webhook_secret: " + name + "-cx-secret}\n";
  }
  static Configuration settings(const std::string& sections) {
    auto read = read_configuration(
        "listen: 127.0.0.1:1\nstate_dir: /tmp\ncheck_every: never\nworkers: 4\n"
        "salesforce: {client_id: c, client_secret: s}\norgs:\n" +
            sections,
        "b.yaml", {});
    if (!read) throw std::runtime_error(render(read.error()));
    return *read;
  }
  /// On a fiber of the process, as its program does.
  void perform(const std::function<void()>& deed) {
    process_->spawn("main", deed);
    fibers_.run_until_quiet();
  }
  void start() {
    perform([this] { ASSERT_TRUE(orgs_.start().value()); });
  }
  void pass(milliseconds time) {
    const auto until = fibers_.now() + time;
    for (auto timer = fibers_.next_timer(); timer && *timer <= until; timer = fibers_.next_timer()) {
      fibers_.advance_to(*timer);
      fibers_.run_until_quiet();
    }
    fibers_.advance_to(until);
  }
  http::Response call(const std::string& method, const std::string& path, const std::string& body = {}) {
    http::Response response;
    perform([&] { response = orgs_.handle({.method = method, .target = path, .body = body}).response; });
    return response;
  }
  int hand_off(const std::string& secret, const std::string& session) {
    return call("POST", "/hooks/opencx/" + secret,
                R"({"event":"conversation.handoff_to_human","data":[{"conversation_id":")" + session + R"("}]})")
        .status;
  }
  std::string ask(const std::vector<std::string>& words) {
    Json reply;
    perform([&] { reply = orgs_.operate(words); });
    if (reply.contains("error")) return "error: " + string_member(reply, "error");
    const bool is_named = words.front() == "--org";
    return as_text({words.begin() + (is_named ? 2 : 0), words.end()}, reply["answer"]);
  }
  void take_up(const std::string& sections) {
    perform([&] { orgs_.take_up(settings(sections)); });
  }

  FiberRuntime fibers_{*parse_iso8601("2026-01-05T09:00:00Z"), 5};
  std::unique_ptr<FiberProcess> process_ = fibers_.make_process("bridge");
  std::map<std::string, MemoryStore> stores_;
  std::set<std::string> closed_stores_;
  VendorsOfOrgs vendors_{*process_};
  SeededRng rng_{11};
  LineLog log_;
  Orgs orgs_{settings(section("acme") + section("globex")),
             {*process_, vendors_, nullptr, rng_, log_,
              [this](const Config& config) -> Result<std::unique_ptr<Store>> {
                if (closed_stores_.contains(config.org)) return fail(Diagnostic{.where = {}, .problem = "the file is damaged"});
                return std::make_unique<StoreAround>(stores_[config.org]);
              },
              [](const Config&) { return std::string(); }, [](const Store&) { return Result<std::string>("bridge"); }}};
};
;

TEST_F(TwoOrgs, TakeWebhooksByTheirSecretsAndWorkForThemselves) {
  start();
  EXPECT_EQ(hand_off("acme-cx-secret", "s-1"), 202);
  EXPECT_EQ(hand_off("globex-cx-secret", "s-2"), 202);
  EXPECT_EQ(
      call("POST", "/hooks/salesforce/globex-sf-secret", R"({"event":"case.updated","caseId":"500VE00000abcDeYAI"})").status,
      202);
  EXPECT_THAT(vendors_.asked_for,
              ElementsAre("http://acme.opencx.test/chat/sessions/s-1", "http://globex.opencx.test/chat/sessions/s-2"));
  EXPECT_TRUE(stores_["acme"].job("session:s-1"));
  EXPECT_FALSE(stores_["globex"].job("session:s-1"));
  EXPECT_THAT(log_.lines, HasSubstr("event=\"webhook taken\" org=acme sender=opencx subject=session:s-1"));
  EXPECT_THAT(log_.lines, HasSubstr("event=\"webhook taken\" org=globex sender=opencx subject=session:s-2"));
  EXPECT_THAT(log_.lines, HasSubstr("event=\"bridge started\" org=globex version="));
}

TEST_F(TwoOrgs, RefuseWhoKnowsNoSecretOfTheirs) {
  start();
  EXPECT_EQ(hand_off("umbrella-cx-secret", "s-1"), 404);
  EXPECT_EQ(hand_off("acme-sf-secret", "s-1"), 404) << "the other vendor's";
  EXPECT_EQ(call("POST", "/hooks/mailchimp/acme-sf-secret").status, 404);
  EXPECT_EQ(call("GET", "/hooks/opencx/acme-cx-secret").status, 405);
  EXPECT_EQ(call("GET", "/nothing").status, 404);
  const auto is_turned_away = [&](const std::string& target) { return orgs_.turns_away({.method = "POST", .target = target}); };
  EXPECT_TRUE(is_turned_away("/hooks/opencx/umbrella-cx-secret"));
  EXPECT_TRUE(is_turned_away("/hooks/opencx/acme-sf-secret")) << "the other vendor's";
  EXPECT_TRUE(is_turned_away("/hooks/opencx/%zz"));
  EXPECT_FALSE(is_turned_away("/hooks/opencx/globex-cx-secret"));
  EXPECT_FALSE(is_turned_away("/readyz"));
  EXPECT_THAT(log_.lines, HasSubstr("event=\"webhook refused\" sender=opencx problem=\"wrong secret in the path\"\n"));
  EXPECT_THAT(call("GET", "/metrics").body,
              HasSubstr("\ncasewire_bridge_webhooks_total{result=\"refused\",vendor=\"opencx\"} 2\n"));
}

TEST_F(TwoOrgs, AreReadyEachForItself) {
  vendors_.down = {"acme.opencx.test"};
  start();
  hand_off("acme-cx-secret", "s-1");
  pass(10min);
  const auto all = call("GET", "/readyz");
  EXPECT_EQ(all.status, 200) << "or a balancer would take the other org away too";
  EXPECT_THAT(all.body, AllOf(HasSubstr(R"("status":"some are not ready")"), HasSubstr(R"("globex":{)"),
                              HasSubstr(R"("acme":{"status":"paused","reasons":["opencx takes no calls since )"),
                              HasSubstr(R"("jobs":{"due":0,"waiting":1,"parked":0},"paused":["opencx"])")));
  EXPECT_EQ(call("GET", "/readyz/acme").status, 503);
  EXPECT_EQ(call("GET", "/readyz/globex").status, 200);
  EXPECT_EQ(call("GET", "/readyz/umbrella").status, 404);
  EXPECT_EQ(hand_off("globex-cx-secret", "s-2"), 202);
  EXPECT_THAT(vendors_.asked_for, Contains("http://globex.opencx.test/chat/sessions/s-2"));
  hand_off("globex-cx-secret", "s-2");
  EXPECT_EQ(call("GET", "/readyz").status, 503) << "a job of globex is parked: none is ready";
  EXPECT_EQ(call("GET", "/healthz").status, 200);
}

TEST_F(TwoOrgs, AreToldApartInTheMetrics) {
  vendors_.down = {"acme.opencx.test"};
  start();
  hand_off("acme-cx-secret", "s-1");
  hand_off("globex-cx-secret", "s-2");
  pass(10min);
  const auto metrics = call("GET", "/metrics").body;
  EXPECT_THAT(metrics, HasSubstr("casewire_bridge_vendor_paused{org=\"acme\",vendor=\"opencx\"} 1\n"));
  EXPECT_THAT(metrics, HasSubstr("casewire_bridge_vendor_paused{org=\"globex\",vendor=\"opencx\"} 0\n"));
  EXPECT_THAT(metrics, HasSubstr("casewire_bridge_jobs{org=\"globex\",state=\"parked\"} 1\n"));
  std::set<std::string> families;
  std::string family;
  std::istringstream lines(metrics);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("# HELP ")) family = line.substr(7, line.find(' ', 7) - 7);
    if (line.starts_with("# HELP ")) {
      EXPECT_TRUE(families.insert(family).second) << "its samples must stand together: " << line;
    }
    if (line.starts_with("#")) continue;
    EXPECT_TRUE(line.starts_with(family)) << line;
    EXPECT_THAT(line, HasSubstr("{org=\""));
  }
}

TEST_F(TwoOrgs, AnswerTogetherOrOneByName) {
  start();
  hand_off("acme-cx-secret", "s-1");
  EXPECT_THAT(ask({"parked", "list"}), AllOf(HasSubstr("[acme]\nsession:s-1\n"), HasSubstr("\n[globex]\nnothing is parked\n")));
  EXPECT_EQ(ask({"--org", "globex", "parked", "list"}), "nothing is parked\n");
  EXPECT_THAT(ask({"status"}), AllOf(HasSubstr("[acme]\nstatus        parked\n"), HasSubstr("[globex]\nstatus        ready\n")));
  EXPECT_THAT(ask({"trace", "s-1"}), AllOf(HasSubstr("[acme]\ns-1: session\n"), Not(HasSubstr("globex"))));
  EXPECT_THAT(ask({"trace", "s-9"}), AllOf(HasSubstr("[acme]\ns-9: unknown\n"), HasSubstr("[globex]\ns-9: unknown\n")));
  EXPECT_EQ(ask({"parked", "retry", "all"}), "error: which org is meant is not said: add --org NAME. The orgs are: acme, globex");
  EXPECT_EQ(ask({"--org", "acne", "status"}),
            "error: there is no org \"acne\"; did you mean \"acme\"? The orgs are: acme, globex");
  EXPECT_EQ(ask({"--org", "acme", "parked", "drop", "s-1"}), "session:s-1 is given up\n");
}

TEST_F(TwoOrgs, TakeUpTheirSettingsWhileTheyRun) {
  start();
  auto changed = section("globex");
  changed.replace(changed.find("globex-cx-secret"), 16, "globex-cx-newer");
  take_up(section("acme") + changed);
  EXPECT_EQ(hand_off("globex-cx-secret", "s-1"), 404);
  EXPECT_EQ(hand_off("globex-cx-newer", "s-2"), 202);
  EXPECT_EQ(hand_off("acme-cx-secret", "s-3"), 202);
  EXPECT_THAT(log_.lines,
              HasSubstr("event=\"settings read again\" org=globex changed=opencx.webhook_secret need_a_restart=nothing"));
  EXPECT_THAT(log_.lines, HasSubstr("event=\"settings read again\" org=acme changed=nothing need_a_restart=nothing"));
}

TEST_F(TwoOrgs, ComeAndGoWhileTheOthersRun) {
  start();
  take_up(section("acme") + section("umbrella"));
  EXPECT_EQ(hand_off("globex-cx-secret", "s-1"), 404);
  EXPECT_EQ(hand_off("umbrella-cx-secret", "s-2"), 202);
  EXPECT_EQ(hand_off("acme-cx-secret", "s-3"), 202);
  EXPECT_THAT(vendors_.asked_for,
              ElementsAre("http://umbrella.opencx.test/chat/sessions/s-2", "http://acme.opencx.test/chat/sessions/s-3"));
  EXPECT_THAT(log_.lines,
              AllOf(HasSubstr("event=\"bridge stopped\" org=globex\n"), HasSubstr("event=\"org removed\" org=globex\n"),
                    HasSubstr("event=\"org added\" org=umbrella\n")));
  take_up(section("acme") + section("globex"));
  EXPECT_EQ(hand_off("globex-cx-secret", "s-4"), 202) << "and it comes back with its memory";
  EXPECT_THAT(ask({"--org", "umbrella", "status"}), HasSubstr("there is no org \"umbrella\""));
}

TEST_F(TwoOrgs, DoNotBecomeOneWhileTheyRun) {
  start();
  perform([this] { orgs_.take_up(read_configuration("workers: 2\n", "b.yaml", {}).value()); });
  EXPECT_THAT(log_.lines,
              HasSubstr("event=\"settings not taken up\" hint=\"from one org to several, or back, needs a restart\""));
  EXPECT_EQ(hand_off("acme-cx-secret", "s-1"), 202);
}

// A refreshed sandbox, a pasted token: two bridges on one Salesforce org would each mail the other's replies.
TEST_F(TwoOrgs, NeverHaveOneSalesforceOrg) {
  vendors_.salesforce_orgs["http://globex.salesforce.test"] = "00D000000000001AAA";
  start();
  EXPECT_EQ(salesforce::bound_org(stores_["acme"]), "00D000000000001AAA");
  EXPECT_EQ(salesforce::bound_org(stores_["globex"]), std::nullopt);
  EXPECT_THAT(ask({"--org", "globex", "status"}),
              AllOf(HasSubstr("status        paused\n"), HasSubstr("ORG_TAKEN"),
                    HasSubstr("org 00D000000000001AAA answers behind these settings, and it is that of \"acme\"")));
  EXPECT_THAT(ask({"--org", "globex", "connect", "5Aep", "00D000000000001AAA"}), HasSubstr("it is that of \"acme\" already"));
  EXPECT_THAT(ask({"--org", "acme", "status"}), HasSubstr("status        ready\n"));
}

TEST_F(TwoOrgs, RunThoughAnothersMemoryCannotBeOpened) {
  closed_stores_ = {"acme"};
  start();
  EXPECT_EQ(hand_off("globex-cx-secret", "s-1"), 202);
  EXPECT_EQ(hand_off("acme-cx-secret", "s-2"), 503) << "its sender sends it again";
  EXPECT_THAT(call("GET", "/readyz").body,
              HasSubstr(R"("acme":{"status":"store failed","reasons":["the store is not open: the file is damaged"]})"));
  EXPECT_THAT(call("GET", "/metrics").body, HasSubstr("casewire_bridge_store_failing{org=\"acme\"} 1\n"));
  EXPECT_THAT(ask({"status"}),
              AllOf(HasSubstr("[acme]\nerror         the store is not open: the file is damaged"), HasSubstr("[globex]\n")));
  const std::string told =
      "event=\"store failed\" org=acme what=\"the file is damaged\" hint=\"the other orgs go on; it is tried again\"\n";
  EXPECT_THAT(log_.lines, HasSubstr(told));
  log_.lines.clear();
  pass(1min);
  EXPECT_THAT(log_.lines, Not(HasSubstr(told))) << "once is enough";
  closed_stores_.clear();
  pass(1s);
  EXPECT_EQ(hand_off("acme-cx-secret", "s-2"), 202);
}

TEST_F(TwoOrgs, StopTogether) {
  start();
  std::optional<bool> has_ended;
  perform([&] { has_ended = orgs_.stop(); });
  pass(1s);
  EXPECT_EQ(has_ended, true);
  EXPECT_EQ(process_->activity().next_timer, std::nullopt);
}

/// How long sessions of globex waited for a worker, on average: twenty that come at once, when each takes 200 ms.
class Backlog : public TwoOrgs {
 protected:
  milliseconds wait_of_globex(const std::string& batch) {
    constexpr int kSessions = 20;
    const auto began = fibers_.now();
    for (int i = 0; i < kSessions; ++i) hand_off("globex-cx-secret", batch + std::to_string(i));
    pass(1'100ms);
    milliseconds all{0};
    for (int i = 0; i < kSessions; ++i) {
      all += vendors_.asked_at.at("http://globex.opencx.test/chat/sessions/" + batch + std::to_string(i)) - began;
    }
    return all / kSessions;
  }
};

TEST_F(Backlog, OfOneOrgIsNoWaitForTheOther) {
  vendors_.takes = 200ms;
  start();
  const auto alone = wait_of_globex("alone-");
  EXPECT_GT(alone, 0ms);
  Changes backlog{.at = fibers_.now()};
  for (int i = 0; i < 100'000; ++i) backlog.hints.push_back({.subject = "session:b-" + std::to_string(i)});
  stores_["acme"].commit(backlog);
  hand_off("acme-cx-secret", "z-last");
  const auto beside = wait_of_globex("beside-");
  EXPECT_LT(beside, 2 * alone);
  EXPECT_GT(stores_["acme"].count_jobs(fibers_.now()).due, 99'000u) << "it was a backlog all the time";
  EXPECT_GT(stores_["acme"].count_jobs(fibers_.now()).parked, 10u) << "and was worked on";
  EXPECT_FALSE(vendors_.asked_at.contains("http://acme.opencx.test/chat/sessions/z-last")) << "whoever is behind it waits";
}

}  // namespace
}  // namespace casewire::bridge
