#include "scenarios/compare/counterpart.hpp"

#include <algorithm>

#include "base/http/connection_headers.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "scenarios/runner/simulated_ring.hpp"
#include "scenarios/tape/masking.hpp"
#include "scenarios/tape/media_type.hpp"
#include "scenarios/tape/multipart.hpp"
#include "sim/mail/message.hpp"
#include "sim/opencx/email_in.hpp"

namespace casewire::scenarios {
namespace {

constexpr std::size_t kJournalBytesMax = 1u << 20;  // nobody reads it here

constexpr const char* kSupport = "help@acme.test";
constexpr const char* kAgent = "Ruiz";

bool is_login(const http::Request& request) { return request.path().find("/oauth2/") != std::string_view::npos; }

bool is_target(std::string_view text) {
  return text.size() > 1 && text.front() == '/' && text.find_first_of(" \t\r\n\"") == std::string_view::npos;
}

/// A request of the tape in this world's words, spelled as the tape spells it.
class Translation {
 public:
  explicit Translation(Bindings& bindings) : bindings_(bindings) {}

  std::string target(std::string_view target) {
    const std::size_t mark = std::min(target.find('?'), target.size());
    std::string told;
    for (const std::string_view part : split(target.substr(0, mark), '/')) {
      const auto plain = percent_decoded(part);
      const std::string other = plain ? bindings_.told(*plain) : std::string(part);
      told += (told.empty() && part.empty() ? "" : "/") + (plain && other != *plain ? percent_encoded(other) : std::string(part));
    }
    if (!told.starts_with('/')) told.insert(0, "/");
    if (mark == target.size()) return told;
    const auto fields = parse_form(target.substr(mark + 1));
    return told + "?" + (fields ? form(this->fields(*fields)) : bindings_.told(target.substr(mark + 1)));
  }

  FormFields fields(FormFields fields) {
    for (auto& [name, value] : fields) value = bindings_.told(value);
    return fields;
  }

  Json json(const Json& value) {  // parse_json bounds the depth
    if (value.is_string()) {
      const auto& text = value.get_ref<const std::string&>();
      return is_target(text) ? target(text) : bindings_.told(text);
    }
    if (!value.is_structured()) return value;
    Json other = value.is_array() ? Json::array() : Json::object();
    for (const auto& [name, child] : value.items()) {
      // Bytes of a file are nobody's words.
      const bool is_file = child.is_string() && (name == "VersionData" || name == "base64");
      Json told = is_file ? child : json(child);
      if (value.is_array()) {
        other.push_back(std::move(told));
      } else {
        other[name] = std::move(told);
      }
    }
    return other;
  }

  std::string body(const http::Headers& headers, const std::string& body) {
    const MediaType type = media_type_of(headers);
    if (type.is_form()) {
      const auto fields = parse_form(body);
      return fields ? form(this->fields(*fields)) : body;
    }
    if (type.is_multipart()) {
      const std::string boundary = type.parameter("boundary");
      const auto parts = parts_of(body, boundary);
      return parts ? joined(*parts, boundary) : body;
    }
    if (const auto json = parse_json(body)) return dump_json(this->json(*json));
    return is_valid_utf8(body) && (type.name.empty() || type.name.starts_with("text/")) ? bindings_.told(body) : body;
  }

 private:
  std::string joined(const std::vector<Part>& parts, const std::string& boundary) {
    std::string text;
    for (const Part& part : parts) {
      text += "--" + boundary + "\r\n";
      for (const http::Header& header : part.headers) text += header.name + ": " + header.value + "\r\n";
      const bool is_json = media_type_of(part.headers).is_json();
      text += "\r\n" + (is_json ? body(part.headers, part.body) : part.body) + "\r\n";
    }
    return text + "--" + boundary + "--\r\n";
  }

