#include <iostream>
#include <mutex>
#include <sstream>

#include "base/http/socket_server.hpp"
#include "base/http/socket_transport.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "base/text/strings.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/late_routes.hpp"
#include "scenarios/cli/lone_fake.hpp"
#include "scenarios/cli/opencx_side_doors.hpp"
#include "scenarios/cli/showing.hpp"
#include "scenarios/cli/waiting_for_signal.hpp"
#include "scenarios/runner/refusals.hpp"
#include "sim/mail/exchange.hpp"
#include "sim/mail/quotes.hpp"
#include "sim/mail/smtp.hpp"
#include "sim/opencx/platform.hpp"

namespace casewire::scenarios {
namespace {

/// Everybody who writes gets a mailbox; what arrives there is shown.
sim::mail::Reply receive_and_show(sim::mail::Exchange& exchange, Screen& screen, const sim::mail::Envelope& envelope) {
  if (!envelope.sender.empty()) exchange.mailbox(envelope.sender);
  const auto reply = exchange.receive(envelope);
  if (const auto message = sim::mail::parse(envelope.message)) {
    std::string shown = message->from.address + " -> ";
    for (const std::string& to : envelope.recipients) shown += to + " ";
    shown += " \"" + message->subject + "\"  " + std::to_string(reply.code);
    if (reply.code < 300) shown += "\n" + sim::mail::without_quotes(message->text, sim::mail::kind_of(*message));
    for (const auto& attachment : message->attachments) {
      shown += "\n[" + attachment.name + ", " + std::to_string(attachment.content.size()) + " bytes]";
    }
    screen.show("mail", shown);
  }
  return reply;
}

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

/// One life of the platform and of everybody's mailboxes: what a reset throws away.
struct OpenCxLife final : FakeLife {
  OpenCxLife(const OpenCxOptions& options, const sim::opencx::PlatformOptions& platform_options,
             sim::mail::MailTransport& outgoing, Screen& screen)
      : transport(sockets, screen),
        webhooks(network.outgoing("opencx", transport, runtime)),
        exchange(journal, [this] { return runtime.now(); }),
        platform(platform_options, {runtime, journal, rng, *webhooks}, outgoing) {
    if (options.answer) platform.answer_every_message(*options.answer, std::chrono::seconds(2));
    for (const std::string& address : platform_options.support_addresses) {
      exchange.forward(address, platform_options.inbound_address,
                       [this](const sim::mail::Envelope& envelope) { return platform.receive(envelope); });
    }
    exchange.on_mail([this](const sim::mail::Envelope& envelope, std::uint64_t) {
      return faults.meet_mail(envelope.recipients, runtime.now());
    });
    platform.behave(behaviour_of(options));
    deeds = opencx_deeds(platform, exchange, platform_options.support_addresses.front(), [this] { return runtime.now(); });
    state = [this] { return opencx_state(platform); };
    api = network.serve({.name = "opencx",
                         .handler =
                             [this, &screen](const http::Request& request) {
                               auto reply = platform.handle(request);
                               screen.show_new(platform.violations());
                               return reply;
                             },
                         .operations = [this](const http::Request& request) { return platform.operations(request); },
                         .refusal = opencx_refusal,
                         .runtime = &runtime});
  }
  ~OpenCxLife() override { runtime.stop(); }

  SystemRng rng;
  http::SocketTransport sockets;
  ShowingTransport transport;
  std::unique_ptr<http::Transport> webhooks;  ///< journalled, with faults
  sim::mail::Exchange exchange;
  sim::opencx::Platform platform;
};

/// The life that mail is for.
class Living {
 public:
  void set(std::shared_ptr<OpenCxLife> life) {
    const std::lock_guard lock(mutex_);
    std::swap(life_, life);
  }
  std::shared_ptr<OpenCxLife> now() const {
    const std::lock_guard lock(mutex_);
    return life_;
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<OpenCxLife> life_;
};

/// What a person needs to get in, and what she can try.
std::string shown_lines(const std::string& url, std::uint16_t smtp_port, const sim::opencx::PlatformOptions& platform) {
  const std::string& address = platform.support_addresses.front();
  std::ostringstream text;
  text << "OpenCX\n"
       << "  API            " << url << "\n"
       << "  API key        " << platform.api_key << "\n"
       << "  widget token   " << platform.widget_token << "\n"
       << "  mail in        127.0.0.1:" << smtp_port << " (SMTP), for " << address << "\n"
       << "  events to      " << (platform.webhook_url.empty() ? "nobody (--webhook URL)" : platform.webhook_url) << "\n\n"
       << "Try it:\n"
       << "  swaks --server 127.0.0.1:" << smtp_port << " --from dana@example.test --to " << address
       << " --header 'Subject: Order 1182' --body 'Where is it?'\n"
       << "  curl -s -H 'Authorization: Bearer " << platform.api_key << "' " << url << "/chat/sessions\n"
       << "  curl -s " << url << "/_casewire/answer -d '{\"text\":\"It is on its way.\"}'      # the AI answers\n"
       << "  curl -s " << url << "/_casewire/hand-off -d '{\"summary\":\"Wants a person\"}'   # the AI hands off\n"
       << "  curl -s " << url << "/_casewire/agent-message -d '{\"text\":\"Hello\"}'       # somebody answers in the Inbox\n\n";
  return text.str();
}

}  // namespace

int serve_opencx(const OpenCxOptions& options) {
  block_stop_signals();
  ThreadRuntime runtime;
  Screen screen;
  Living living;
  auto smtp = sim::mail::SmtpServer::start(runtime,
                                           [&](const sim::mail::Envelope& envelope) {
                                             const auto life = living.now();
                                             return life ? receive_and_show(life->exchange, screen, envelope)
                                                         : sim::mail::Reply{.code = 421, .text = "4.3.2 not ready"};
                                           },
                                           {.port = options.smtp_port, .recipient = [&](std::string_view address) {
                                              const auto life = living.now();
                                              return life ? life->exchange.recipient(address)
                                                          : sim::mail::Reply{.code = 421, .text = "4.3.2 not ready"};
                                            }});
  if (!smtp) {
    std::cerr << render(smtp.error());
    return 2;
  }
  sim::mail::SmtpTransport outgoing("127.0.0.1", (*smtp)->port());
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
  const std::string lines = shown_lines(url, (*smtp)->port(), platform_options);
  LoneFake fake("opencx", "A fake OpenCX", lines, [&]() -> std::shared_ptr<FakeLife> {
    auto life = std::make_shared<OpenCxLife>(options, platform_options, outgoing, screen);
    living.set(life);
    return life;
  });
  http::Router router;
  router.otherwise([&](const http::Request& request) { return fake(request); });
  routes.open(router);

  std::cout << lines << "Driven and asked by tests (" << url << "/ lists it too):\n"
            << fake.routes_text() << "\nCtrl-C stops it. Mails, events and wrong requests are shown below.\n"
            << std::flush;
  wait_for_stop_signal();
  (*server)->stop();
  (*smtp)->stop();
  living.set(nullptr);
  fake.end();
  runtime.stop();
  return 0;
}

}  // namespace casewire::scenarios
