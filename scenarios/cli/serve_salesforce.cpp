#include <fstream>
#include <iostream>
#include <sstream>

#include "base/http/socket_server.hpp"
#include "base/http/socket_transport.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/json_answer.hpp"
#include "scenarios/cli/late_routes.hpp"
#include "scenarios/cli/places.hpp"
#include "scenarios/cli/showing.hpp"
#include "scenarios/cli/waiting_for_signal.hpp"
#include "sim/salesforce/org.hpp"

namespace casewire::scenarios {
namespace {

// What a connected app is usually allowed beside the org file's scope.
constexpr const char* kMoreScope =
    "web full openid profile email address phone chatter_api content custom_permissions lightning visualforce";

constexpr std::size_t kJournalBytesMax = 1u << 20;

/// What a rep does at the screen has no REST route; these stand in for it when the org is tried by hand.
void add_people(http::Router& router, sim::salesforce::Org& org, const std::string& rep) {
  router.add("POST", "/_casewire/reply", [&org, rep](const http::Request& request, const http::PathParameters&) {
    const auto body = parse_json(request.body, "request");
    if (!body) return json_answer(400, {{"error", render(body.error())}});
    const auto row =
        org.reply(rep, string_member(*body, "case"),
                  sim::salesforce::RepMail{.text = string_member(*body, "text"), .html = string_member(*body, "html")});
    return row ? json_answer(201, {{"id", *row}}) : json_answer(400, {{"error", row.error()}});
  });
  // Every access token is expired, as after the session's timeout; and every token revoked, as by an administrator.
  router.add("POST", "/_casewire/expire", [&org](const http::Request&, const http::PathParameters&) {
    org.expire_access_tokens();
    return json_answer(200, Json::object());
  });
  router.add("POST", "/_casewire/revoke", [&org](const http::Request&, const http::PathParameters&) {
    org.revoke_tokens();
    return json_answer(200, Json::object());
  });
  router.add("POST", "/_casewire/close", [&org, rep](const http::Request& request, const http::PathParameters&) {
    const auto body = parse_json(request.body, "request");
    if (!body) return json_answer(400, {{"error", render(body.error())}});
    const auto done = org.update(rep, string_member(*body, "case"), {{"Status", "Closed"}});
    return done ? json_answer(200, Json::object()) : json_answer(400, {{"error", done.error()}});
  });
}

/// The lines that point each common client at this org; docs/clients/ has a page for each.
std::string clients(const std::string& url, const sim::salesforce::OrgOptions& org, const std::string& user) {
  const auto host = url.substr(url.find("//") + 2);
  const auto whole_password = org.password + org.security_token;
  std::ostringstream text;
  text << "Clients (docs/clients/ has a page for each):\n"
       << "  jsforce            const conn = new jsforce.Connection({ loginUrl: '" << url << "' });\n"
       << "                     await conn.login('" << user << "', '" << whole_password << "');\n"
       << "                     await conn.query('SELECT Id FROM Case');\n"
       << "  nforce             const org = nforce.createConnection({ mode: 'single', clientId: '" << org.client_id
       << "', clientSecret: '" << org.client_secret << "',\n"
       << "                       redirectUri: 'http://localhost/callback', loginUri: '" << url << "/services/oauth2/token' });\n"
       << "                     await org.authenticate({ username: '" << user << "', password: '" << whole_password << "' });\n"
       << "  sf                 export SF_DISABLE_DNS_CHECK=true\n"
       << "                     sf org login web --instance-url " << url << " --alias casewire   # the page has \"Allow\"\n"
       << "                     sf data query --target-org casewire --query 'SELECT Id FROM Case'\n"
       << "  simple-salesforce  sf = Salesforce(username='" << user << "', password='" << org.password << "',\n"
       << "                         security_token='" << org.security_token << "', session=session)\n"
       << "                     # it always says https: the page shows the session that leads it here\n"
       << "  restforce          Restforce.new(host: '" << host << "', username: '" << user << "', password: '" << org.password
       << "',\n"
       << "                       security_token: '" << org.security_token << "', client_id: '" << org.client_id << "',\n"
       << "                       client_secret: '" << org.client_secret
       << "', api_version: '59.0')   # logs in by https: see the page\n\n";
  return text.str();
}

}  // namespace

int serve_salesforce(const SalesforceOptions& options) {
  const std::string fixtures = default_fixtures();
  if (options.org.empty() && fixtures.empty()) {
    std::cerr << "casewire: there is no folder fixtures here or above; name an org file with --org FILE\n";
    return 2;
  }
  const std::string file = options.org.empty() ? fixtures + "/orgs/service-cloud/org.json" : options.org;
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) {
    std::cerr << "casewire: cannot read the org file " << file << "\n";
    return 2;
  }
  block_stop_signals();
  ThreadRuntime runtime;
  // Tokens here guard nothing; one question to the system for chance is enough, and thousands a second are slow.
  SeededRng rng{SystemRng{}.next()};
  Screen screen;
  http::SocketTransport sockets;
  ShowingTransport transport(sockets, screen);
  // What a person tries by hand may go on for days: what no longer fits is dropped, and nobody here judges by it.
  sim::Journal journal([&] { return runtime.now(); }, kJournalBytesMax);
  std::unique_ptr<sim::salesforce::Org> org;
  http::Router router;
  LateRoutes routes;
  auto server =
      http::SocketServer::start(runtime, [&](const http::Request& request) { return routes(request); }, {.port = options.port});
  if (!server) {
    std::cerr << render(server.error());
    return 2;
  }
  sim::salesforce::OrgOptions org_options{
      .instance_url = (*server)->url(), .more_scope = kMoreScope, .webhook_url = options.webhook_url};
  auto created = sim::salesforce::Org::create(text.str(), file, org_options, {runtime, journal, rng, transport});
  if (!created) {
    std::cerr << render(created.error(), text.str());
    return 2;
  }
  org = std::move(*created);
  const auto rep = org->add_rep("Ruiz", "Support");
  if (rep) add_people(router, *org, *rep);
  router.otherwise([&](const http::Request& request) {
    auto reply = org->handle(request);
    screen.show_new(org->not_modelled());
    return reply;
  });
  routes.open(router);