  Bindings& bindings_;
};

/// OpenCX knows a conversation by its number, and the number on the tape is another conversation's here, or nobody's.
void name_ticket(sim::mail::Message& mail, int number) {
  const std::string ours = std::to_string(number);
  const auto tokens = sim::opencx::tokens_in(mail);
  for (const int token : tokens) {
    const std::string theirs = std::to_string(token);
    mail.subject = replaced(mail.subject, "[" + theirs + "]", "[" + ours + "]");
    mail.text = replaced(mail.text, "#" + theirs, "#" + ours);
  }
  // Quoted, as what was answered would be, and so no words of hers.
  if (tokens.empty()) mail.text += "\n\n> Ref: #" + ours + "\n";
}

}  // namespace

Result<std::unique_ptr<Counterpart>, std::string> Counterpart::open(const std::string& org_json, const std::string& org_file,
                                                                    WallTime start, std::uint64_t seed) {
  std::unique_ptr<Counterpart> counterpart(new Counterpart(make_simulated_ring(start, seed)));
  Staging staging;
  staging.org_json = org_json;
  staging.org_file = org_file;
  staging.seed = seed;
  staging.journal_bytes_max = kJournalBytesMax;
  staging.reps = {{kAgent, "Support"}};
  if (auto opened = counterpart->ring_->open(std::move(staging)); !opened) return fail(opened.error());
  return counterpart;
}

void Counterpart::pass_until(WallTime when) {
  constexpr std::size_t kTimersMax = 100'000;
  for (std::size_t timers = 0; timers < kTimersMax && ring_->now() < when; ++timers) {
    const auto next = ring_->next_timer();
    (void)ring_->advance_to(next && *next < when ? std::max(*next, ring_->now()) : when);
    if (const auto stuck = ring_->run_until_quiet()) return;
  }
}

std::string Counterpart::here(const std::string& id) const { return bindings_.made_of(id); }

void Counterpart::trouble(const Deed& deed, const std::string& why) {
  if (troubles_.size() == kTroublesMax) return;
  static constexpr const char* kNames[] = {"a mail of the contact",
                                           "a message of the AI",
                                           "a message from the Inbox",
                                           "a handoff",
                                           "a takeover",
                                           "handing back",
                                           "a close",
                                           "a row",
                                           "a change of a Case"};
  troubles_.push_back(std::string(kNames[static_cast<std::size_t>(deed.what)]) + " before entry " + std::to_string(deed.entry) +
                      " could not be done in the model: " + why);
}

std::string Counterpart::rep(const std::string& name) {
  Result<std::string, std::string> id = std::string();
  ring_->perform([&] { id = world().org().add_rep(name.empty() ? kAgent : name, "Support"); });
  return id ? *id : world().org().integration_user_id();
}

void Counterpart::let(const Deed& deed, const std::vector<std::string>& files) {
  pass_until(deed.at);
  latest_ = std::max(latest_, ring_->now() - deed.at);
  sim::opencx::Platform& platform = world().platform();
  const std::string id = here(deed.id), person = deed.name.empty() ? kAgent : deed.name;
  sim::opencx::Platform::Done done;
  const auto perform = [&](const std::function<sim::opencx::Platform::Done()>& what) { ring_->perform([&] { done = what(); }); };
  switch (deed.what) {
    case Deed::What::contact_writes: return write(deed, files);
    case Deed::What::makes_row: return make_row(deed, files);
    case Deed::What::ai_writes: perform([&] { return platform.answer(id, deed.text); }); break;
    case Deed::What::agent_writes: {
      std::vector<sim::opencx::AgentFile> attached;
      for (std::size_t i = 0; i < files.size(); ++i) attached.push_back({deed.files[i].name, deed.files[i].media_type, files[i]});
      perform([&] { return platform.agent_writes(id, person, deed.text, attached); });
      break;
    }
    case Deed::What::hands_off:
      perform([&] { return platform.hand_off(id, deed.text); });
      if (!done) perform([&] { return platform.agent_hands_off(id, person, deed.text); });
      break;
    case Deed::What::takes_over: perform([&] { return platform.agent_takes_over(id, person); }); break;
    case Deed::What::hands_back: perform([&] { return platform.agent_hands_back(id, person); }); break;
    case Deed::What::closes:
      if (deed.by_ai) perform([&] { return platform.resolve(id); });
      if (!deed.by_ai || !done) perform([&] { return platform.agent_closes(id, person, deed.is_resolved); });
      break;
    case Deed::What::changes_case: {
      const std::string user = rep(deed.name);
      ring_->perform([&] { done = world().org().update(user, id, deed.fields); });
      break;
    }
  }
  if (!done) trouble(deed, done.error());
}

void Counterpart::write(const Deed& deed, const std::vector<std::string>& files) {
  const auto conversation = [&](const std::string& id) { return world().platform().session(id); };
  const auto before = conversation(here(deed.id)), newest = world().platform().newest_session();
  sim::mail::Message mail;
  mail.from = {deed.name, deed.address.empty() ? "contact@example.test" : deed.address};
  mail.to = {{"", kSupport}};
  mail.date = ring_->now();
  mail.message_id = "tape-" + std::to_string(++mails_) + "@example.test";
  mail.subject = deed.subject;
  mail.text = deed.text;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const DeedFile& file = deed.files[i];
    mail.attachments.push_back({file.name, file.media_type.empty() ? "application/octet-stream" : file.media_type, files[i], {}});
  }
  if (before) {
    if (!before->thread.empty()) {
      mail.in_reply_to = before->thread.back();
      mail.references = before->thread;
    }
    name_ticket(mail, before->ticket_number);
  }
  ring_->perform([&] {
    world().exchange().mailbox(mail.from.address);
    (void)world().mail().send({.sender = mail.from.address, .recipients = {kSupport}, .message = sim::mail::compose(mail)});
  });
  if (before) {
    const auto after = conversation(before->id);
    if (!after || after->history.size() == before->history.size()) trouble(deed, "it reached another conversation");
  } else if (const auto begun = world().platform().newest_session();
             !begun || (newest && newest->id == begun->id) || !bindings_.agree(deed.id, begun->id)) {
    trouble(deed, "it began no conversation");
  }
}

