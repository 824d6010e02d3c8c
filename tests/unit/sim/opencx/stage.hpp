#pragma once
// A platform in a small simulated world: its own clock, mailboxes, and a receiver of its webhooks.

#include <gmock/gmock.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/http/transport.hpp"
#include "base/runtime/fiber_runtime.hpp"
#include "sim/mail/exchange.hpp"
#include "sim/mail/smtp.hpp"
#include "sim/opencx/platform.hpp"

namespace casewire::sim::opencx {

using namespace std::chrono_literals;

/// Takes webhooks as a function: what it answers is the test's choice.
class Receiver final : public http::Transport {
 public:
  struct Hook {
    http::Request request;
    Json body;
    WallTime at{};
    std::string event() const { return string_member(body, "event"); }
  };
  explicit Receiver(std::function<WallTime()> now) : now_(std::move(now)) {}
  Result<http::Response, http::TransportError> send(const http::Request& request, http::Deadline) override {
    if (request.method == "GET") return fetch(request);
    hooks.push_back({request, *parse_json(request.body), now_()});
    return answer(hooks.back());
  }
  std::vector<std::string> events() const {
    std::vector<std::string> names;
    for (const auto& hook : hooks) names.push_back(hook.event());
    return names;
  }

  std::vector<Hook> hooks;
  std::function<Result<http::Response, http::TransportError>(const Hook&)> answer = [](const Hook&) { return http::Response{}; };
  std::function<Result<http::Response, http::TransportError>(const http::Request&)> fetch = [](const http::Request&) {
    return http::Response{404};
  };

 private:
  std::function<WallTime()> now_;
};

struct Stage {
  explicit Stage(std::uint64_t seed = 1) : fibers(*parse_iso8601("2026-01-05T09:00:00Z"), seed), rng(seed) {
    exchange.mailbox("dana@example.test");
    exchange.mailbox("eve@example.test");
    exchange.forward("help@acme.test", "in@mail.opencx.test",
                     [this](const mail::Envelope& mail) { return platform.receive(mail); });
    exchange.forward("sales@acme.test", "in@mail.opencx.test",
                     [this](const mail::Envelope& mail) { return platform.receive(mail); });
    exchange.forward("other@acme.test", "in@mail.opencx.test",
                     [this](const mail::Envelope& mail) { return platform.receive(mail); });
  }

  // ---- time
  void settle() { ASSERT_TRUE(fibers.run_until_quiet()); }
  void pass(milliseconds duration) {
    const WallTime target = fibers.now() + duration;
    settle();
    while (const auto timer = fibers.next_timer()) {
      if (*timer > target) break;
      fibers.advance_to(*timer);
      settle();
    }
    fibers.advance_to(target);
    settle();
  }

  // ---- the customer
  mail::Message written(std::string text, std::string subject = "Order 1182", std::string to = "help@acme.test") {
    mail::Message message{.from = {"Dana", "dana@example.test"}};
    message.to = {{"", std::move(to)}};
    message.subject = std::move(subject);
    message.text = std::move(text);
    message.message_id = "dana-" + std::to_string(++mails) + "@example.test";
    return message;
  }
  mail::Message reply_to(const mail::Message& mail, std::string text) {
    mail::Message message = written(std::move(text), mail.subject);
    message.in_reply_to = mail.message_id;
    message.references = mail.references;
    message.references.push_back(mail.message_id);
    return message;
  }
  mail::Reply post(const mail::Message& message) {
    exchange.mailbox(message.from.address).sent(message, fibers.now());
    std::vector<std::string> to;
    for (const auto& address : message.to) to.push_back(address.address);
    auto reply = exchange.receive({message.from.address, to, mail::compose(message)});
    settle();
    return reply;
  }
  std::vector<mail::Received> inbox(const char* address = "dana@example.test") { return exchange.mailbox(address).received(); }

  // ---- the API
  http::Response call(std::string method, std::string target, Json body = nullptr, const std::string& key = "ocx_live_casewire") {
    http::Request request{.method = std::move(method), .target = std::move(target)};
    request.headers.add("Authorization", "Bearer " + key);
    if (!body.is_null()) {
      request.headers.add("Content-Type", "application/json");
      request.body = dump_json(body);
    }
    auto response = platform.handle(request).response;
    settle();
    return response;
  }
  Json get(const std::string& target) {
    const auto response = call("GET", target);
    EXPECT_EQ(response.status, 200) << target << ": " << response.body;
    return *parse_json(response.body);
  }
  http::Response agent_says(const std::string& session, const std::string& text, bool takes_over = true) {
    return call("POST", "/chat/sessions/" + session + "/send",
                {{"sender", "agent"},
                 {"message", {{"type", "text"}, {"text", text}}},
                 {"agent", {{"id", 7}, {"name", "Ruiz"}}},
                 {"should_take_over_session_from_ai", takes_over}});
  }
  SessionView only_session() {
    const auto all = platform.sessions();
    EXPECT_EQ(all.size(), 1u);
    return all.empty() ? SessionView{} : all.front();
  }
  static std::vector<std::string> types(const SessionView& session) {
    std::vector<std::string> names;
    for (const auto& event : session.history) names.push_back(event.type);
    return names;
  }

  FiberRuntime fibers;
  std::unique_ptr<FiberProcess> process = fibers.make_process("opencx");
  Journal journal{[this] { return fibers.now(); }};
  SeededRng rng;
  Receiver receiver{[this] { return fibers.now(); }};
  mail::Exchange exchange{journal, [this] { return fibers.now(); }};
  mail::Reply mail_trouble{};  ///< what the sender of a mail sees instead, when its damage or code is set
  int mail_troubles = 0;       ///< for how many mails
  mail::DirectMailTransport outgoing{*process, [this](const mail::Envelope& mail) {
                                       const bool taken =
                                           mail_troubles == 0 || mail_trouble.damage == mail::Damage::dropped_after_data;
                                       const auto reply = taken ? exchange.receive(mail) : mail::Reply{};
                                       return mail_troubles == 0 ? reply : (--mail_troubles, mail_trouble);
                                     }};
  Platform platform{{.base_url = "http://opencx.test",
                     .webhook_url = "http://bridge.test/hooks/opencx/secret",
                     .webhook_secret = "secret",
                     .support_addresses = {"help@acme.test", "sales@acme.test"},
                     .scoped_keys = {{"ocx_reader", {"contacts:read", "chat-sessions:read"}}}},
                    {*process, journal, rng, receiver},
                    outgoing};
  int mails = 0;
};

struct AStage : testing::Test, Stage {};

}  // namespace casewire::sim::opencx
