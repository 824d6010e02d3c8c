// A recording of the wire, exchange by exchange.

#include <cstdlib>
#include <map>
#include <optional>

#include "base/http/wire.hpp"
#include "base/text/counted.hpp"
#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "scenarios/evidence/material.hpp"
#include "scenarios/evidence/recorder_clock.hpp"
#include "scenarios/tape/har_entries.hpp"
#include "scenarios/tape/har_log.hpp"
#include "scenarios/tape/media_type.hpp"
#include "scenarios/tape/multipart.hpp"
#include "scenarios/tape/tape.hpp"
#include "sim/world/journal.hpp"

namespace casewire::scenarios {
namespace {

/// What an exchange says, with where it stands.
class ExchangeReading {
 public:
  ExchangeReading(const Exchange& exchange, Origin origin, Evidence& evidence)
      : exchange_(exchange), origin_(std::move(origin)), evidence_(evidence) {}

  void read() {
    // A read that was answered says what it says by its answer.
    const bool is_plain_read = exchange_.request.method == "GET" && exchange_.to != "bridge" && is_done();
    if (!is_plain_read) evidence_.clues.push_back({exchange_.started, origin_, as_journal()});
    evidence_.has_calls = true;
    const int status = exchange_.response.status;
    const bool is_write = exchange_.request.method != "GET" && exchange_.to != "bridge";
    if (is_write && (status == 0 || status >= 500 || exchange_.wire != http::Wire::intact)) evidence_.is_in_doubt = true;
    if (!is_done()) return;
    if (is_write) note_writer();
    if (exchange_.to == "salesforce") read_salesforce();
    if (exchange_.to == "opencx") read_opencx();
  }

 private:
  /// A browser's calls are a person's, and a login changes nothing.
  void note_writer() {
    const auto program = exchange_.request.headers.find("User-Agent");
    const bool changes = exchange_.to == "opencx" || !resource_of(exchange_.request.path()).empty();
    if (program && !program->starts_with("Mozilla/") && changes) ++evidence_.writers[exchange_.to][std::string(*program)];
  }

  bool is_done() const { return exchange_.response.status >= 200 && exchange_.response.status < 300; }

  /// As far as anybody judges it: what the bridge told OpenCX, and that Salesforce refused something within an answer. All bodies together may be
  /// larger than the memory.
  sim::HttpExchange as_journal() const {
    constexpr std::string_view kRefused = "\"errorCode\"";
    sim::HttpExchange http{.from = exchange_.from,
                           .to = exchange_.to,
                           .method = exchange_.request.method,
                           .target = exchange_.request.target,
                           .wire = exchange_.wire,
                           .error = exchange_.error};
    if (exchange_.to == "opencx") http.request = exchange_.request.body.substr(0, sim::Journal::kBodyBytesMax);
    if (exchange_.response.body.find(kRefused) != std::string::npos) http.response = kRefused;
    if (exchange_.response.status != 0) http.status = exchange_.response.status;
    if (exchange_.response.status == 0 && http.error.empty()) http.error = "no answer was recorded";
    return http;
  }

  static Json json_of(const std::string& body) { return parse_json(body).value_or(Json(nullptr)); }

  // ---- Salesforce

  void read_salesforce() {
    const Json answer = json_of(exchange_.response.body);
    read_rows(answer);
    const std::string resource = resource_of(exchange_.request.path());
    const Json body = body_of_call();
    if (resource == "/composite") return read_composite(body, answer);
    read_call(exchange_.request.method, resource, body, answer, exchange_.response.status);
  }

  /// What stands behind `/services/data/v66.0`; empty: no resource of the REST API.
  static std::string resource_of(std::string_view url) {
    constexpr std::string_view kData = "/services/data/";
    const auto data = url.find(kData);
    if (data == std::string_view::npos) return {};
    const auto version_end = url.find('/', data + kData.size());
    return version_end == std::string_view::npos ? std::string() : std::string(url.substr(version_end));
  }

  /// Of a multipart call the entity, whose parts of bytes are kept by their digest.
  Json body_of_call() {
    const MediaType type = media_type_of(exchange_.request.headers);
    if (!type.is_multipart()) return json_of(exchange_.request.body);
    const auto parts = parts_of(exchange_.request.body, type.parameter("boundary"));
    if (!parts || parts->empty()) return nullptr;
    Json body = json_of(parts->front().body);
    for (std::size_t i = 1; i < parts->size(); ++i) keep((*parts)[i].body);
    return body;
  }

  void keep(const std::string& bytes) {
    digest_ = hex(sha256(bytes));
    bytes_ = bytes.size();
    evidence_.keep_file(digest_, bytes);
  }

