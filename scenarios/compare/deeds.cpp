#include "scenarios/compare/deeds.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "scenarios/tape/media_type.hpp"
#include "scenarios/tape/multipart.hpp"
#include "scenarios/tape/run_values.hpp"
#include "scenarios/tape/word_set.hpp"

namespace casewire::scenarios {
namespace {

Json json_of(const std::string& body) { return parse_json(body).value_or(Json(nullptr)); }

const Json& list(const Json& object, const char* name) {
  static const Json kNone = Json::array();
  const Json& found = member(object, name);
  return found.is_array() ? found : kNone;
}

constexpr std::size_t kFileBytesMax = 32u << 20;

bool is_done(const Exchange& exchange) { return exchange.response.status >= 200 && exchange.response.status < 300; }

/// `{session}` and what stands behind it, of `/chat/sessions/{session}/history`.
struct SessionPlace {
  std::string session;
  std::string_view rest;
};
std::optional<SessionPlace> session_place(const http::Request& request) {
  constexpr std::string_view kSessions = "/chat/sessions";
  const std::string_view path = request.path();
  if (!path.starts_with(kSessions)) return std::nullopt;
  std::string_view tail = path.substr(kSessions.size());
  if (tail.starts_with('/')) tail.remove_prefix(1);
  const std::size_t end = std::min(tail.find('/'), tail.size());
  return SessionPlace{std::string(tail.substr(0, end)), tail.substr(end)};
}

class Reading {
 public:
  explicit Reading(const Exchanges& all) : all_(all) {}

  std::vector<Deed> deeds() {
    for (std::size_t i = 0; i < all_.size(); ++i) {
      const auto here = all_.at(i);
      note_mentions(i, *here);
      note_where_it_stands(i, *here);
      if (here->to == "bridge" && here->from == "opencx") read_webhook(*here);
    }
    for (std::size_t i = 0; i < all_.size(); ++i) {
      const auto here = all_.at(i);
      if (here->to == "opencx") read_opencx(i, *here);
      if (here->to == "salesforce") read_salesforce(i, *here);
    }
    for (auto& [id, files] : files_of_row_) give_files(id, files);
    std::stable_sort(deeds_.begin(), deeds_.end(),
                     [](const Deed& a, const Deed& b) { return a.place != b.place ? a.place < b.place : a.at < b.at; });
    for (Deed& deed : deeds_) deed.entry = all_.number(deed.place);
    return std::move(deeds_);
  }

 private:
  struct Conversation {
    std::string address, name;
    std::set<std::string> said;  ///< ids of history items
    bool has_begun = false;
    bool is_handed_off = false;
    std::string summary;
    std::string status = "open";
    std::size_t last_read = 0;       ///< one behind the last exchange that read the session
    std::size_t last_history = 0;    ///< the same of its history
    std::vector<WallTime> handoffs;  ///< as webhooks told them
    std::size_t handoffs_met = 0;
    std::vector<std::pair<WallTime, std::string>> sent;  ///< by the bridge
    std::string first_message;                           ///< as a webhook told it
  };

  void note_mentions(std::size_t i, const Exchange& here) {
    for (const std::string* text : {&here.request.target, &here.request.body, &here.response.body}) {
      for (const Piece& piece : pieces_of(*text)) {
        if (piece.kind == Piece::Kind::id) mentioned_.insert(piece.text, i);
      }
    }
  }

  std::size_t first_mention(const std::string& id, std::size_t otherwise) const {
    return std::min(mentioned_.find(id).value_or(otherwise), otherwise);
  }

  /// What is wanted later without looking through all.
  void note_where_it_stands(std::size_t i, const Exchange& here) {
    if (!is_done(here)) return;
    if (here.request.method == "GET") fetched_.assign(here.request.target, i);
    constexpr std::string_view kVersionData = "/VersionData";
    const std::string_view target = here.request.target;
    if (const auto end = target.find(kVersionData); end != std::string_view::npos)
      versions_.assign(target.substr(0, end).substr(target.substr(0, end).rfind('/') + 1), i);
    const auto where = here.to == "opencx" ? session_place(here.request) : std::nullopt;
    if (where && where->rest == "/history") histories_[where->session].push_back(i);
  }

