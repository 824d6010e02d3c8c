#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/http/socket_transport.hpp"
#include "base/runtime/stopwatch.hpp"
#include "base/text/json.hpp"
#include "bridge/store/sqlite_store.hpp"
#include "scenarios/language/fixtures.hpp"
#include "scenarios/runner/process_ring.hpp"
#include "scenarios/runner/process_side.hpp"
#include "scenarios/runner/temporary_folder.hpp"
#include "sim/salesforce/org.hpp"
#include "tests/bench/bare_commits.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/paced_load.hpp"
#include "tests/bench/table.hpp"

namespace casewire::bench {
namespace {

constexpr std::size_t kCustomers = 500;
constexpr std::size_t kOfficeWorkers = 16;
constexpr std::chrono::seconds kDeedsAtMost{120};

std::string address(std::size_t number) { return "dana" + std::to_string(number) + "@example.test"; }

/// The real bridge between both fakes on sockets, everybody in real time.
class Office {
 public:
  Result<void, std::string> open() {
    scenarios::Staging staging;
    staging.org_file = std::string(CASEWIRE_SOURCE_DIR) + "/fixtures/orgs/" + scenarios::kDefaultOrg + "/org.json";
    std::ifstream in(staging.org_file, std::ios::binary);
    staging.org_json.assign(std::istreambuf_iterator<char>(in), {});
    staging.journal_bytes_max = std::size_t{1} << 30;
    staging.reps = {{"Chen", "Support"}};
    for (std::size_t i = 0; i < kCustomers; ++i) staging.customers["Dana " + std::to_string(i)] = address(i);
    ring_ = scenarios::make_stranger_ring(
        {.bridge_command = {CASEWIRE_BRIDGE},
         .bridge_environment = {{"CASEWIRE_WORKERS", std::to_string(kOfficeWorkers)}, {"CASEWIRE_SWEEP_EVERY", "10min"}}},
        {}, host_);
    if (auto opened = ring_->open(std::move(staging)); !opened) return opened;
    if (auto started = ring_->start_bridge(); !started) return fail(started.error().what);
    return {};
  }

  /// Every customer writes; nobody is handed off yet.
  void receive_mail() {
    for (std::size_t i = 0; i < kCustomers; ++i) {
      sim::mail::Message mail;
      mail.from = {"Dana", address(i)};
      mail.to = {{"", "help@acme.test"}};
      mail.subject = "Lamp " + std::to_string(i);
      mail.message_id = "lamp-" + std::to_string(i) + "@example.test";
      mail.date = ring_->now();
      mail.text = "Where is my lamp?";
      ring_->world().mail().send({address(i), {"help@acme.test"}, sim::mail::compose(mail)});
    }
  }
  void hand_off_all() {
    std::vector<std::string> sessions;
    for (const auto& session : ring_->world().platform().sessions()) sessions.push_back(session.id);
    for (const auto& session : sessions) ring_->world().platform().hand_off(session, "She asks for her lamp.");
  }
  void reply_on_all() {
    const auto& chen = ring_->world().rep_ids().at("Chen");
    for (const std::string& id : cases_) ring_->world().org().reply(chen, id, {.text = "It is on its way."});
  }

  bool all_have_cases() {
    const auto rows = ring_->world().org().query("SELECT Id FROM Case WHERE Case_From__c = 'opencx'");
    cases_.clear();
    if (rows) {
      for (const Json& row : *rows) cases_.push_back(string_member(row, "Id"));
    }
    return cases_.size() == kCustomers;
  }
  bool all_have_answers() {
    for (; answered_ < kCustomers; ++answered_) {
      if (ring_->world().exchange().mailbox(address(answered_)).received().empty()) return false;
    }
    return true;
  }

