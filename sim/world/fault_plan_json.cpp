// A fault plan as JSON (declared in fault_plan.hpp).

#include <array>
#include <limits>
#include <utility>

#include "base/text/encoding.hpp"
#include "base/text/utf8.hpp"
#include "sim/world/fault_plan.hpp"

namespace casewire::sim {
namespace {

constexpr std::array<std::pair<Place::Of, const char*>, 6> kPlaces{{{Place::Of::call, "call"},
                                                                    {Place::Of::webhook, "webhook"},
                                                                    {Place::Of::mail, "mail"},
                                                                    {Place::Of::commit, "commit"},
                                                                    {Place::Of::timer, "timer"},
                                                                    {Place::Of::time, "time"}}};
// In the order of Damage's alternatives.
constexpr std::array<const char*, std::variant_size_v<Damage>> kDamages{
    "refuse", "answer", "cross", "delay", "lose", "repeat", "overtake", "tamper", "crash", "fail_write", "skew", "straggle"};
constexpr std::int64_t kMillisecondsMax = std::int64_t{1000} * 60 * 60 * 24 * 365 * 100;
constexpr std::size_t kFaultsMax = 10'000;

// ---- writing

const char* side_name(Side side) { return side == Side::before ? "before" : "after"; }

Json json_of_place(const Place& place) {
  Json json = Json::object();
  for (const auto& [of, name] : kPlaces) {
    if (of == place.of) json["of"] = name;
  }
  if (!place.system.empty()) json["system"] = place.system;
  if (!place.operation.empty()) json["operation"] = place.operation;
  if (place.done) json["done"] = true;
  if (!place.mailbox.empty()) json["mailbox"] = place.mailbox;
  if (place.first != 1) json["first"] = place.first;
  if (place.every != 1) json["every"] = place.every;
  if (place.times != 1) json["times"] = place.times;
  if (place.from) json["from"] = iso8601(*place.from);
  if (place.until) json["until"] = iso8601(*place.until);
  return json;
}

void put_damage(Json& json, const Refuse& damage) {
  json["code"] = damage.code;
  if (damage.one_row) json["one_row"] = true;
  if (damage.rows_before > 0) json["rows_before"] = damage.rows_before;
  if (damage.retry_after_s) json["retry_after_s"] = *damage.retry_after_s;
}
void put_damage(Json& json, const AnswerWith& damage) {
  json["status"] = damage.response.status;
  Json headers = Json::array();
  for (const http::Header& header : damage.response.headers) headers.push_back(Json::array({header.name, header.value}));
  if (!headers.empty()) json["headers"] = headers;
  if (is_valid_utf8(damage.response.body)) {
    json["body"] = damage.response.body;
  } else {
    json["body_base64"] = base64(damage.response.body);
  }
  json["side"] = side_name(damage.side);
}
void put_damage(Json& json, const Cross& damage) { json["wire"] = http::name_of(damage.wire); }
void put_damage(Json& json, const Delay& damage) {
  json["by_ms"] = damage.by.count();
  json["side"] = side_name(damage.side);
}
void put_damage(Json& json, const Lose& damage) { json["side"] = side_name(damage.side); }
void put_damage(Json& json, const Repeat& damage) {
  json["more"] = damage.more;
  if (damage.apart.count() != 0) json["apart_ms"] = damage.apart.count();
}
void put_damage(Json&, const Overtake&) {}
void put_damage(Json& json, const Tamper& damage) {
  switch (damage.how) {
    case Tamper::How::unsigned_: json["how"] = "unsigned"; break;
    case Tamper::How::signed_wrongly: json["how"] = "signed_wrongly"; break;
    case Tamper::How::without_header: json["how"] = "without_header"; json["header"] = damage.header;
  }
}
void put_damage(Json& json, const Crash& damage) { json["side"] = side_name(damage.side); }
void put_damage(Json&, const FailWrite&) {}
void put_damage(Json& json, const Skew& damage) { json["by_ms"] = damage.by.count(); }
void put_damage(Json& json, const Straggle& damage) {
  if (damage.by.count() != 0) json["by_ms"] = damage.by.count();
  if (damage.wire != http::Wire::stall) json["wire"] = http::name_of(damage.wire);
  if (!damage.code.empty()) json["code"] = damage.code;
}

// ---- reading

/// Reads the members of one object and keeps the first thing that is wrong.
class Fields {
 public:
  Fields(const Json& json, std::string name) : json_(json), name_(std::move(name)) {
    if (!json.is_object()) wrong(name_, "an object");
  }
  std::string text(const char* member_name) {
    const Json& value = take(member_name);
    if (value.is_null()) return {};
    if (value.is_string()) return value.get<std::string>();
    return wrong(member_name, "a text"), std::string();
  }
  bool flag(const char* member_name) {
    const Json& value = take(member_name);
    if (!value.is_null() && !value.is_boolean()) wrong(member_name, "true or false");
    return value.is_boolean() && value.get<bool>();
  }
  std::int64_t number(const char* member_name, std::int64_t otherwise, std::int64_t least, std::int64_t most) {
    const Json& value = take(member_name);
    if (value.is_null()) return otherwise;
    if (value.is_number_integer() &&
        (!value.is_number_unsigned() || value.get<std::uint64_t>() <= static_cast<std::uint64_t>(most))) {
      const auto number = value.get<std::int64_t>();
      if (number >= least && number <= most) return number;
    }
    wrong(member_name, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return otherwise;
  }
  std::uint32_t count(const char* member_name, std::uint32_t otherwise, std::uint32_t least) {
    return static_cast<std::uint32_t>(number(member_name, otherwise, least, std::numeric_limits<std::uint32_t>::max()));
  }
  milliseconds duration(const char* member_name) {
    return milliseconds{number(member_name, 0, -kMillisecondsMax, kMillisecondsMax)};
  }
  std::optional<WallTime> instant(const char* member_name) {
    const std::string written = text(member_name);
    if (written.empty()) return std::nullopt;
    const auto when = parse_iso8601(written);
    if (!when) wrong(member_name, "an instant such as 2026-01-05T09:00:00.000Z");
    return when;
  }
  Side side() {
    const std::string word = text("side");
    if (word == "before") return Side::before;
    if (word != "after") wrong("side", "\"before\" or \"after\"");
    return Side::after;
  }
  const Json& take(const char* member_name) {
    taken_.emplace_back(member_name);
    return member(json_, member_name);
  }
  void wrong(const std::string& member_name, const std::string& expected) {
    if (problem_.empty()) problem_ = "expected " + expected + " as \"" + member_name + "\"";
  }
  /// What is wrong with the object, once all of it was read.
  std::string problem() {
    if (!problem_.empty() || !json_.is_object()) return problem_;
    for (const auto& [member_name, value] : json_.items()) {
      bool known = false;
      for (const std::string& taken : taken_) known = known || taken == member_name;
      if (!known) return "the " + name_ + " has no member \"" + member_name + "\"";
    }
    return {};
  }

 private:
  const Json& json_;
  std::string name_;
  std::vector<std::string> taken_;
  std::string problem_;
};

Place read_place(Fields& fields) {
  Place place;
  const std::string word = fields.text("of");
  bool known = false;
  for (const auto& [of, name] : kPlaces) {
    if (word == name) {
      place.of = of;
      known = true;
    }
  }
  if (!known) fields.wrong("of", "call, webhook, mail, commit, timer or time");
  place.system = fields.text("system");
  if (!place.system.empty() && place.system != "salesforce" && place.system != "opencx")
    fields.wrong("system", "\"salesforce\" or \"opencx\"");
  place.operation = fields.text("operation");
  place.done = fields.flag("done");
  place.mailbox = fields.text("mailbox");
  place.first = fields.count("first", 1, 1);
  place.every = fields.count("every", 1, 1);
  place.times = fields.count("times", 1, 0);
  place.from = fields.instant("from");
  place.until = fields.instant("until");
  return place;
}

Damage read_answer(Fields& fields) {
  AnswerWith damage;
  damage.response.status = static_cast<int>(fields.number("status", 200, 100, 599));
  for (const Json& header : fields.take("headers")) {
    if (header.is_array() && header.size() == 2 && header[0].is_string() && header[1].is_string()) {
      damage.response.headers.add(header[0].get<std::string>(), header[1].get<std::string>());
    } else {
      fields.wrong("headers", "pairs of texts");
    }
  }
  damage.response.body = fields.text("body");
  if (const std::string coded = fields.text("body_base64"); !coded.empty()) {
    auto bytes = decode_base64(coded);
    if (!bytes) fields.wrong("body_base64", "base64");
    if (bytes) damage.response.body = std::move(*bytes);
  }
  damage.side = fields.side();
  return damage;
}

Damage read_damage(Fields& fields) {
  const std::string kind = fields.text("kind");
  if (kind == "refuse") {
    Refuse damage{.code = fields.text("code"), .one_row = fields.flag("one_row")};
    damage.rows_before = static_cast<std::size_t>(fields.number("rows_before", 0, 0, 200));
    if (const auto seconds = fields.number("retry_after_s", -1, 0, 1'000'000); seconds >= 0)
      damage.retry_after_s = static_cast<int>(seconds);
    return damage;
  }
  if (kind == "answer") return read_answer(fields);
  if (kind == "cross") {
    const auto wire = http::wire_named(fields.text("wire"));
    if (!wire) fields.wrong("wire", "the name of a damage of the wire");
    return Cross{wire.value_or(http::Wire::intact)};
  }
  if (kind == "delay") return Delay{fields.duration("by_ms"), fields.side()};
  if (kind == "lose") return Lose{fields.side()};
  if (kind == "repeat") return Repeat{fields.count("more", 1, 1), fields.duration("apart_ms")};
  if (kind == "overtake") return Overtake{};
  if (kind == "tamper") {
    const std::string how = fields.text("how");
    if (how == "without_header") return Tamper{Tamper::How::without_header, fields.text("header")};
    if (how != "unsigned" && how != "signed_wrongly")
      fields.wrong("how", "\"unsigned\", \"signed_wrongly\" or \"without_header\"");
    return Tamper{how == "unsigned" ? Tamper::How::unsigned_ : Tamper::How::signed_wrongly};
  }
  if (kind == "crash") return Crash{fields.side()};
  if (kind == "fail_write") return FailWrite{};
  if (kind == "skew") return Skew{fields.duration("by_ms")};
  if (kind == "straggle") {
    Straggle damage{.by = fields.duration("by_ms")};
    if (const std::string named = fields.text("wire"); !named.empty()) {
      const auto wire = http::wire_named(named);
      if (!wire) fields.wrong("wire", "the name of a damage of the wire");
      damage.wire = wire.value_or(http::Wire::stall);
    }
    damage.code = fields.text("code");
    return damage;
  }
  std::string known;
  for (const char* name : kDamages) known += (known.empty() ? "" : ", ") + std::string(name);
  fields.wrong("kind", "one of " + known);
  return Refuse{};
}

}  // namespace

Json to_json(const FaultPlan& plan) {
  Json list = Json::array();
  for (const PlannedFault& fault : plan) {
    Json damage = {{"kind", kDamages[fault.damage.index()]}};
    std::visit([&](const auto& told) { put_damage(damage, told); }, fault.damage);
    Json json = Json::object();
    if (!fault.sentence.empty()) json["sentence"] = fault.sentence;
    json["place"] = json_of_place(fault.place);
    json["damage"] = std::move(damage);
    list.push_back(std::move(json));
  }
  return list;
}

Result<FaultPlan, std::string> fault_plan_of_json(const Json& json) {
  if (!json.is_array()) return fail(std::string("a fault plan is a list"));
  if (json.size() > kFaultsMax) return fail("a fault plan has at most " + std::to_string(kFaultsMax) + " faults");
  FaultPlan plan;
  for (const Json& element : json) {
    Fields whole(element, "fault");
    Fields place(whole.take("place"), "place");
    Fields damage(whole.take("damage"), "damage");
    PlannedFault fault{whole.text("sentence"), read_place(place), read_damage(damage)};
    std::string problem = whole.problem();
    if (problem.empty()) problem = place.problem();
    if (problem.empty()) problem = damage.problem();
    if (problem.empty()) problem = objection(fault).value_or("");
    if (!problem.empty()) return fail("fault " + std::to_string(plan.size() + 1) + ": " + problem);
    plan.push_back(std::move(fault));
  }
  return plan;
}

}  // namespace casewire::sim