  void read_composite(const Json& body, const Json& answer) {
    const Json& calls = member(body, "compositeRequest");
    const Json& answers = member(answer, "compositeResponse");
    for (std::size_t i = 0; calls.is_array() && answers.is_array() && i < std::min(calls.size(), answers.size()); ++i) {
      const Json& status = member(answers[i], "httpStatusCode");
      if (!status.is_number_integer() || status.get<int>() >= 300) continue;
      const Json& made = member(answers[i], "body");
      read_rows(made);
      if (const std::string id = string_member(made, "id"); !id.empty())
        made_["@{" + string_member(calls[i], "referenceId") + ".id}"] = id;
      read_call(string_member(calls[i], "method"), resource_of(string_member(calls[i], "url")), member(calls[i], "body"), made,
                status.get<int>());
    }
  }

  void read_call(const std::string& method, std::string_view resource, const Json& body, const Json& answer, int status) {
    if (resource == "/composite/sobjects" && answer.is_array()) {
      const Json& records = member(body, "records");
      for (std::size_t i = 0; records.is_array() && i < std::min(records.size(), answer.size()); ++i) {
        const std::string object = string_member(member(records[i], "attributes"), "type");
        const std::string id = string_member(answer[i], "id", string_member(records[i], "Id"));
        if (member(answer[i], "success") == true && !id.empty()) write(object, id, records[i], method == "POST");
      }
      return;
    }
    if (!resource.starts_with("/sobjects/")) return;
    const std::vector<std::string_view> parts = split(resource.substr(1, resource.find('?') - 1), '/');
    if (parts.size() < 2) return;
    const std::string object(parts[1]);
    if (method == "GET" && object == "ContentVersion" && parts.size() == 4 && parts[3] == "VersionData") {
      keep(exchange_.response.body);
      OrgRow& row = evidence_.row(object, parts[2], Json::object(), origin_);
      row.content_sha256 = digest_;
      row.content_bytes = bytes_;
      return;
    }
    if (method != "POST" && method != "PATCH" && method != "DELETE") return;
    std::string id = string_member(answer, "id");
    if (id.empty() && parts.size() == 3) id = parts[2];
    if (id.empty()) return;
    if (method == "DELETE") {
      evidence_.clues.push_back(
          {exchange_.started, origin_, sim::RecordChange{.object = object, .id = eighteen(id), .change = "delete"}});
      return;
    }
    write(object, id, body, method == "POST" || member(answer, "created") == true || status == 201);
  }

  void write(const std::string& object, const std::string& id, const Json& body, bool creates) {
    Json fields = body.is_object() ? body : Json::object();
    fields.erase("attributes");
    for (auto& [name, value] : fields.items()) {
      if (const auto made = value.is_string() ? made_.find(value.get<std::string>()) : made_.end(); made != made_.end())
        value = made->second;
    }
    if (object == "ContentVersion") {
      if (const auto bytes = decode_base64(string_member(fields, "VersionData"))) keep(*bytes);
      fields.erase("VersionData");
    }
    if (!creates) {
      evidence_.clues.push_back({exchange_.started, origin_,
                                 sim::RecordChange{.object = object, .id = eighteen(id), .change = "update", .fields = fields}});
      return;
    }
    OrgRow& row = evidence_.row(object, id, fields, origin_);
    row.is_by_bridge = true;
    row.created = exchange_.started;
    row.origin = origin_;
    if (object == "ContentVersion" && !digest_.empty()) {
      row.content_sha256 = digest_;
      row.content_bytes = bytes_;
    }
  }

  /// Rows stand in the answers of queries and reads, also within each other.
  void read_rows(const Json& answer, int depth = 0) {
    constexpr int kDepthMax = 8;
    if (depth == kDepthMax) return;
    if (answer.is_array()) {
      for (const Json& one : answer) read_rows(one, depth + 1);
      return;
    }
    if (!answer.is_object()) return;
    const std::string object = string_member(member(answer, "attributes"), "type");
    std::string id = string_member(answer, "Id");
    if (id.empty()) {
      const std::string url = string_member(member(answer, "attributes"), "url");
      id = url.substr(url.rfind('/') + 1);
    }
    Json flat = Json::object();
    for (const auto& [name, value] : answer.items()) {
      if (value.is_object() || value.is_array()) {
        read_rows(value, depth + 1);
      } else {
        flat[name] = value;
      }
    }
    if (!object.empty() && object != "AggregateResult" && id.size() >= 15) {
      OrgRow& row = evidence_.row(object, id, flat, origin_);
      if (object == "Case") watch(id, row, member(flat, "IsClosed"), string_member(flat, "Status"));
      if (const std::string name = string_member(member(answer, "CreatedBy"), "Name"); !name.empty())
        evidence_.names.try_emplace(eighteen(string_member(answer, "CreatedById")), name);
    }
  }

