#include "world/stage.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace casewire::bridge {
namespace {

constexpr const char* kSalesforce = "http://salesforce.test";
constexpr const char* kOpenCx = "http://opencx.test";
constexpr const char* kBridge = "http://bridge.test";

std::string org_text() {
  std::ifstream file{std::string{CASEWIRE_SOURCE_DIR} + "/fixtures/orgs/service-cloud/org.json"};
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

class Stage::CrashingStore final : public Store {
 public:
  explicit CrashingStore(Stage& stage) : stage_(stage) {}
  void commit(const Changes& changes) override {
    const int number = ++stage_.commits_;
    stage_.reach(CrashPoint::At::commit, Moment::before, number);
    // A dead process writes nothing, though the fiber of whoever called it lives on.
    if (stage_.bridge_process->killed()) throw StoreFailure("the bridge is dead");
    is_failing_ = stage_.disk_is_full;
    if (is_failing_) throw StoreFailure("disk full");
    stage_.store.commit(changes);
    stage_.reach(CrashPoint::At::commit, Moment::after, number);
  }
  Claim claim(const ClaimRequest& request) override { return stage_.store.claim(request); }
  void release_leases(std::string_view owner, WallTime rest_until) override { stage_.store.release_leases(owner, rest_until); }
  std::optional<Job> job(std::string_view subject) override { return stage_.store.job(subject); }
  JobCounts count_jobs(WallTime now) override { return stage_.store.count_jobs(now); }
  std::vector<Job> parked_jobs(std::size_t limit) override { return stage_.store.parked_jobs(limit); }
  std::vector<Link> links_of_session(std::string_view id) override { return stage_.store.links_of_session(id); }
  std::vector<Link> links_of_case(std::string_view id) override { return stage_.store.links_of_case(id); }
  std::optional<LedgerEntry> ledger_entry(std::string_view key) override { return stage_.store.ledger_entry(key); }
  std::vector<LedgerEntry> ledger_about(std::string_view about) override { return stage_.store.ledger_about(about); }
  std::optional<std::string> mark(std::string_view name) override { return stage_.store.mark(name); }
  bool is_failing() const override { return is_failing_; }

 private:
  Stage& stage_;
  bool is_failing_ = false;
};

class Stage::CrashingTransport final : public http::Transport {
 public:
  explicit CrashingTransport(Stage& stage) : stage_(stage) {}
  Result<http::Response, http::TransportError> send(const http::Request& request, http::Deadline deadline) override {
    const int number = ++stage_.sends_;
    stage_.reach(CrashPoint::At::call, Moment::before, number);
    stage_.calls.push_back(request);
    stage_.longest_deadline = std::max(stage_.longest_deadline, deadline.within);
    if (stage_.meddle) {
      if (auto answer = stage_.meddle(request)) return *answer;
    }
    auto response = stage_.bridge_wire_->send(request, deadline);
    stage_.reach(CrashPoint::At::call, Moment::after, number);
    if (stage_.losses_left_ > 0 && request.target.find(stage_.losing_) != std::string::npos) {
      --stage_.losses_left_;
      return fail(http::TransportError{http::TransportError::Kind::sent_no_answer, "lost on purpose"});
    }
    return response;
  }

 private:
  Stage& stage_;
};

Stage::Stage(std::uint64_t seed) : fibers(*parse_iso8601("2026-01-05T09:00:00Z"), seed), rng(seed) {
  config.listen = {"127.0.0.1", 1};
  config.salesforce = {.login_url = kSalesforce,
                       .client_id = "3MVG9casewire",
                       .client_secret = "casewire-secret",
                       .refresh_token = "5Aep861casewire",
                       .webhook_secrets = {"sf-secret"}};
  config.opencx = {.url = kOpenCx, .api_key = "ocx_live_casewire", .webhook_secrets = {"cx-secret"}};

  const auto resolve = [this](std::string_view origin) -> const http::Handler* {
    if (origin == kSalesforce) return &salesforce_door_;
    if (origin == kOpenCx) return &opencx_door_;
    return origin == kBridge ? &bridge_door_ : nullptr;
  };
  world_wire_ = std::make_unique<http::InProcessTransport>(*world, resolve);
  auto made = sim::salesforce::Org::create(
      org_text(), "org.json", {.instance_url = kSalesforce, .webhook_url = std::string(kBridge) + "/hooks/salesforce/sf-secret"},
      {*world, journal, rng, *world_wire_});
  if (!made) throw std::runtime_error(render(made.error()));
  org = std::move(*made);
  post_ = std::make_unique<sim::mail::DirectMailTransport>(*world, [this](const auto& mail) { return exchange.receive(mail); });
  platform = std::make_unique<sim::opencx::Platform>(
      sim::opencx::PlatformOptions{
          .base_url = kOpenCx, .webhook_url = std::string(kBridge) + "/hooks/opencx/cx-secret", .webhook_secret = "cx-secret"},
      sim::Surroundings{*world, journal, rng, *world_wire_}, *post_);
  exchange.mailbox("dana@example.test");
  exchange.forward("help@acme.test", "in@mail.opencx.test", [this](const auto& mail) { return platform->receive(mail); });

  salesforce_door_ = [this](const http::Request& request) { return org->handle(request); };
  opencx_door_ = [this](const http::Request& request) { return platform->handle(request); };
  bridge_door_ = [this](const http::Request& request) {
    if (!bridge_ || bridge_process->killed()) return http::Reply{.wire = http::Wire::reset_before_status};
    auto reply = bridge_->handle(request);
    if (bridge_process->killed()) reply.wire = http::Wire::reset_before_status;
    return reply;
  };
}

Stage::~Stage() {
  kill_bridge();
  bridge_.reset();
  world->kill();
}

void Stage::start_bridge() {
  bridge_.reset();
  stays_down_ = false;
  bridge_process = fibers.make_process("bridge");
  bridge_wire_ =
      std::make_unique<http::InProcessTransport>(*bridge_process, [this](std::string_view origin) -> const http::Handler* {
        return origin == kSalesforce ? &salesforce_door_ : origin == kOpenCx ? &opencx_door_ : nullptr;
      });
  crashing_store_ = std::make_unique<CrashingStore>(*this);
  crashing_transport_ = std::make_unique<CrashingTransport>(*this);
  bridge_ =
      std::make_unique<Bridge>(config, Surroundings{*bridge_process, *crashing_transport_, *crashing_store_, bridge_rng_, log_});
  // On a fiber of its own process, so that a crash while it starts is a crash.
  bridge_process->spawn("bridge main", [this] {
    try {
      bridge_->start();
    } catch (const StoreFailure&) {
      has_failed_to_start = true;
    }
  });
}

std::optional<bool> Stage::stop_bridge() {
  std::optional<bool> has_ended;
  bridge_process->spawn("bridge stop", [&] { has_ended = bridge_->stop(); });
  pass(40s);
  return has_ended;
}

http::Response Stage::get(const std::string& path) { return bridge_->handle({.method = "GET", .target = path}).response; }

void Stage::kill_bridge() {
  stays_down_ = true;
  if (bridge_process) bridge_process->kill();
}

void Stage::crash_at(CrashPoint point) {
  crash_point_ = point;
  commits_ = sends_ = 0;
}

void Stage::lose_answers_to(std::string part, int times) {
  losing_ = std::move(part);
  losses_left_ = times;
}

void Stage::reach(CrashPoint::At at, Moment moment, int number) {
  if (!crash_point_ || crash_point_->at != at || crash_point_->moment != moment || crash_point_->number != number) return;
  crash_point_.reset();
  ++crashes_;
  bridge_process->kill();  // does not return on one of the bridge's own fibers
}

void Stage::revive() {
  if (bridge_ && bridge_process->killed() && !stays_down_) start_bridge();
}

void Stage::settle() {
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(fibers.run_until_quiet()) << "a live-lock";
    if (!bridge_ || !bridge_process->killed() || stays_down_) return;
    revive();
  }
}

void Stage::pass(milliseconds duration) {
  const auto target = fibers.now() + duration;
  settle();
  for (int i = 0; i < 1'000'000; ++i) {
    const auto timer = fibers.next_timer();
    if (!timer || *timer > target) break;
    fibers.advance_to(*timer);
    settle();
  }
  fibers.advance_to(target);
  settle();
}

void Stage::dana_writes(std::string text, std::vector<sim::mail::Attachment> files, std::string subject) {
  sim::mail::Message message{.from = {"Dana", "dana@example.test"}};
  message.to = {{"", "help@acme.test"}};
  message.subject = std::move(subject);
  message.text = std::move(text);
  message.message_id = "dana-" + std::to_string(++mails_) + "@example.test";
  message.attachments = std::move(files);
  exchange.receive({message.from.address, {"help@acme.test"}, sim::mail::compose(message)});
  settle();
}

void Stage::dana_answers(std::string text) {
  const auto inbox = danas_inbox();
  if (inbox.empty()) throw std::logic_error("Dana has no mail to answer");
  const auto& last = inbox.back().message;
  sim::mail::Message message{.from = {"Dana", "dana@example.test"}};
  message.to = {{"", "help@acme.test"}};
  message.subject = last.subject;
  message.text = std::move(text);
  message.message_id = "dana-" + std::to_string(++mails_) + "@example.test";
  message.in_reply_to = last.message_id;
  message.references = last.references;
  message.references.push_back(last.message_id);
  exchange.receive({message.from.address, {"help@acme.test"}, sim::mail::compose(message)});
  settle();
}

std::string Stage::newest_case() {
  const auto cases = query("SELECT Id FROM Case ORDER BY CreatedDate DESC, CaseNumber DESC LIMIT 1");
  return cases.empty() ? std::string{} : string_member(cases.front(), "Id");
}

const std::string& Stage::ruiz() {
  if (ruiz_.empty()) ruiz_ = org->add_rep("Ruiz", "Support").value();
  return ruiz_;
}

void Stage::ruiz_replies(const std::string& case_id, const std::string& text, std::vector<sim::salesforce::OrgFile> files) {
  const auto id = org->reply(ruiz(), case_id, text, files);
  ASSERT_TRUE(id) << id.error();
  settle();
}

void Stage::ruiz_comments(const std::string& case_id, const std::string& text, bool published) {
  const auto id = org->comment(ruiz(), case_id, text, published);
  ASSERT_TRUE(id) << id.error();
  settle();
}

void Stage::ruiz_closes(const std::string& case_id) {
  const auto done = org->update(ruiz(), case_id, {{"Status", "Closed"}});
  ASSERT_TRUE(done) << done.error();
  settle();
}

std::vector<Json> Stage::query(const std::string& soql) {
  const auto rows = org->query(soql);
  if (!rows) throw std::logic_error(rows.error().message + ": " + soql);
  return *rows;
}

std::vector<sim::mail::Received> Stage::danas_inbox() { return exchange.mailbox("dana@example.test").received(); }

std::vector<std::string> Stage::texts_danas_got() {
  std::vector<std::string> texts;
  for (const auto& received : danas_inbox()) {
    texts.push_back(received.message.text.substr(0, received.message.text.find('\n')));
  }
  return texts;
}

std::vector<std::string> Stage::transcript_of(const std::string& case_id) {
  std::vector<std::string> texts;
  for (const auto& row :
       query("SELECT CommentBody FROM CaseComment WHERE ParentId = '" + case_id + "' ORDER BY CreatedDate, Id")) {
    const auto body = string_member(row, "CommentBody");
    const auto begin = body.find('\n') + 1;
    const auto end = body.rfind("\n[opencx ");
    texts.push_back(end == std::string::npos ? body : body.substr(begin, end - begin));
  }
  return texts;
}

std::size_t Stage::calls_to(std::string_view origin) const {
  return static_cast<std::size_t>(
      std::count_if(calls.begin(), calls.end(), [&](const auto& call) { return call.origin() == origin; }));
}

}  // namespace casewire::bridge