  const std::string url = (*server)->url();
  std::cout << "Salesforce org \"" << file << "\"\n"
            << "  URL            " << url << "\n"
            << "  client id      " << org_options.client_id << "\n"
            << "  client secret  " << org_options.client_secret << "\n"
            << "  refresh token  " << org_options.refresh_token << "\n"
            << "  user name      " << org->integration_username() << "\n"
            << "  password       " << org_options.password << "\n"
            << "  security token " << org_options.security_token << "\n"
            << "  callouts to    " << (options.webhook_url.empty() ? "nobody (--webhook URL)" : options.webhook_url) << "\n\n"
            << "Try it:\n"
            << "  TOKEN=$(curl -s " << url
            << "/services/oauth2/token -d grant_type=refresh_token -d client_id=" << org_options.client_id
            << " \\\n      -d client_secret=" << org_options.client_secret << " -d refresh_token=" << org_options.refresh_token
            << " | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')\n"
            << "  curl -s -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' \\\n      " << url
            << "/services/data/v66.0/sobjects/Case -d '{\"Subject\":\"Order 1182\"}'\n"
            << "  curl -s -H \"Authorization: Bearer $TOKEN\" '" << url
            << "/services/data/v66.0/query?q=SELECT+Id,CaseNumber,Subject,Status+FROM+Case'\n"
            << "  curl -s " << url
            << "/_casewire/reply -d '{\"case\":\"CASE ID\",\"text\":\"Looking into it.\"}'   # the rep Ruiz answers\n"
            << "  curl -s " << url << "/_casewire/close -d '{\"case\":\"CASE ID\"}'   # and closes the Case\n\n"
            << clients(url, org_options, org->integration_username())
            << "Ctrl-C stops it. Callouts and requests that are not modelled are shown below.\n"
            << std::flush;
  wait_for_stop_signal();
  (*server)->stop();
  runtime.stop();
  return 0;
}

}  // namespace casewire::scenarios
