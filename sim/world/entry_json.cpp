#include "sim/world/entry_json.hpp"

#include <array>
#include <limits>

#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"

namespace casewire::sim {
namespace {

// ---- writing

/// Adds what is not empty.
void put(Json& data, const char* name, const std::string& text) {
  if (!text.empty()) data[name] = text;
}

Json list_of(const std::vector<std::string>& texts) {
  Json list = Json::array();
  for (const std::string& text : texts) list.push_back(text);
  return list;
}

Json json_of(const FileSeen& file) {
  Json data = {{"name", file.name}, {"bytes", file.bytes}};
  put(data, "sha256", file.sha256);
  if (file.kept) data["content"] = base64(*file.kept);
  return data;
}

Json list_of(const std::vector<FileSeen>& files) {
  Json list = Json::array();
  for (const FileSeen& file : files) list.push_back(json_of(file));
  return list;
}

Json json_of(const HttpExchange& e) {
  Json data = Json::object();
  put(data, "from", e.from);
  put(data, "to", e.to);
  put(data, "method", e.method);
  put(data, "target", e.target);
  std::string operations;
  for (const std::string& operation : e.operations) operations += (operations.empty() ? "" : ", ") + operation;
  put(data, "operation", operations);
  put(data, "request_headers", e.request_headers);
  put(data, "request", e.request);
  if (e.status) data["status"] = *e.status;
  if (e.retry_after_s) data["retry_after"] = *e.retry_after_s;
  put(data, "response_headers", e.response_headers);
  put(data, "response", e.response);
  if (e.took.count() > 0) data["took_ms"] = e.took.count();
  if (e.cut) data["cut"] = true;
  if (e.lost) {
    data["wire"] = "lost";
  } else if (e.wire != http::Wire::intact) {
    data["wire"] = name_of(e.wire);
  }
  put(data, "error", e.error);
  put(data, "answered_by", e.answered_by);
  return data;
}

Json json_of(const MailPassage& e) {
  Json data = {{"from", e.from},
               {"to", list_of(e.to)},
               {"subject", e.subject},
               {"message_id", e.message_id},
               {"in_reply_to", e.in_reply_to},
               {"references", list_of(e.references)},
               {"text", e.text},
               {"attachments", list_of(e.attachments)}};
  put(data, "verdict", e.verdict);
  return data;
}

Json json_of(const RecordChange& e) {
  Json data = {{"object", e.object}, {"id", e.id}, {"change", e.change}, {"by", e.by}, {"by_id", e.by_id}, {"fields", e.fields}};
  if (e.content) data["content"] = json_of(*e.content);
  return data;
}

Json json_of(const SessionEvent& e) {
  Json data = {{"session", e.session}};
  if (e.ticket != 0) data["ticket"] = e.ticket;
  put(data, "type", e.type);
  put(data, "owner", e.owner);
  put(data, "message_id", e.message_id);
  put(data, "sender", e.sender);
  put(data, "name", e.name);
  put(data, "from", e.from);
  put(data, "subject", e.subject);
  put(data, "text", e.text);
  if (!e.attachments.empty()) data["attachments"] = list_of(e.attachments);
  return data;
}

Json json_of(const JobEnd& e) {
  Json data = {{"job", e.job}, {"event", e.event}, {"case", e.case_id}, {"records", list_of(e.records)}, {"status", e.status}};
  if (e.http_status) data["http_status"] = *e.http_status;
  put(data, "error", e.error);
  return data;
}

Json json_of(const FaultStrike& e) {
  Json data = {{"fault", e.fault}};
  put(data, "system", e.system);
  return data;
}

Json json_of(const TimeSkip& e) { return {{"until", iso8601(e.until)}}; }
Json json_of(const StepBegin& e) { return {{"keyword", e.keyword}, {"text", e.text}}; }

Json json_of(const BridgeEvent& e) {
  Json data = {{"event", e.event}};
  put(data, "detail", e.detail);
  if (e.parked) data["parked"] = *e.parked;
  return data;
}

Json json_of(const WorldFacts& e) {
  Json data = {{"integration_user_id", e.integration_user_id},
               {"support_addresses", list_of(e.support_addresses)},
               {"customer_addresses", list_of(e.customer_addresses)},
               {"seed", e.seed}};
  if (!e.bridge_is_ours) data["foreign_bridge"] = true;
  return data;
}

// ---- reading

/// The members of one object. The first that is of a wrong type is kept as the problem; the rest reads as empty.
class Members {
 public:
  explicit Members(const Json& data) : data_(data) {
    if (!data.is_object()) problem_ = "data is no object";
  }
  std::string text(const char* name) {
    const Json& value = member(data_, name);
    if (value.is_null() || value.is_string()) return string_member(data_, name);
    return bad(name, "a text"), std::string();
  }
  template <class Integer>
  std::optional<Integer> number(const char* name) {
    const Json& value = member(data_, name);
    if (value.is_null()) return std::nullopt;
    // Unsigned first: nlohmann calls every non-negative number both.
    if (value.is_number_unsigned()) {
      const auto number = value.get<std::uint64_t>();
      if (number <= static_cast<std::uint64_t>(std::numeric_limits<Integer>::max())) return static_cast<Integer>(number);
    } else if (value.is_number_integer() && std::numeric_limits<Integer>::is_signed) {
      const auto number = value.get<std::int64_t>();
      if (number >= static_cast<std::int64_t>(std::numeric_limits<Integer>::min())) return static_cast<Integer>(number);
    }
    return bad(name, "a whole number"), std::nullopt;
  }
  bool flag(const char* name) {
    const Json& value = member(data_, name);
    if (!value.is_null() && !value.is_boolean()) bad(name, "true or false");
    return value.is_boolean() && value.get<bool>();
  }
  std::vector<std::string> texts(const char* name) {
    std::vector<std::string> texts;
    for (const Json& element : list(name)) {
      if (element.is_string()) {
        texts.push_back(element.get<std::string>());
      } else {
        bad(name, "a list of texts");
      }
    }
    return texts;
  }
  std::vector<FileSeen> files(const char* name) {
    std::vector<FileSeen> files;
    for (const Json& element : list(name)) files.push_back(file(element, name));
    return files;
  }
  std::optional<FileSeen> file(const char* name) {
    const Json& value = member(data_, name);
    if (value.is_null()) return std::nullopt;
    return file(value, name);
  }
  std::optional<WallTime> instant(const char* name) {
    const auto when = parse_iso8601(string_member(data_, name));
    if (!when) bad(name, "an instant such as 2026-01-05T09:00:00.000Z");
    return when;
  }
  const Json& any(const char* name) const { return member(data_, name); }
  void bad(const char* name, const char* expected) {
    if (problem_.empty()) problem_ = "expected " + std::string(expected) + " as \"" + name + "\"";
  }
  const std::string& problem() const { return problem_; }

