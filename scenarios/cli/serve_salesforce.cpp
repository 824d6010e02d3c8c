#include <fstream>
#include <iostream>
#include <sstream>
#include <utility>

#include "base/http/compressed.hpp"
#include "base/http/socket_server.hpp"
#include "base/http/socket_transport.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/late_routes.hpp"
#include "scenarios/cli/lone_fake.hpp"
#include "scenarios/cli/places.hpp"
#include "scenarios/cli/showing.hpp"
#include "scenarios/cli/waiting_for_signal.hpp"
#include "scenarios/language/fixtures.hpp"
#include "scenarios/language/numbers.hpp"
#include "scenarios/runner/refusals.hpp"
#include "scenarios/vocabulary/mail_writing.hpp"
#include "scenarios/vocabulary/org_rows.hpp"
#include "sim/salesforce/org.hpp"

namespace casewire::scenarios {
namespace {

// What a connected app is usually allowed beside the org file's scope.
constexpr const char* kMoreScope =
    "web full openid profile email address phone chatter_api content custom_permissions lightning visualforce";

using sim::salesforce::RepMail;

std::string text_of(const Json& body, const char* name) { return string_member(body, name); }

Result<Json, std::string> row_told(const Result<std::string, std::string>& id) {
  if (!id) return fail(id.error());
  return Json{{"id", *id}};
}

Result<Json, std::string> row_told(const Result<void, std::string>& done) {
  if (!done) return fail(done.error());
  return Json::object();
}

Result<Json, std::string> mail_told(const Result<sim::salesforce::ComposedMail, std::string>& mail) {
  if (!mail) return fail(mail.error());
  Json files = Json::array();
  for (const auto& file : mail->files) files.push_back(file.name);
  return Json{{"id", mail->row_id},
              {"mail",
               {{"from", mail->from},
                {"to", mail->to},
                {"subject", mail->subject},
                {"text", mail->text},
                {"message_id", mail->message_id},
                {"files", std::move(files)}}}};
}

RepMail mail_of(const Json& body) {
  RepMail mail{.text = text_of(body, "text"), .html = text_of(body, "html"), .to = text_of(body, "to")};
  for (auto& [name, content] : files_told(body)) mail.files.push_back({name, std::move(content), media_type_of(name)});
  return mail;
}

/// Rows as the integration user saves them by REST. The error is the org's own.
Result<Json, std::string> save_records(sim::salesforce::Org& org, const sim::salesforce::OrgOptions& options,
                                       const Json& records) {
  http::Request login{.method = "POST", .target = "/services/oauth2/token"};
  login.headers.add("Content-Type", "application/x-www-form-urlencoded");
  login.body = "grant_type=refresh_token&client_id=" + options.client_id + "&client_secret=" + options.client_secret +
               "&refresh_token=" + options.refresh_token;
  const auto token = parse_json(org.handle(login).response.body, "token");
  if (!token || !records.is_object())
    return fail(std::string("expected rows by object: {\"Account\": [{\"Name\": \"Umbrella\"}]}"));
  Json ids = Json::object();
  for (const auto& [object, rows] : records.items()) {
    for (const Json& row : rows.is_array() ? rows : Json::array({rows})) {
      http::Request save{.method = "POST", .target = "/services/data/v66.0/sobjects/" + object};
      save.headers.add("Authorization", "Bearer " + string_member(*token, "access_token"));
      save.headers.add("Content-Type", "application/json");
      save.body = dump_json(row);
      const auto answer = org.handle(save).response;
      const auto saved = parse_json(answer.body, "answer");
      if (answer.status != 201 || !saved) return fail(object + ": " + answer.body);
      ids[object].push_back(string_member(*saved, "id"));
    }
  }
  return ids;
}

/// What people, and time's mishaps, do in the org has no REST route.
std::vector<LoneDeed> deeds_of(sim::salesforce::Org& org, const std::string& ruiz) {
  using Member = LoneDeed::Member;
  const Member kCase{"case"}, kText{"text"}, kRep{"rep", false}, kId{"id"}, kTo{"to", false}, kFiles{"files", false, false};
  // Who is not named is Ruiz; who is new joins the queue Support.
  const auto rep = [&org, ruiz](const Json& body) -> std::string {
    const std::string name = text_of(body, "rep");
    return name.empty() ? ruiz : org.add_rep(name, "Support").value_or(ruiz);
  };
  return {
      {"reply",
       {kCase, {"text", false}, {"html", false}, kTo, kRep, kFiles, {"announces", false, false}},
       "a rep answers on the Case; files: {\"name\": \"content\"}; announces: true: a file is said to come",
       [=, &org](const Json& b) {
         RepMail mail = mail_of(b);
         mail.announces_files = b.contains("announces") && b["announces"] == true;
         return row_told(org.reply(rep(b), text_of(b, "case"), mail));
       }},
      {"draft",
       {kCase, kText, kTo, kRep, kFiles},
       "a rep begins an answer and does not send it",
       [=, &org](const Json& b) {
         RepMail mail = mail_of(b);
         mail.status = "5";
         return row_told(org.reply(rep(b), text_of(b, "case"), mail));
       }},
      {"send-draft",
       {kId, kRep},
       "she sends it",
       [=, &org](const Json& b) {
         return row_told(org.update(rep(b), text_of(b, "id"), {{"Status", "3"}}));
       }},
      {"compose",
       {kCase, kText, {"html", false}, kTo, kRep, kFiles},
       "a rep mails from Salesforce's own composer; answers the mail, which nobody takes from here",
       [=, &org](const Json& b) { return mail_told(org.compose(rep(b), text_of(b, "case"), mail_of(b))); }},
      {"alert",
       {kCase, kText, {"to"}},
       "the org itself mails, as a flow does; answers the mail",
       [=, &org](const Json& b) { return mail_told(org.alert(text_of(b, "case"), mail_of(b))); }},
      {"open",
       {{"email"}, {"subject"}, kText, kRep},
       "a rep opens a Case by hand, with a customer's address and the mark of our channel",
       [=, &org](const Json& b) {
         return row_told(
             org.create(rep(b), "Case", case_by_hand(text_of(b, "email"), text_of(b, "subject"), text_of(b, "text"))));
       }},
      {"comment",
       {kCase, kText, {"published", false, false}, kRep},
       "a rep comments on the Case; published: true is shown to the customer",
       [=, &org](const Json& b) {
         const bool is_published = b.contains("published") && b["published"] == true;
         return row_told(org.comment(rep(b), text_of(b, "case"), text_of(b, "text"), is_published));
       }},
      {"post",
       {kCase, kText, {"public", false, false}, kRep, kFiles},
       "a rep posts in the Case's feed; public: true is for whoever sees the Case; a post has one file at most",
       [=, &org](const Json& b) -> Result<Json, std::string> {
         const auto files = mail_of(b).files;
         if (files.size() > 1) return fail("a post has one file at most");
         sim::salesforce::FeedPost post{.text = text_of(b, "text"), .is_public = b.contains("public") && b["public"] == true};
         if (!files.empty()) post.file = files.front();
         return row_told(org.post(rep(b), text_of(b, "case"), post));
       }},
      {"edit-comment",
       {kId, {"text", false}, {"published", false, false}, kRep},
       "a rep changes a comment of her own; published: shows it to the customer, or no longer",
       [=, &org](const Json& b) -> Result<Json, std::string> {
         const std::string user = rep(b), id = text_of(b, "id");
         Result<void, std::string> done;
         if (b.contains("text")) done = org.edit_comment(user, id, text_of(b, "text"));
         if (done && b.contains("published")) done = org.update(user, id, {{"IsPublished", b["published"] == true}});
         return row_told(done);
       }},
      {"attach",
       {kId, {"name"}, {"content"}, kRep},
       "a rep puts a file on a Case or a mail",
       [=, &org](const Json& b) {
         return row_told(org.attach(rep(b), text_of(b, "id"), {{text_of(b, "name"), text_of(b, "content")}}));
       }},
      {"update",
       {kId, {"fields", true, false}, kRep},
       "a rep changes fields: {\"Priority\": \"High\"}",
       [=, &org](const Json& b) { return row_told(org.update(rep(b), text_of(b, "id"), b["fields"])); }},
      {"assign",
       {kCase, {"owner"}, kRep},
       "a rep gives the Case to a queue or a user, by name",
       [=, &org](const Json& b) -> Result<Json, std::string> {
         const auto owner = org.owner_named(text_of(b, "owner"));
         if (!owner) return fail(owner.error());
         return row_told(org.update(rep(b), text_of(b, "case"), {{"OwnerId", *owner}}));
       }},
      {"close",
       {kCase, kRep},
       "a rep closes the Case",
       [=, &org](const Json& b) {
         return row_told(org.update(rep(b), text_of(b, "case"), {{"Status", "Closed"}}));
       }},
      {"reopen",
       {kCase, kRep},
       "a rep opens it again",
       [=, &org](const Json& b) {
         return row_told(org.update(rep(b), text_of(b, "case"), {{"Status", "New"}}));
       }},
      {"merge",
       {{"into"}, kCase, kRep},
       "a rep merges the Case into another",
       [=, &org](const Json& b) { return row_told(org.merge(rep(b), text_of(b, "into"), {text_of(b, "case")})); }},
      {"delete",
       {kId, kRep},
       "a rep deletes a record",
       [=, &org](const Json& b) { return row_told(org.remove(rep(b), text_of(b, "id"))); }},
      {"undelete",
       {kId, kRep},
       "a rep takes it out of the bin",
       [=, &org](const Json& b) { return row_told(org.undelete(rep(b), text_of(b, "id"))); }},
      {"rep",
       {{"name"}, {"queue", false}},
       "somebody begins to work in a queue (Support)",
       [&org](const Json& b) { return row_told(org.add_rep(text_of(b, "name"), string_member(b, "queue", "Support"))); }},
      {"queue",
       {{"name"}},
       "a queue that may own Cases",
       [&org](const Json& b) -> Result<Json, std::string> {
         return Json{{"id", org.add_queue(text_of(b, "name"))}};
       }},
      {"records", {}, "rows by object: {\"Account\": [{\"Name\": \"Umbrella\"}]}; answers their ids", {}, true},
      {"lock",
       {kId, {"for", false}},
       "nobody else gets the row for so long (1 minute)",
       [&org](const Json& b) -> Result<Json, std::string> {
         const auto duration = read_duration(string_member(b, "for", "1 minute"));
         if (!duration) return fail(duration.error().problem);
         return row_told(org.lock_row(text_of(b, "id"), *duration));
       }},
      {"refuse",
       {{"operation"}, {"code"}},
       "the next save of that operation fails with that code: {\"operation\": \"Case create\", \"code\": \"UNABLE_TO_LOCK_ROW\"}",
       [&org](const Json& b) { return row_told(org.refuse_saves(text_of(b, "operation"), text_of(b, "code"), 1)); }},
      {"storage-full",
       {{"is", false, false}, {"of", false}},
       "no row and no file fits any more, or, \"of\": \"data\" or \"files\", one of them; {\"is\": false}: again",
       [&org](const Json& b) -> Result<Json, std::string> {
         const bool is = !b.contains("is") || b["is"] != false;
         const std::string of = text_of(b, "of");
         if (!of.empty() && of != "data" && of != "files") return fail("\"of\" is \"data\" or \"files\"");
         if (of != "files") org.set_storage_full(sim::salesforce::Storage::data, is);
         if (of != "data") org.set_storage_full(sim::salesforce::Storage::files, is);
         return Json::object();
       }},
      {"withhold",
       {{"object"}, {"right", false}, {"field", false}},
       "the integration user may not \"create\" or \"edit\" rows of the object, or not write a field of it",
       [&org](const Json& b) -> Result<Json, std::string> {
         using Right = sim::salesforce::Rights::Right;
         const std::string user = org.integration_user_id(), object = text_of(b, "object"), right = text_of(b, "right");
         if (b.contains("field")) return row_told(org.withhold_field(user, object, text_of(b, "field")));
         if (right != "create" && right != "edit") return fail("\"right\" is \"create\" or \"edit\"");
         return row_told(org.withhold(user, right == "create" ? Right::create : Right::edit, object));
       }},
      {"give-back",
       {},
       "the integration user may do again what was withheld",
       [&org](const Json&) -> Result<Json, std::string> {
         org.give_rights_back(org.integration_user_id());
         return Json::object();
       }},
      {"requests-used-up",
       {{"is", false, false}},
       "the day's API requests are used up; {\"is\": false}: given back",
       [&org](const Json& b) -> Result<Json, std::string> {
         org.set_requests_used_up(!b.contains("is") || b["is"] != false);
         return Json::object();
       }},
      {"expire",
       {},
       "every access token has expired",
       [&org](const Json&) -> Result<Json, std::string> {
         org.expire_access_tokens();
         return Json::object();
       }},
      {"revoke",
       {},
       "every token is revoked, as by an administrator",
       [&org](const Json&) -> Result<Json, std::string> {
         org.revoke_tokens();
         return Json::object();
       }},
  };
}

/// The objects that are looked at; the rest is asked for by SOQL.
Json state_of(const sim::salesforce::Org& org) {
  Json state = Json::object();
  struct Shown {
    const char* object;
    const char* which = "";  ///< where the org answers no question without it
  };
  for (const Shown& shown : {Shown{"Account"}, Shown{"Contact"}, Shown{"Case"}, Shown{"CaseComment"}, Shown{"EmailMessage"},
                             Shown{"FeedItem", " WHERE Type IN ('TextPost', 'LinkPost', 'ContentPost')"},
                             Shown{"ContentDocumentLink", " WHERE ContentDocumentId IN (SELECT Id FROM ContentDocument)"},
                             Shown{"ContentVersion"}, Shown{"Task"}, Shown{"Lead"}}) {
    const std::string object = shown.object;
    const auto rows = org.query("SELECT FIELDS(ALL) FROM " + object + shown.which + " LIMIT 200");
    if (!rows) throw std::logic_error("state of " + object + ": " + rows.error().message);
    state[object] = *rows;
  }
  return state;
}

/// One life of the org: what a reset throws away.
struct OrgLife final : FakeLife {
  explicit OrgLife(Screen& screen) : transport(sockets, screen), callouts(network.outgoing("salesforce", transport, runtime)) {}
  ~OrgLife() override { runtime.stop(); }