  /// `seen`: the exchange that shows it; `unseen`: one behind the last that looked for it and did not.
  std::size_t place_of(WallTime at, std::size_t seen, std::size_t unseen) const {
    std::size_t place = std::min(unseen, seen);
    while (place < seen && all_.started(place) < at) ++place;
    return place;
  }

  // ---- OpenCX

  void read_webhook(const Exchange& here) {
    const Json body = json_of(here.request.body);
    const std::string event = string_member(body, "event");
    const Json& data = member(body, "data");
    for (const Json& one : data.is_array() ? data : Json::array({data})) {
      const std::string id = string_member(one, "conversation_id");
      if (id.empty()) continue;
      Conversation& hers = conversations_[id];
      if (event.starts_with("conversation.handoff")) hers.handoffs.push_back(here.started);
      if (const std::string first = string_member(one, "first_message"); !first.empty()) hers.first_message = first;
      know_contact(hers, member(one, "contact"));
    }
  }

  static void know_contact(Conversation& hers, const Json& contact) {
    std::string email = string_member(contact, "email");
    if (email.empty()) email = string_member(member(contact, "enriched_data"), "email");
    if (email.empty()) email = string_member(contact, "non_verified_email");
    if (hers.address.empty()) hers.address = email;
    if (hers.name.empty()) hers.name = string_member(contact, "name");
  }

  void read_opencx(std::size_t i, const Exchange& here) {
    const auto where = session_place(here.request);
    if (!where) return;
    if (where->rest == "/send") {
      const Json body = json_of(here.request.body);
      conversations_[where->session].sent.emplace_back(here.started, string_member(member(body, "message"), "text"));
    }
    const Json answer = is_done(here) ? json_of(here.response.body) : Json(nullptr);
    if (where->session.empty()) {
      for (const Json& one : list(answer, "items")) read_session(i, one);
    } else if (where->rest.empty() && here.request.method == "GET") {
      read_session(i, answer);
    } else if (where->rest.empty() && is_done(here)) {
      const std::string status = string_member(json_of(here.request.body), "status");
      if (!status.empty()) conversations_[where->session].status = status;
    } else if (where->rest == "/history") {
      read_history(i, where->session, list(answer, "items"));
    }
  }

  void read_session(std::size_t i, const Json& session) {
    const std::string id = string_member(session, "id");
    if (id.empty() || !session.contains("contact")) return;
    Conversation& hers = conversations_[id];
    know_contact(hers, member(session, "contact"));
    begin(i, id, hers);
    const auto updated = parse_iso8601(string_member(session, "updated_at")).value_or(all_.started(i));
    const std::string summary = string_member(member(session, "handoff"), "summary");
    const bool is_handed_off = string_member(session, "ai_closure_type") == "handed_off";
    if (is_handed_off && (!hers.is_handed_off || summary != hers.summary)) hand_off(i, id, hers, updated, summary);
    hers.is_handed_off = is_handed_off;
    const std::string status = string_member(session, "status", "open");
    if (status != hers.status && status.starts_with("closed")) {
      Deed& deed = add(Deed::What::closes, id, updated, place_of(updated, i, hers.last_read));
      deed.is_resolved = status != "closed_unresolved";
      deed.by_ai = string_member(session, "ai_closure_type").ends_with("resolved");
    }
    hers.status = status;
    hers.last_read = i + 1;
  }