void Counterpart::make_row(const Deed& deed, const std::vector<std::string>& files) {
  const std::string user = rep(deed.name), parent = here(string_member(deed.fields, "ParentId"));
  const auto text = [&](const char* name) { return string_member(deed.fields, name); };
  sim::salesforce::Org& org = world().org();
  Result<std::string, std::string> id = std::string();
  const auto truth = [&](const char* name) { return member(deed.fields, name) == true; };
  ring_->perform([&] {
    if (deed.object == "EmailMessage" && !truth("Incoming")) {
      sim::salesforce::RepMail mail{.text = text("TextBody"),
                                    .html = text("HtmlBody"),
                                    .to = text("ToAddress"),
                                    .subject = text("Subject"),
                                    .message_id = text("MessageIdentifier")};
      for (std::size_t i = 0; i < files.size(); ++i)
        mail.files.push_back({deed.files[i].name, files[i], deed.files[i].media_type});
      id = org.reply(user, parent, mail);
    } else if (deed.object == "CaseComment") {
      id = org.comment(user, parent, text("CommentBody"), truth("IsPublished"));
    }
  });
  if (id && id->empty()) {
    static constexpr std::array kTaken{"Subject",      "Description",      "Status",    "Origin",    "SuppliedEmail",
                                       "SuppliedName", "LastName",         "Email",     "FirstName", "TextBody",
                                       "HtmlBody",     "FromAddress",      "ToAddress", "ParentId",  "Incoming",
                                       "Case_From__c", "OpenCX_Handoff__c"};
    Json fields = Json::object();
    for (const char* name : kTaken) {
      const Json& value = member(deed.fields, name);
      if (!value.is_null()) fields[name] = value;
    }
    if (deed.object == "Contact" && !fields.contains("LastName"))
      fields["LastName"] = text("Name").empty() ? "Unknown" : text("Name");
    http::Request request{.method = "POST",
                          .target = "/services/data/v66.0/sobjects/" + deed.object,
                          .headers = {{"Authorization", "Bearer " + session_token()}, {"Content-Type", "application/json"}},
                          .body = dump_json(Translation(bindings_).json(fields))};
    http::Reply reply;
    ring_->perform([&] { reply = org.handle(request); });
    const auto made = parse_json(reply.response.body);
    if (made && made->is_object() && reply.response.status == 201) {
      id = string_member(*made, "id");
    } else {
      id = fail(reply.response.body);
    }
  }
  if (!id) return trouble(deed, id.error());
  (void)bindings_.agree(deed.id, *id);
}