  // Tokens here guard nothing; one question to the system for chance is enough, and thousands a second are slow.
  SeededRng rng{SystemRng{}.next()};
  http::SocketTransport sockets;
  ShowingTransport transport;
  std::unique_ptr<http::Transport> callouts;  ///< journalled, with faults
  std::unique_ptr<sim::salesforce::Org> org;
};

Result<std::shared_ptr<OrgLife>> begin_life(const std::string& text, const std::string& file,
                                            const sim::salesforce::OrgOptions& options, Screen& screen) {
  auto life = std::make_shared<OrgLife>(screen);
  auto created = sim::salesforce::Org::create(text, file, options, {life->runtime, life->journal, life->rng, *life->callouts});
  if (!created) return fail(created.error());
  life->org = std::move(*created);
  sim::salesforce::Org& org = *life->org;
  const auto ruiz = org.add_rep("Ruiz", "Support");
  life->deeds = deeds_of(org, ruiz.value_or(""));
  for (LoneDeed& deed : life->deeds) {
    if (deed.name == "records") {
      deed.act = [&org, options](const Json& body) { return save_records(org, options, body); };
    }
  }
  life->state = [&org] { return state_of(org); };
  life->api = life->network.serve(
      {.name = "salesforce",
       .handler =
           [&org, &screen](const http::Request& request) {
             auto reply = org.handle(request);
             screen.show_new(org.not_modelled());
             return reply;
           },
       .operations = [&org](const http::Request& request) { return org.operations(request); },
       .refusal = salesforce_refusal,
       .refuse_row = [&org](const std::string& operation, const std::string& code,
                            std::size_t rows_before) { return org.refuse_saves(operation, code, 1, rows_before).has_value(); },
       .runtime = &life->runtime});
  return life;
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

/// What a person needs to get in, and what she can try.
std::string salesforce_lines(const std::string& url, const std::string& file, const sim::salesforce::OrgOptions& org,
                             const std::string& user) {
  std::ostringstream text;
  text << "Salesforce org \"" << file << "\"\n"
       << "  URL            " << url << "\n"
       << "  client id      " << org.client_id << "\n"
       << "  client secret  " << org.client_secret << "\n"
       << "  refresh token  " << org.refresh_token << "\n"
       << "  user name      " << user << "\n"
       << "  password       " << org.password << "\n"
       << "  security token " << org.security_token << "\n"
       << "  callouts to    " << (org.webhook_url.empty() ? "nobody (--webhook URL)" : org.webhook_url) << "\n\n"
       << "Try it:\n"
       << "  TOKEN=$(curl -s " << url << "/services/oauth2/token -d grant_type=refresh_token -d client_id=" << org.client_id
       << " \\\n      -d client_secret=" << org.client_secret << " -d refresh_token=" << org.refresh_token
       << " | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')\n"
       << "  curl -s -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' \\\n      " << url
       << "/services/data/v66.0/sobjects/Case -d '{\"Subject\":\"Order 1182\"}'\n"
       << "  curl -s -H \"Authorization: Bearer $TOKEN\" '" << url
       << "/services/data/v66.0/query?q=SELECT+Id,CaseNumber,Subject,Status+FROM+Case'\n"
       << "  curl -s " << url
       << "/_casewire/reply -d '{\"case\":\"CASE ID\",\"text\":\"Looking into it.\"}'   # the rep Ruiz answers\n"
       << "  curl -s " << url << "/_casewire/close -d '{\"case\":\"CASE ID\"}'   # and closes the Case\n\n";
  return text.str();
}

}  // namespace

int serve_salesforce(const SalesforceOptions& options) {
  const std::string fixtures = default_fixtures();
  if (options.org.empty() && fixtures.empty()) {
    std::cerr << "casewire: there is no folder fixtures here or above; name an org file with --org FILE\n";
    return 2;
  }
  const std::string file = options.org.empty()
                               ? Fixtures(fixtures, built_in_fixtures()).path("orgs", std::string(kDefaultOrg) + "/org.json")
                               : options.org;
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) {
    std::cerr << "casewire: cannot read the org file " << file << "\n";
    return 2;
  }
  block_stop_signals();
  ThreadRuntime runtime;
  Screen screen;
  LateRoutes routes;
  auto server =
      http::SocketServer::start(runtime, [&](const http::Request& request) { return routes(request); }, {.port = options.port});
  if (!server) {
    std::cerr << render(server.error());
    return 2;
  }
  const std::string url = (*server)->url();
  const sim::salesforce::OrgOptions org_options{
      .instance_url = url, .more_scope = kMoreScope, .webhook_url = options.webhook_url};
  const auto first = begin_life(text.str(), file, org_options, screen);
  if (!first) {
    std::cerr << render(first.error(), text.str());
    return 2;
  }
  const std::string user = (*first)->org->integration_username();
  const std::string lines = salesforce_lines(url, file, org_options, user);
  LoneFake fake("salesforce", "A fake Salesforce org", lines, [&, made = *first]() mutable -> std::shared_ptr<FakeLife> {
    return made ? std::exchange(made, nullptr) : begin_life(text.str(), file, org_options, screen).value();
  });
  http::Router router;
  router.otherwise([&](const http::Request& request) {
    auto reply = fake(request);
    reply.response = http::compressed(std::move(reply.response), request);
    return reply;
  });
  routes.open(router);

  std::cout << lines << clients(url, org_options, user) << "Driven and asked by tests (" << url << "/ lists it too):\n"
            << fake.routes_text() << "\nCtrl-C stops it. Callouts and requests that are not modelled are shown below.\n"
            << std::flush;
  wait_for_stop_signal();
  (*server)->stop();
  fake.end();
  runtime.stop();
  return 0;
}

}  // namespace casewire::scenarios