  void hand_off(std::size_t i, const std::string& id, Conversation& hers, WallTime at, const std::string& summary) {
    std::size_t seen = i;
    if (hers.handoffs_met < hers.handoffs.size()) {
      const WallTime told = hers.handoffs[hers.handoffs_met++];
      at = std::min(at, told);
      while (seen > 0 && !(all_.started(seen) == told && is_webhook_about(seen, id))) --seen;
      if (seen == 0) seen = i;
    }
    add(Deed::What::hands_off, id, at, place_of(at, seen, hers.last_read)).text = summary;
    hers.summary = summary;
  }

  bool is_webhook_about(std::size_t i, const std::string& id) const {
    const auto here = all_.at(i);
    return here->to == "bridge" && here->request.body.find(id) != std::string::npos;
  }

  /// A conversation begins with a mail, also where no history shows it.
  void begin(std::size_t i, const std::string& id, Conversation& hers) {
    if (hers.has_begun) return;
    hers.has_begun = true;
    // What her first mail said stands in the first history that is read.
    const std::vector<std::size_t>& histories = histories_[id];
    if (const auto next = std::lower_bound(histories.begin(), histories.end(), i); next != histories.end()) {
      const Json answer = json_of(all_.at(*next)->response.body);
      const auto items = in_their_order(list(answer, "items"));
      if (!items.empty()) return read_item(*next, id, hers, *items.front(), true);
    }
    const std::size_t place = first_mention(id, i);
    Deed& deed = add(Deed::What::contact_writes, id, all_.started(place), place);
    deed.text = hers.first_message.empty() ? "(not told)" : hers.first_message;
  }

  void read_history(std::size_t i, const std::string& id, const Json& items) {
    Conversation& hers = conversations_[id];
    if (items.empty()) return;
    begin(i, id, hers);
    for (const Json* item : in_their_order(items)) read_item(i, id, hers, *item, false);
    hers.last_history = i + 1;
  }

  /// A list may also begin with the newest.
  static std::vector<const Json*> in_their_order(const Json& items) {
    std::vector<const Json*> sorted;
    for (const Json& item : items) sorted.push_back(&item);
    const auto at = [](const Json* item) { return parse_iso8601(string_member(*item, "created_at")).value_or(WallTime{}); };
    std::stable_sort(sorted.begin(), sorted.end(), [&](const Json* a, const Json* b) { return at(a) < at(b); });
    return sorted;
  }

  void read_item(std::size_t i, const std::string& id, Conversation& hers, const Json& item, bool is_first) {
    if (!hers.said.insert(string_member(item, "id")).second) return;
    const Json& event = member(item, "event");
    const auto at = parse_iso8601(string_member(item, "created_at")).value_or(all_.started(i));
    const std::string type = string_member(event, "type"), sender = string_member(member(event, "sender"), "type");
    const std::string text = string_member(member(event, "content"), "text");
    const std::size_t place = is_first ? first_mention(id, i) : place_of(at, i, hers.last_history);
    if (type == "ai_resumed_by_system") {
      add(Deed::What::hands_back, id, at, place).name = string_member(member(event, "sender"), "name");
      return;
    }
    if (type == "agent_took_session_from_ai" && !was_sent_about(hers, at)) {
      add(Deed::What::takes_over, id, at, place).name = string_member(member(event, "sender"), "name");
      return;
    }
    if (type != "message") return;
    if (sender != "contact" && sender != "ai" && was_sent(hers, text)) return;
    Deed& deed = add(sender == "contact" ? Deed::What::contact_writes
                     : sender == "ai"    ? Deed::What::ai_writes
                                         : Deed::What::agent_writes,
                     id, at, place);
    deed.text = text;
    deed.name = string_member(member(event, "sender"), "name", sender == "contact" ? hers.name : "");
    if (sender == "contact" && deed.name == hers.address)
      deed.name = hers.name;  // OpenCX names by the address whom it knows no name of
    deed.subject = string_member(member(event, "context"), "subject");
    for (const Json& file : list(event, "attachments")) deed.files.push_back(attachment(file));
  }

