#include "bridge/program/connect.hpp"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <future>
#include <iostream>
#include <mutex>

#include "base/http/socket_server.hpp"
#include "base/http/socket_transport.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "base/text/encoding.hpp"
#include "bridge/orgs/org_store.hpp"
#include "bridge/orgs/questions.hpp"
#include "bridge/program/admin_socket.hpp"
#include "bridge/program/org_meant.hpp"
#include "bridge/program/state_lock.hpp"
#include "bridge/salesforce/sign_in.hpp"
#include "bridge/salesforce/token.hpp"

namespace casewire::bridge {
namespace {

constexpr std::chrono::minutes kSignInWithin{10};
constexpr const char* kCallbackPath = "/oauth/callback";

enum ConnectCode { kConnected = 0, kRefusedConnection = 1, kIncomplete = 2, kMachine = 3 };

/// Of the settings those that a sign-in needs; the others may come later.
std::string missing_settings(const Config& config) {
  std::string missing;
  const auto need = [&](const std::string& value, const std::string& variable, const char* key) {
    if (value.empty()) missing += "  " + variable + " (" + key + ") is not set\n";
  };
  const auto of_the_org = [&](const char* variable) { return variable_of(variable, config.org); };
  need(config.state_dir, "CASEWIRE_STATE_DIR", "state_dir");
  need(config.salesforce.login_url, of_the_org("SALESFORCE_LOGIN_URL"), "salesforce.login_url");
  need(config.salesforce.client_id, of_the_org("SALESFORCE_CLIENT_ID"), "salesforce.client_id");
  need(config.salesforce.client_secret, of_the_org("SALESFORCE_CLIENT_SECRET"), "salesforce.client_secret");
  return missing;
}

Result<std::string, std::string> keep_through_the_bridge(const Config& config, const salesforce::Connection& connection) {
  const auto reply = ask_running_bridge(
      config.state_dir, words_of({.org = config.org, .words = {"connect", connection.refresh_token, connection.org_id}}));
  if (!reply) return fail(render(reply.error()));
  if (reply->contains("error")) return fail(string_member(*reply, "error"));
  return std::string("the bridge that runs uses it from now on");
}

/// A file that root leaves there could not be read by the bridge's own user.
bool belongs_to_another_user(const std::string& folder) {
  struct stat about {};
  return ::stat(folder.c_str(), &about) == 0 && about.st_uid != ::geteuid();
}

/// Through the bridge that runs, which uses it from now on; or into the store of one that does not run. The error is for a person.
Result<std::string, std::string> keep(const Config& config, const salesforce::Connection& connection, WallTime now, Rng& rng) {
  if (belongs_to_another_user(config.state_dir)) {
    auto kept = keep_through_the_bridge(config, connection);
    if (kept) return kept;
    return fail(kept.error() + "the state directory is another user's: start the bridge first, it waits for its connection");
  }
  const auto lock = StateLock::take(config.state_dir);
  if (!lock) return keep_through_the_bridge(config, connection);
  const auto store = open_store(config);
  if (!store) return fail(render(store.error()));
  try {
    const auto kept = salesforce::keep_connection(**store, config, {connection.refresh_token, connection.org_id}, now, rng);
    if (!kept) return fail(kept.error());
  } catch (const StoreFailure& failure) {
    return fail(std::string("the store failed: ") + failure.what());
  }
  return std::string("the bridge uses it when it is started");
}

/// The person's browser at our page: once, with the state of this sign-in.
class CallbackPage {
 public:
  using Redeem = std::function<Result<std::string, std::string>(const std::string& code)>;

  CallbackPage(const salesforce::SignIn& sign_in, Redeem redeem) : sign_in_(sign_in), redeem_(std::move(redeem)) {}

  http::Reply answer(const http::Request& request) {
    if (request.method != "GET" || request.path() != kCallbackPath) return page(404, "There is nothing here");
    const auto fields = parse_form(request.query());
    const auto value = [&](std::string_view name) { return fields ? form_value(*fields, name).value_or("") : std::string(); };
    if (!sign_in_.is_ours(value("state"))) return page(400, "This is not the sign-in that casewire-bridge waits for");
    {
      const std::lock_guard lock(mutex_);
      if (std::exchange(is_used_, true)) return page(400, "This sign-in is over");
    }
    const auto error = value("error");
    Result<std::string, std::string> done = fail("Salesforce says " + error + ": " + value("error_description"));
    if (error.empty()) done = redeem_(value("code"));
    auto reply = done ? page(200, "Connected", *done) : page(400, "Not connected", done.error());
    end_.set_value(std::move(done));
    return reply;
  }
  std::future<Result<std::string, std::string>> end() { return end_.get_future(); }