  /// 0: it was not done in time.
  template <class Done>
  double deeds_per_second(const RealStopwatch& watch, Done done) {
    while (watch.elapsed() < kDeedsAtMost) {
      if (done()) return static_cast<double>(kCustomers) * 1e6 / static_cast<double>(watch.elapsed_microseconds());
      ring_->real_time()->run_until_news(std::chrono::milliseconds{10});
    }
    return 0;
  }
  /// Until nobody has anything to do.
  void rest() { ring_->real_time()->run_until_still(std::chrono::milliseconds{1'000}); }

  std::size_t seen() { return ring_->world().journal().size(); }
  /// What the bridge asked of both since then, ready to be asked again.
  std::vector<http::Request> calls_since(std::size_t seen) {
    const auto& urls = dynamic_cast<scenarios::ProcessSide&>(*ring_).urls();
    const auto token = salesforce_token(urls.salesforce);
    std::vector<http::Request> calls;
    ring_->world().journal().visit(seen + 1, [&](const sim::Entry& entry) {
      const auto* call = std::get_if<sim::HttpExchange>(&entry.event);
      if (call == nullptr || call->from != "bridge" || call->target == "/services/oauth2/token") return;
      const bool is_salesforce = call->to == "salesforce";
      http::Request request{.method = call->method,
                            .target = (is_salesforce ? urls.salesforce : urls.opencx) + call->target,
                            .body = call->request};
      request.headers.add("Authorization", "Bearer " + (is_salesforce ? token : scenarios::Credentials{}.opencx_api_key));
      if (!call->request.empty()) request.headers.add("Content-Type", "application/json");
      calls.push_back(std::move(request));
    });
    return calls;
  }
  void close_bridge() { ring_->kill_bridge(); }

 private:
  static std::string salesforce_token(const std::string& url) {
    const scenarios::Credentials secrets;
    http::Request request{.method = "POST",
                          .target = url + "/services/oauth2/token",
                          .body = "grant_type=refresh_token&client_id=" + secrets.salesforce_client_id + "&client_secret=" +
                                  secrets.salesforce_client_secret + "&refresh_token=" + secrets.salesforce_refresh_token};
    request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    const auto answer = http::SocketTransport{}.send(request, {});
    const auto body = answer ? parse_json(answer->body, "token") : Result<Json>(Json::object());
    return body ? string_member(*body, "access_token") : std::string();
  }

  scenarios::ProcessHost host_;
  std::unique_ptr<scenarios::Ring> ring_;
  std::vector<std::string> cases_;
  std::size_t answered_ = 0;
};

void show(const char* deeds, double per_second, const std::vector<http::Request>& calls) {
  if (per_second <= 0) return left_out(deeds, "not all were done in time");
  const double each = static_cast<double>(calls.size()) / static_cast<double>(kCustomers);
  char text[96];
  std::snprintf(text, sizeof text, ", %.1f calls each, %.0f calls/s", each, per_second * each);
  value(deeds, rate(per_second) + text);
  const auto again =
      paced_load({.per_second = 0, .requests = calls.size(), .connections = kOfficeWorkers, .request = [&](std::size_t number) {
                    return calls[number];
                  }});
  value("  the same calls put to the fakes alone", rate(again.per_second));
  ratio("", per_second * each, again.per_second);
}

}  // namespace

void measure_deeds() {
  heading("500 handoffs, and 500 replies of reps, by the real bridge between both fakes (SQLite, 16 workers)");
  Office office;
  if (const auto opened = office.open(); !opened) return left_out("world", opened.error());
  office.receive_mail();
  office.rest();
  const auto before_handoffs = office.seen();
  const RealStopwatch handing_off;
  office.hand_off_all();
  const double handoffs = office.deeds_per_second(handing_off, [&] { return office.all_have_cases(); });
  office.rest();
  const auto handoff_calls = office.calls_since(before_handoffs);
  const auto before_replies = office.seen();
  const RealStopwatch replying;
  office.reply_on_all();
  const double replies = office.deeds_per_second(replying, [&] { return office.all_have_answers(); });
  office.rest();
  const auto reply_calls = office.calls_since(before_replies);
  // What is asked again is no business of the bridge's.
  office.close_bridge();
  show("handoffs", handoffs, handoff_calls);
  show("replies", replies, reply_calls);
  const scenarios::TemporaryFolder folder("casewire-bench");
  const auto bare = bridge::SqliteStore::open(folder.path() + "/bare.db");
  if (!bare) return left_out("store", render(bare.error()));
  value("the store's bare commits, 16 threads", rate(bare_commits_per_second(**bare, 10'000, kOfficeWorkers)));
}

}  // namespace casewire::bench