  static bool was_sent(const Conversation& hers, const std::string& text) {
    return std::any_of(hers.sent.begin(), hers.sent.end(), [&](const auto& one) { return one.second == text; });
  }
  static bool was_sent_about(const Conversation& hers, WallTime at) {
    constexpr milliseconds kApart{10'000};
    return std::any_of(hers.sent.begin(), hers.sent.end(),
                       [&](const auto& one) { return one.first <= at + kApart && at <= one.first + kApart; });
  }

  DeedFile attachment(const Json& file) const {
    DeedFile result{string_member(file, "name"), string_member(file, "type", string_member(file, "mime_type")), {}};
    const std::string url = string_member(file, "url");
    for (std::size_t at = url.find('/'); at != std::string::npos && at + 1 < url.size(); at = url.find('/', at + 1)) {
      if (const auto place = fetched_.find(std::string_view(url).substr(at))) result.fetched = std::max(result.fetched, place);
    }
    const Json& size = member(file, "size");
    if (size.is_number_unsigned()) result.bytes = std::min<std::size_t>(size.get<std::size_t>(), kFileBytesMax);
    return result;
  }

  Deed& add(Deed::What what, const std::string& id, WallTime at, std::size_t place) {
    Deed deed;
    deed.what = what;
    deed.id = id;
    deed.at = at;
    deed.place = place;
    const Conversation& hers = conversations_[id];
    // Nothing comes before what began it.
    if (const auto begun = begun_.find(id); begun != begun_.end()) deed.place = std::max(deed.place, begun->second);
    if (what == Deed::What::contact_writes) begun_.try_emplace(id, deed.place);
    deed.address = hers.address;
    deeds_.push_back(std::move(deed));
    return deeds_.back();
  }

  // ---- Salesforce

  void read_salesforce(std::size_t i, const Exchange& here) {
    const http::Request& request = here.request;
    const std::string_view path = request.path();
    if (here.response.status == 0) return note_doubt(request.method, request.target, body_of(request));
    if (!is_done(here)) return;
    if (path.find("/oauth2/") != std::string_view::npos) return;
    const Json answer = json_of(here.response.body);
    const Json body = body_of(request);
    if (path.ends_with("/composite")) {
      const Json& calls = list(body, "compositeRequest");
      const Json& answers = list(answer, "compositeResponse");
      for (std::size_t k = 0; k < std::min(calls.size(), answers.size()); ++k) {
        read_call(i, string_member(calls[k], "method"), string_member(calls[k], "url"), member(calls[k], "body"),
                  member(answers[k], "body"));
      }
    } else {
      read_call(i, request.method, request.target, body, answer);
    }
  }

  /// What was perhaps made; if so, the models make it too.
  void note_doubt(const std::string& method, const std::string& target, const Json& body) {
    for (const Json& call : list(body, "compositeRequest"))
      note_doubt(string_member(call, "method"), string_member(call, "url"), member(call, "body"));
    for (const Json& record : list(body, "records")) ++in_doubt_[string_member(member(record, "attributes"), "type")];
    if (const std::string object = object_of(target); method == "POST" && !object.empty()) ++in_doubt_[object];
  }

  static Json body_of(const http::Request& request) {
    const MediaType type = media_type_of(request.headers);
    if (!type.is_multipart()) return json_of(request.body);
    const auto parts = parts_of(request.body, type.parameter("boundary"));
    return parts && !parts->empty() ? json_of(parts->front().body) : Json(nullptr);
  }

  void read_call(std::size_t i, const std::string& method, const std::string& target, const Json& body, const Json& answer) {
    if (method == "GET") {
      const auto fields = parse_form(target.substr(std::min(target.find('?') + 1, target.size())));
      const std::string query = fields ? form_value(*fields, "q").value_or("") : std::string();
      given_ = given_by(query);
      read_rows(i, answer);
      constexpr std::string_view kFrom = "FROM ";
      if (const auto from = query.find(kFrom); from != std::string::npos) {
        const std::size_t begin = from + kFrom.size();
        looked_for_[query.substr(begin, query.find(' ', begin) - begin)] = i + 1;
      }
      return;
    }
    note_made(answer);
    const std::string id = string_member(answer, "id");
    const std::string object = object_of(target);
    if (object == "Case") follow(id.empty() ? id_of(target) : id, body);
  }

  /// Of the rows that a query finds, what its conditions say of them: `ParentId = '500...'`.
  static Json given_by(std::string_view query) {
    Json given = Json::object();
    constexpr std::string_view kEquals = " = '";
    for (std::size_t at = query.find(kEquals); at != std::string_view::npos; at = query.find(kEquals, at + 1)) {
      const std::size_t name = query.find_last_of(" (", at - 1) + 1, value = at + kEquals.size();
      given[std::string(query.substr(name, at - name))] = query.substr(value, query.find('\'', value) - value);
    }
    return given;
  }

  /// What the bridge made itself.
  void note_made(const Json& answer) {
    if (answer.is_array()) {
      for (const Json& one : answer) note_made(one);
    } else if (const std::string id = string_member(answer, "id"); !id.empty()) {
      known_.insert(id);
    }
  }

  static std::string object_of(std::string_view target) {
    constexpr std::string_view kRows = "/sobjects/";
    const auto at = target.find(kRows);
    if (at == std::string_view::npos) return {};
    const std::string_view rest = target.substr(at + kRows.size());
    return std::string(rest.substr(0, rest.find_first_of("/?")));
  }
  static std::string id_of(std::string_view target) {
    const std::string_view path = target.substr(0, target.find('?'));
    return std::string(path.substr(path.rfind('/') + 1));
  }

  void follow(const std::string& id, const Json& fields) {
    if (const std::string status = string_member(fields, "Status"); !status.empty()) status_[id] = status;
  }

  void read_rows(std::size_t i, const Json& answer, int depth = 0) {
    constexpr int kDepthMax = 8;
    if (depth == kDepthMax || !answer.is_structured()) return;
    if (answer.is_array()) {
      for (const Json& one : answer) read_rows(i, one, depth + 1);
      return;
    }
    const std::string object = string_member(member(answer, "attributes"), "type");
    std::string id = string_member(answer, "Id");
    if (id.empty()) id = id_of(string_member(member(answer, "attributes"), "url"));
    if (!object.empty() && !id.empty()) {
      Json row = answer;
      for (const auto& [name, value] : given_.items()) {
        if (!row.contains(name)) row[name] = value;
      }
      read_row(i, object, id, row);
    }
    for (const auto& [name, child] : answer.items()) read_rows(i, child, depth + 1);
  }

  void read_row(std::size_t i, const std::string& object, const std::string& id, const Json& row) {
    if (object == "ContentDocumentLink") return note_link(row);
    if (object == "Case" && (known_.contains(id) || status_.contains(id))) watch(i, id, row);
    // Ids alone come before words.
    static const std::map<std::string, std::vector<const char*>> kWords{{"Case", {"IsClosed", "Status", "Subject"}},
                                                                        {"EmailMessage", {"TextBody", "HtmlBody"}},
                                                                        {"CaseComment", {"CommentBody"}},
                                                                        {"Contact", {"Email"}}};
    const auto words = kWords.find(object);
    if (words == kWords.end() || known_.contains(id)) return;
    const auto is_told = [&](const char* name) { return row.contains(name); };
    if (std::none_of(words->second.begin(), words->second.end(), is_told)) return;
    known_.insert(id);
    if (std::size_t& doubts = in_doubt_[object]; doubts != 0) {
      --doubts;
      if (object == "Case") status_[id] = "New";
      return;
    }
    const auto at = parse_iso8601(string_member(row, "CreatedDate")).value_or(all_.started(i));
    Deed& deed = add(Deed::What::makes_row, id, at, place_of(at, first_mention(id, i), unseen(object, i)));
    deed.object = object;
    deed.name = string_member(member(row, "CreatedBy"), "Name");
    deed.fields = row;
    if (object == "Case") status_[id] = string_member(row, "Status", row.value("IsClosed", false) ? "Closed" : "New");
  }

  std::size_t unseen(const std::string& object, std::size_t i) const {
    const auto found = looked_for_.find(object);
    return found == looked_for_.end() ? 0 : std::min(found->second, i);
  }

  /// People open and close Cases; the bridge reads them.
  void watch(std::size_t i, const std::string& id, const Json& row) {
    const Json& closed = member(row, "IsClosed");
    std::string status = string_member(row, "Status");
    std::string& before = status_[id];
    if (before.empty()) before = "New";
    if (status.empty() && closed.is_boolean()) {
      const bool was_closed = lowercase(before).find("closed") != std::string::npos;
      status = closed.get<bool>() == was_closed ? before : closed.get<bool>() ? "Closed" : "Working";
    }
    if (!status.empty() && status != before) {
      const std::string closed_at = string_member(row, "ClosedDate", string_member(row, "LastModifiedDate"));
      const auto at = parse_iso8601(closed_at).value_or(all_.started(i));
      const auto read = read_case_.find(id);
      Deed& deed = add(Deed::What::changes_case, id, at, place_of(at, i, read == read_case_.end() ? 0 : read->second));
      deed.fields = {{"Status", status}};
      before = status;
    }
    if (closed.is_boolean() || row.contains("Status")) read_case_[id] = i + 1;
  }

  void note_link(const Json& row) {
    const std::string of = string_member(row, "LinkedEntityId");
    const Json& document = member(row, "ContentDocument");
    const std::string version = string_member(document, "LatestPublishedVersionId");
    if (of.empty() || version.empty()) return;
    std::string name = string_member(document, "Title");
    if (const std::string ending = string_member(document, "FileExtension"); !ending.empty() && !name.ends_with("." + ending))
      name += "." + ending;
    auto& files = files_of_row_[of];
    if (std::any_of(files.begin(), files.end(), [&](const DeedFile& file) { return file.name == name; })) return;
    files.push_back({name, "application/octet-stream"});
    files.back().fetched = versions_.find(version);
    if (files.back().fetched) {
      if (const auto type = all_.at(*files.back().fetched)->response.headers.find("content-type"))
        files.back().media_type = *type;
    }
    if (const Json& size = member(document, "ContentSize"); size.is_number_unsigned())
      files.back().bytes = std::min<std::size_t>(size.get<std::size_t>(), kFileBytesMax);
  }

  void give_files(const std::string& id, std::vector<DeedFile>& files) {
    for (Deed& deed : deeds_) {
      if (deed.what == Deed::What::makes_row && deed.id == id) deed.files = std::move(files);
    }
  }

  const Exchanges& all_;
  std::vector<Deed> deeds_;
  std::map<std::string, Conversation> conversations_;
  WordPlaces mentioned_;           ///< ids, and where first
  WordPlaces fetched_, versions_;  ///< where a file was fetched last, by its target or by the id of its version
  std::map<std::string, std::vector<std::size_t>> histories_;  ///< by conversation, where they were read
  std::map<std::string, std::size_t> begun_, looked_for_, read_case_;
  std::map<std::string, std::size_t> in_doubt_;  ///< creations without an answer, by object
  std::map<std::string, std::string> status_;    ///< of Cases
  std::map<std::string, std::vector<DeedFile>> files_of_row_;
  Json given_ = Json::object();  ///< by the query whose answer is read
  std::set<std::string> known_;  ///< rows that are the bridge's, or told already
};

}  // namespace

std::vector<Deed> deeds_in(const Exchanges& all) { return Reading(all).deeds(); }

}  // namespace casewire::scenarios