 private:
  static http::Reply page(int status, const std::string& title, const std::string& text = {}) {
    http::Reply reply{
        .response = {.status = status,
                     .body = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>casewire-bridge</title><h1>" +
                             html_escaped(title) + "</h1><p>" + html_escaped(text) + "</p></html>\n"}};
    reply.response.headers.add("Content-Type", "text/html; charset=utf-8");
    reply.response.headers.add("Cache-Control", "no-store");
    // The address holds the code: it goes nowhere from here.
    reply.response.headers.add("Referrer-Policy", "no-referrer");
    reply.response.headers.add("Content-Security-Policy", "default-src 'none'");
    return reply;
  }

  const salesforce::SignIn& sign_in_;
  Redeem redeem_;
  std::mutex mutex_;
  bool is_used_ = false;
  std::promise<Result<std::string, std::string>> end_;
};

}  // namespace

int connect_org(const Configuration& configuration, const ConnectOptions& options) {
  const auto* meant = org_meant(configuration, options.org, "connect");
  if (meant == nullptr) return kIncomplete;
  const auto& config = *meant;
  if (const auto missing = missing_settings(config); !missing.empty()) {
    std::cerr << "casewire-bridge: the configuration is not complete\n" << missing;
    return kIncomplete;
  }
  if (const auto made = make_state_dir(config.state_dir); !made) {
    std::cerr << render(made.error());
    return kMachine;
  }
  signal(SIGPIPE, SIG_IGN);
  ThreadRuntime runtime;
  http::SocketTransport transport;
  SystemRng rng;
  std::atomic<CallbackPage*> page{nullptr};
  auto server =
      http::SocketServer::start(runtime,
                                [&](const http::Request& request) {
                                  auto* ready = page.load();
                                  return ready != nullptr ? ready->answer(request) : http::Reply{.response = {.status = 503}};
                                },
                                {.host = "127.0.0.1", .port = static_cast<std::uint16_t>(options.callback_port)});
  if (!server) {
    std::cerr << render(server.error()) << "hint: --callback-port takes another, which the app's callback URL must name too\n";
    return kMachine;
  }
  const auto callback_url = "http://localhost:" + std::to_string((*server)->port()) + kCallbackPath;
  const salesforce::SignIn sign_in(config, callback_url, rng);
  CallbackPage callback(sign_in, [&](const std::string& code) -> Result<std::string, std::string> {
    const auto connection = sign_in.redeem(code, transport);
    if (!connection) return fail(connection.error());
    const auto whose = "as user " + connection->user_id + " of org " + connection->org_id;
    const auto& wanted = options.salesforce_org;
    if (!wanted.empty() && wanted.substr(0, 15) != connection->org_id.substr(0, 15)) {
      sign_in.give_back(*connection, transport);
      return fail("signed in " + whose + ", and org " + wanted + " is meant: the connection was given back");
    }
    const auto kept = keep(config, *connection, runtime.now(), rng);
    if (!kept) {
      sign_in.give_back(*connection, transport);
      return fail(kept.error());
    }
    return whose + "; " + *kept;
  });
  auto end = callback.end();
  page = &callback;
  std::cout << "Open this in a browser on this machine, and sign in as the integration user:\n\n  " << sign_in.page()
            << "\n\nThe app must have the callback URL " << callback_url
            << "\nand the scopes api and refresh_token. Waiting for 10 minutes; Ctrl-C ends it.\n"
            << std::flush;
  if (end.wait_for(kSignInWithin) != std::future_status::ready) {
    (*server)->stop();
    std::cerr << "error: nobody has signed in within 10 minutes\n";
    return kRefusedConnection;
  }
  const auto done = end.get();
  (*server)->stop();
  if (!done) {
    std::cerr << "error: not connected: " << done.error() << "\n";
    return kRefusedConnection;
  }
  std::cout << "connected " << *done << "\n";
  return kConnected;
}

}  // namespace casewire::bridge