  /// Who opens a Case or closes it is not on the recording; that it was done shows when it is read again.
  void watch(const std::string& id, OrgRow& row, const Json& closed, const std::string& status) {
    if (!closed.is_boolean()) return;
    const bool is_closed = closed.get<bool>();
    if (row.seen_closed.value_or(false) != is_closed) {
      evidence_.clues.push_back({exchange_.started, origin_,
                                 sim::RecordChange{.object = "Case",
                                                   .id = eighteen(id),
                                                   .change = "update",
                                                   .by_id = kSomebody,
                                                   .fields = {{"Status", status}, {"IsClosed", is_closed}}}});
    }
    row.seen_closed = is_closed;
  }

  // ---- OpenCX

  void read_opencx() {
    const std::string_view path = exchange_.request.path();
    const auto at = path.find("/sessions");
    if (at == std::string_view::npos) {
      if (exchange_.request.method == "GET") fetch(std::string(path));
      return;
    }
    const Json answer = json_of(exchange_.response.body);
    std::string_view tail = path.substr(at + 9);
    if (tail.starts_with('/')) tail.remove_prefix(1);
    const std::string session(tail.substr(0, tail.find('/')));
    const std::string_view what = tail.size() > session.size() ? tail.substr(session.size()) : std::string_view{};
    if (session.empty()) {
      const Json& items = member(answer, "items");
      for (const Json& one : items.is_array() ? items : Json::array()) read_session(origin_, one, evidence_);
    } else if (what == "/history" && exchange_.request.method == "GET") {
      const Json& items = member(answer, "items");
      if (items.is_array()) read_history(origin_, session, items, evidence_);
    } else if (what == "/send" && exchange_.request.method == "POST") {
      read_send(session);
    } else if (what.empty()) {
      read_session(origin_, answer, evidence_);
    }
  }

  /// From an address that a history has told.
  void fetch(const std::string& path) {
    const auto file = evidence_.fetched.find(path);
    if (file == evidence_.fetched.end()) return;
    keep(exchange_.response.body);
    file->second = {digest_, bytes_};
  }

  void read_send(const std::string& session) {
    const Json body = json_of(exchange_.request.body);
    if (string_member(body, "sender") != "agent") return;
    const Json& message = member(body, "message");
    sim::SessionEvent said{.session = session,
                           .type = "message",
                           .message_id = string_member(member(member(json_of(exchange_.response.body), "data"), "message"), "id"),
                           .sender = "human_agent",
                           .name = string_member(member(body, "agent"), "name"),
                           .text = string_member(message, "text")};
    const Json& files = member(message, "attachments");
    for (const Json& file : files.is_array() ? files : Json::array()) {
      if (const auto bytes = decode_base64(string_member(file, "base64"))) {
        keep(*bytes);
        said.attachments.push_back({string_member(file, "name"), bytes_, digest_});
      }
    }
    if (said.message_id.empty()) said.message_id = origin_.text();
    evidence_.say(exchange_.started, origin_, std::move(said));
  }

  const Exchange& exchange_;
  const Origin origin_;
  Evidence& evidence_;
  std::string digest_;
  std::uint64_t bytes_ = 0;
  std::map<std::string, std::string> made_;  ///< by reference within a composite call: "@{case.id}"
};

/// Browsers write an exchange when it ends, so that a little disorder says nothing.
constexpr std::chrono::minutes kClockJump{2};

/// A browser asks a hundred things of one host that has nothing to do with it, and nobody reads of each.
class BadEntries {
 public:
  explicit BadEntries(Evidence& evidence) : evidence_(evidence) {}

  void note(const Origin& origin, const std::string& problem) {
    constexpr std::size_t kKindsMax = 300;
    if (counts_.size() == kKindsMax && !counts_.contains(problem)) {
      ++others_;
    } else if (++counts_[problem] <= kListed) {
      evidence_.unused.push_back(origin.text() + ": " + problem);
    }
  }
  void sum_up(const std::string& file) {
    for (const auto& [problem, count] : counts_) {
      if (count > kListed)
        evidence_.unused.push_back(file + ": " + std::to_string(count - kListed) + " more entries: " + problem);
    }
    if (others_ != 0)
      evidence_.unused.push_back(file + ": " + std::to_string(others_) +
                                 " more entries that cannot be read, each for a reason of its own");
  }

 private:
  static constexpr std::size_t kListed = 3;  ///< of each kind