std::string Counterpart::session_token() {
  const Credentials credentials;
  http::Request request{.method = "POST",
                        .target = "/services/oauth2/token",
                        .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                        .body = form({{"grant_type", "refresh_token"},
                                      {"client_id", credentials.salesforce_client_id},
                                      {"client_secret", credentials.salesforce_client_secret},
                                      {"refresh_token", credentials.salesforce_refresh_token}})};
  http::Reply reply;
  ring_->perform([&] { reply = world().org().handle(request); });
  const auto body = parse_json(reply.response.body);
  return body ? string_member(*body, "access_token") : std::string();
}

/// Whoever was let in on the tape is let in here; whoever was refused comes with something that is refused.
void Counterpart::let_in(const Exchange& exchange, http::Request& request) {
  const Credentials credentials;
  const bool is_refused = exchange.response.status == 401;
  if (is_login(exchange.request)) {
    auto fields = parse_form(request.body);
    if (!fields || is_refused || exchange.response.status == 400) return;
    for (auto& [name, value] : *fields) {
      if (name == "client_id") value = credentials.salesforce_client_id;
      if (name == "client_secret") value = credentials.salesforce_client_secret;
      if (name == "refresh_token") value = credentials.salesforce_refresh_token;
    }
    request.body = form(*fields);
    return;
  }
  if (exchange.to == "opencx") {
    // Files are public where the tape fetched them without a key.
    const bool has_key =
        exchange.request.headers.find("authorization").has_value() || exchange.request.path().starts_with("/chat");
    if (has_key) request.headers.set("Authorization", "Bearer " + (is_refused ? "refused" : credentials.opencx_api_key));
    return;
  }
  if (token_.empty()) token_ = session_token();
  request.headers.set("Authorization", "Bearer " + (is_refused ? "refused" : token_));
}

http::Request Counterpart::translated(const Exchange& exchange) {
  Translation translation(bindings_);
  http::Request request{.method = exchange.request.method,
                        .target = translation.target(exchange.request.target),
                        .headers = {},
                        .body = translation.body(exchange.request.headers, exchange.request.body)};
  for (const http::Header& header : exchange.request.headers) {
    const std::string name = lowercase(header.name);
    if (http::is_of_connection(name) || name == "accept-encoding" || name == "traceparent") continue;
    request.headers.add(header.name, header.value);
  }
  let_in(exchange, request);
  return request;
}

Counterpart::Answer Counterpart::ask(const Exchange& exchange) {
  pass_until(exchange.started);
  http::Request request = translated(exchange);
  const bool salesforce = exchange.to == "salesforce";
  const auto complaints = [&] { return salesforce ? world().org().not_modelled() : world().platform().violations(); };
  Answer answer;
  answer.operations = salesforce ? world().org().operations(request) : world().platform().operations(request);
  const auto before = complaints().size();
  const auto put = [&] {
    http::Reply reply;
    const http::Handler handler = salesforce ? world().salesforce_handler() : world().opencx_handler();
    ring_->perform([&] { reply = handler(request); });
    answer.response = std::move(reply.response);
  };
  put();
  if (salesforce && answer.response.status == 401 && exchange.response.status != 401 && !is_login(exchange.request)) {
    token_ = session_token();
    let_in(exchange, request);
    put();
  }
  const auto after = complaints();
  answer.not_modelled.assign(after.begin() + static_cast<std::ptrdiff_t>(std::min(before, after.size())), after.end());
  return answer;
}

}  // namespace casewire::scenarios