 private:
  const Json& list(const char* name) {
    const Json& value = member(data_, name);
    static const Json none = Json::array();
    if (value.is_array()) return value;
    if (!value.is_null()) bad(name, "a list");
    return none;
  }
  FileSeen file(const Json& value, const char* name) {
    Members members(value);
    FileSeen seen{.name = members.text("name"),
                  .bytes = members.number<std::uint64_t>("bytes").value_or(0),
                  .sha256 = members.text("sha256")};
    if (const auto content = decode_base64(members.text("content")); content && !content->empty()) {
      seen.kept = std::make_shared<const std::string>(*content);
    }
    if (!members.problem().empty()) bad(name, "files with name, bytes, sha256 and content");
    return seen;
  }
  const Json& data_;
  std::string problem_;
};

Occurrence read_exchange(Members& data) {
  HttpExchange e{.from = data.text("from"),
                 .to = data.text("to"),
                 .method = data.text("method"),
                 .target = data.text("target"),
                 .request_headers = data.text("request_headers"),
                 .response_headers = data.text("response_headers"),
                 .request = data.text("request"),
                 .response = data.text("response"),
                 .cut = data.flag("cut"),
                 .status = data.number<int>("status"),
                 .retry_after_s = data.number<int>("retry_after"),
                 .took = std::chrono::milliseconds(data.number<std::int64_t>("took_ms").value_or(0)),
                 .error = data.text("error"),
                 .answered_by = data.text("answered_by")};
  const std::string operations = data.text("operation");
  for (const std::string_view part : split(operations, ',')) {
    if (!trimmed(part).empty()) e.operations.emplace_back(trimmed(part));
  }
  const std::string wire = data.text("wire");
  e.lost = wire == "lost";
  if (!wire.empty() && !e.lost) {
    if (const auto known = http::wire_named(wire)) {
      e.wire = *known;
    } else {
      data.bad("wire", "the name of a damage");
    }
  }
  return e;
}

Occurrence read_mail(Members& data) {
  return MailPassage{.from = data.text("from"),
                     .to = data.texts("to"),
                     .subject = data.text("subject"),
                     .message_id = data.text("message_id"),
                     .in_reply_to = data.text("in_reply_to"),
                     .references = data.texts("references"),
                     .text = data.text("text"),
                     .attachments = data.files("attachments"),
                     .verdict = data.text("verdict")};
}

Occurrence read_record(Members& data) {
  RecordChange e{.object = data.text("object"),
                 .id = data.text("id"),
                 .change = data.text("change"),
                 .by = data.text("by"),
                 .by_id = data.text("by_id"),
                 .content = data.file("content")};
  if (const Json& fields = data.any("fields"); fields.is_object()) {
    e.fields = fields;
  } else if (!fields.is_null()) {
    data.bad("fields", "an object");
  }
  return e;
}

Occurrence read_session(Members& data) {
  return SessionEvent{.session = data.text("session"),
                      .ticket = data.number<std::int64_t>("ticket").value_or(0),
                      .type = data.text("type"),
                      .owner = data.text("owner"),
                      .message_id = data.text("message_id"),
                      .sender = data.text("sender"),
                      .name = data.text("name"),
                      .text = data.text("text"),
                      .attachments = data.files("attachments"),
                      .from = data.text("from"),
                      .subject = data.text("subject")};
}

Occurrence read_job(Members& data) {
  return JobEnd{.job = data.text("job"),
                .event = data.text("event"),
                .case_id = data.text("case"),
                .records = data.texts("records"),
                .status = data.text("status"),
                .http_status = data.number<int>("http_status"),
                .error = data.text("error")};
}

Occurrence read_fault(Members& data) { return FaultStrike{.fault = data.text("fault"), .system = data.text("system")}; }
Occurrence read_timer(Members& data) { return TimeSkip{.until = data.instant("until").value_or(WallTime{})}; }
Occurrence read_step(Members& data) { return StepBegin{.keyword = data.text("keyword"), .text = data.text("text")}; }
Occurrence read_bridge(Members& data) {
  return BridgeEvent{.event = data.text("event"), .detail = data.text("detail"), .parked = data.number<std::uint64_t>("parked")};
}

Occurrence read_world(Members& data) {
  return WorldFacts{.integration_user_id = data.text("integration_user_id"),
                    .support_addresses = data.texts("support_addresses"),
                    .customer_addresses = data.texts("customer_addresses"),
                    .seed = data.number<std::uint64_t>("seed").value_or(0),
                    .bridge_is_ours = !data.flag("foreign_bridge")};
}

// In the order of Occurrence's alternatives.
constexpr std::array<Occurrence (*)(Members&), std::variant_size_v<Occurrence>> kReaders{
    read_exchange, read_mail, read_record, read_session, read_job, read_fault, read_timer, read_step, read_bridge, read_world};
const std::array<Occurrence, std::variant_size_v<Occurrence>> kEmpty{
    HttpExchange{}, MailPassage{}, RecordChange{}, SessionEvent{}, JobEnd{},
    FaultStrike{},  TimeSkip{},    StepBegin{},    BridgeEvent{},  WorldFacts{}};

Result<Entry, std::string> read_entry(const Json& line) {
  Members head(line);
  Entry entry{.sequence = head.number<std::uint64_t>("seq").value_or(0),
              .at = head.instant("at").value_or(WallTime{}),
              .actor = head.text("actor"),
              .cause = head.number<std::uint64_t>("cause").value_or(0),
              .event = {}};
  if (!head.problem().empty()) return fail(head.problem());
  auto event = event_of_json(head.text("kind"), head.any("data"));
  if (!event) return fail(event.error());
  entry.event = std::move(*event);
  return entry;
}

}  // namespace

Json to_json(const Occurrence& event) {
  return std::visit([](const auto& e) { return json_of(e); }, event);
}

Result<Occurrence, std::string> event_of_json(std::string_view kind, const Json& data) {
  for (std::size_t at = 0; at < kReaders.size(); ++at) {
    if (kind_of(kEmpty[at]) != kind) continue;
    Members members(data);
    Occurrence event = kReaders[at](members);
    if (!members.problem().empty()) return fail(members.problem());
    return event;
  }
  return fail("a journal has no entries of the kind \"" + std::string(kind) + "\"");
}

std::string to_line(const Entry& entry) {
  Json line = {{"seq", entry.sequence}, {"at", iso8601(entry.at)}, {"actor", entry.actor}, {"kind", kind_of(entry.event)}};
  if (entry.cause != 0) line["cause"] = entry.cause;
  line["data"] = to_json(entry.event);
  return dump_json(line);
}

Result<std::vector<Entry>> read_json_lines(std::string_view text, std::string_view file) {
  std::vector<Entry> entries;
  std::size_t number = 0;
  for (const std::string_view line : split(text, '\n')) {
    ++number;
    if (trimmed(line).empty()) continue;
    auto parsed = parse_json(line, file);
    if (!parsed) {
      parsed.error().where.position.line = number;
      return fail(parsed.error());
    }
    auto entry = read_entry(*parsed);
    if (!entry) return fail(Diagnostic{{std::string(file), {number, 1}}, entry.error()});
    entries.push_back(std::move(*entry));
  }
  return entries;
}

}  // namespace casewire::sim