  Evidence& evidence_;
  std::map<std::string, std::size_t> counts_;  ///< by what is wrong
  std::size_t others_ = 0;
};

}  // namespace

bool read_recording(RecordingSource source, Evidence& evidence) {
  const auto har = source.open();
  if (!har) return false;
  const std::string file = source.file;
  const HarEntries found = entries_of(*har);
  const auto whole = parse_json(found.head, file);
  if (!found.has_list || !whole) return false;
  if (const auto head = har::read_head(member(*whole, "log")); !head) {
    evidence.unused.push_back(file + ": " + head.error().problem + (head.error().hint.empty() ? "" : "; " + head.error().hint));
    return true;
  }
  // Who is who, as the recording says it; whoever imports it knows better.
  const Json& named_hosts = member(member(member(*whole, "log"), "_casewire"), "hosts");
  for (const auto& [host, system] : named_hosts.items()) {
    if (system.is_string()) source.hosts.try_emplace(lowercase(host), system.get<std::string>());
  }
  evidence.recordings.begin(source);
  const milliseconds ahead = recorder_ahead(source, *har, found.entries);
  if (ahead != milliseconds{0}) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(ahead).count();
    evidence.guess("when what " + file + " holds was: its clock was " + std::to_string(std::abs(seconds)) + " seconds " +
                   (seconds > 0 ? "ahead of" : "behind") + " that of the systems in it, which counts");
  }
  std::size_t used = 0, number = 0, jumps = 0, bodiless = 0, first_bodiless = 0;
  constexpr std::size_t kJumpsMax = 100;  // of a recording that has no order at all
  BadEntries bad(evidence);
  std::optional<WallTime> last;
  for (const HarPlace place : found.entries) {
    // One by one, so that a bad one costs itself alone.
    const Origin origin{file, "entry " + std::to_string(++number)};
    auto read = read_entry_of(source, *har, place);
    if (!read) {
      bad.note(origin, read.error());
      continue;
    }
    if (!*read) continue;
    Exchange& exchange = **read;
    exchange.started -= ahead;
    if (last && exchange.started + kClockJump < *last && ++jumps <= kJumpsMax)
      evidence.guess("the order around " + origin.text() + ": its clock is " +
                     std::to_string(std::chrono::duration_cast<std::chrono::seconds>(*last - exchange.started).count()) +
                     " seconds behind that of the entry before it");
    last = exchange.started;
    // Neither vendor answers a question with nothing.
    if (exchange.request.method == "GET" && exchange.response.status == 200 && exchange.response.body.empty() && ++bodiless == 1)
      first_bodiless = number;
    ExchangeReading(exchange, origin, evidence).read();
    evidence.recordings.add(place, exchange.started);
    ++used;
  }
  bad.sum_up(file);
  if (found.is_cut_off)
    evidence.unused.push_back(file + ": the text ends after entry " + std::to_string(number) +
                              "; another copy may have the rest");
  if (bodiless != 0)
    evidence.unused.push_back(file + ": " + counted(bodiless, "answer") + " without a body, first entry " +
                              std::to_string(first_bodiless) +
                              ": it was saved without content (in Chrome: \"Save all as HAR with content\")");
  if (found.is_too_much)
    evidence.unused.push_back(file + ": what stands behind entry " + std::to_string(number) +
                              "; no more entries of one recording are read");
  if (found.trouble && !found.is_cut_off)
    evidence.unused.push_back(file + ": what stands between its entries, or behind its end, is no JSON (byte " +
                              std::to_string(*found.trouble) + ")");
  if (number == 0 && found.is_cut_off) return true;
  evidence.read.push_back(file + ": a recording, " + std::to_string(used) + " of " + std::to_string(number) +
                          (found.is_cut_off ? " whole" : "") + " exchanges of the bridge, Salesforce and OpenCX");
  return true;
}

void note_several_writers(Evidence& evidence) {
  constexpr std::size_t kNamedMax = 3;
  for (const auto& [system, programs] : evidence.writers) {
    if (programs.size() < 2) continue;
    std::string named;
    std::size_t at = 0;
    for (const auto& [program, calls] : programs) {
      if (++at > kNamedMax) break;
      named += (at == 1 ? "" : ", ") + program.substr(0, 60) + " (" + counted(calls, "call") + ")";
    }
    if (programs.size() > kNamedMax) named += ", and " + std::to_string(programs.size() - kNamedMax) + " more";
    evidence.guess("that one bridge is at work: what changed " + std::string(system == "salesforce" ? "Salesforce" : "OpenCX") +
                   " came from " + named + "; a second one may be");
  }
}

}  // namespace casewire::scenarios
