#include <iostream>

#include "base/http/socket_server.hpp"
#include "base/http/socket_transport.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "base/text/strings.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/late_routes.hpp"
#include "scenarios/cli/opencx_side_doors.hpp"
#include "scenarios/cli/showing.hpp"
#include "scenarios/cli/waiting_for_signal.hpp"
#include "sim/mail/exchange.hpp"
#include "sim/mail/quotes.hpp"
#include "sim/mail/smtp.hpp"
#include "sim/opencx/platform.hpp"

namespace casewire::scenarios {
namespace {

/// Everybody who writes gets a mailbox; what arrives there is shown.
class ShowingExchange {
 public:
  ShowingExchange(sim::Journal& journal, std::function<WallTime()> now, Screen& screen)
      : exchange_(journal, std::move(now)), screen_(screen) {}
  sim::mail::Exchange& exchange() { return exchange_; }

  sim::mail::Reply receive(const sim::mail::Envelope& envelope) {
    if (!envelope.sender.empty()) exchange_.mailbox(envelope.sender);
    const auto reply = exchange_.receive(envelope);
    if (const auto message = sim::mail::parse(envelope.message)) {
      std::string shown = message->from.address + " -> ";
      for (const std::string& to : envelope.recipients) shown += to + " ";
      shown += " \"" + message->subject + "\"  " + std::to_string(reply.code);
      if (reply.code < 300) shown += "\n" + sim::mail::without_quotes(message->text, sim::mail::kind_of(*message));
      for (const auto& attachment : message->attachments) {
        shown += "\n[" + attachment.name + ", " + std::to_string(attachment.content.size()) + " bytes]";
      }
      screen_.show("mail", shown);
    }
    return reply;
  }

 private:
  sim::mail::Exchange exchange_;
  Screen& screen_;
};

sim::opencx::Behaviour behaviour_of(const OpenCxOptions& options) {
  return {
      .read_lag = milliseconds{options.read_lag_ms},
      .index_lag = milliseconds{options.index_lag_ms},
      .time_grain = milliseconds{options.time_grain_ms},
      .calls_a_minute = options.calls_a_minute,
      .times = options.times_with_offset ? sim::opencx::TimeStyle::microseconds_offset : sim::opencx::TimeStyle::milliseconds_z};
}

/// "NAME=scope,scope" -> NAME and its scopes.
std::map<std::string, std::vector<std::string>> keys_of(const std::vector<std::string>& texts) {
  std::map<std::string, std::vector<std::string>> keys;
  for (const std::string& text : texts) {
    const auto equals = text.find('=');
    auto& scopes = keys[text.substr(0, equals)];
    for (const auto scope : split(std::string_view{text}.substr(equals + 1), ',')) scopes.emplace_back(trimmed(scope));
  }
  return keys;
}

}  // namespace

int serve_opencx(const OpenCxOptions& options) {
  block_stop_signals();
  ThreadRuntime runtime;
  SystemRng rng;
  Screen screen;
  http::SocketTransport sockets;
  ShowingTransport transport(sockets, screen);
  sim::Journal journal([&] { return runtime.now(); });
  ShowingExchange mail(
      journal, [&] { return runtime.now(); }, screen);
  auto smtp = sim::mail::SmtpServer::start(
      runtime, [&](const sim::mail::Envelope& envelope) { return mail.receive(envelope); },
      {.port = options.smtp_port, .recipient = [&](std::string_view address) { return mail.exchange().recipient(address); }});
  if (!smtp) {
    std::cerr << render(smtp.error());
    return 2;
  }
  sim::mail::SmtpTransport outgoing("127.0.0.1", (*smtp)->port());
  http::Router router;
  LateRoutes routes;
  auto server =
      http::SocketServer::start(runtime, [&](const http::Request& request) { return routes(request); }, {.port = options.port});
  if (!server) {
    std::cerr << render(server.error());
    return 2;
  }
  const std::string url = (*server)->url();
  sim::opencx::PlatformOptions platform_options{
      .base_url = url, .webhook_url = options.webhook_url, .webhook_secret = options.webhook_secret};
  platform_options.scoped_keys = keys_of(options.keys);
  platform_options.tell = [&screen](const std::string& what) { screen.show("mail", what); };
  if (!options.addresses.empty()) platform_options.support_addresses = options.addresses;
  sim::opencx::Platform platform(platform_options, {runtime, journal, rng, transport}, outgoing);
  if (options.answer) platform.answer_every_message(*options.answer, std::chrono::seconds(2));
  for (const std::string& address : platform_options.support_addresses) {
    mail.exchange().forward(address, platform_options.inbound_address,
                            [&](const sim::mail::Envelope& envelope) { return platform.receive(envelope); });
  }
  platform.behave(behaviour_of(options));
  add_side_doors(router, platform);
  router.otherwise([&](const http::Request& request) {
    auto reply = platform.handle(request);
    screen.show_new(platform.violations());
    return reply;
  });
  routes.open(router);

  const std::string& address = platform_options.support_addresses.front();
  std::cout << "OpenCX\n"
            << "  API            " << url << "\n"
            << "  API key        " << platform_options.api_key << "\n"
            << "  widget token   " << platform_options.widget_token << "\n"
            << "  mail in        127.0.0.1:" << (*smtp)->port() << " (SMTP), for " << address << "\n"
            << "  events to      " << (options.webhook_url.empty() ? "nobody (--webhook URL)" : options.webhook_url) << "\n\n"
            << "Try it:\n"
            << "  swaks --server 127.0.0.1:" << (*smtp)->port() << " --from dana@example.test --to " << address
            << " --header 'Subject: Order 1182' --body 'Where is it?'\n"
            << "  curl -s -H 'Authorization: Bearer " << platform_options.api_key << "' " << url << "/chat/sessions\n"
            << "  curl -s " << url << "/_casewire/answer -d '{\"text\":\"It is on its way.\"}'      # the AI answers\n"
            << "  curl -s " << url << "/_casewire/hand-off -d '{\"summary\":\"Wants a person\"}'   # the AI hands off\n"
            << "  curl -s " << url
            << "/_casewire/agent-message -d '{\"text\":\"Hello\"}'       # somebody answers in the Inbox\n\n"
            << "Ctrl-C stops it. Mails, events and wrong requests are shown below.\n"
            << std::flush;
  wait_for_stop_signal();
  (*server)->stop();
  (*smtp)->stop();
  runtime.stop();
  return 0;
}

}  // namespace casewire::scenarios
