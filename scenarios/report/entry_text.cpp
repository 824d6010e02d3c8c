#include "scenarios/report/entry_text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/text/strings.hpp"
#include "scenarios/report/markup.hpp"

namespace casewire::scenarios::report {
namespace {

constexpr std::size_t kTextCharacters = 60;

int status_of(const Json& exchange) {
  const Json& status = member(exchange, "status");
  return status.is_number_integer() ? status.get<int>() : 0;
}

// The vendor's own word for what went wrong: Salesforce's [{"errorCode"}], also inside a composite's parts; OpenCX's
// {"error"}. A composite is answered 200 even when its parts failed, so the status alone would hide it.
std::string error_code(const Json& exchange) {
  const std::string body = string_member(exchange, "response");
  if (status_of(exchange) < 400 && body.find("\"errorCode\"") == std::string::npos) return {};
  const auto parsed = parse_json(body);
  if (!parsed) return {};
  const auto code_of = [](const Json& answer) {
    const Json& error = answer.is_array() && !answer.empty() ? answer.front() : answer;
    return string_member(error, "errorCode", string_member(error, "error"));
  };
  if (const std::string code = code_of(*parsed); !code.empty()) return code;
  for (const Json& part : member(*parsed, "compositeResponse")) {
    // PROCESSING_HALTED is said of the parts that another part's error took down.
    const std::string code = code_of(member(part, "body"));
    if (!code.empty() && code != "PROCESSING_HALTED") return code;
  }
  return {};
}

// A composite names each of its parts; twelve comments in a row are one thought.
std::string counted_runs(const std::vector<std::string>& operations) {
  std::string text;
  for (std::size_t at = 0; at < operations.size();) {
    std::size_t end = at;
    while (end < operations.size() && operations[end] == operations[at]) ++end;
    if (!text.empty()) text += ", ";
    if (end - at > 1) text += std::to_string(end - at) + " × ";
    text += operations[at];
    at = end;
  }
  return text;
}

std::string joined(const Json& list) {
  if (list.is_string()) return list.get<std::string>();
  std::string text;
  if (!list.is_array()) return text;
  for (const Json& element : list) {
    if (!element.is_string()) continue;
    if (!text.empty()) text += ", ";
    text += element.get<std::string>();
  }
  return text;
}

bool is_refusal(std::string_view verdict) {
  return verdict.starts_with('4') || verdict.starts_with('5') || verdict.find("refused") != std::string_view::npos ||
         verdict.find("dropped") != std::string_view::npos;
}

std::string mail_text(const Json& mail) {
  std::string text = string_member(mail, "from") + " -> " + joined(member(mail, "to")) + "  mail \"" +
                     one_line(string_member(mail, "subject"), kTextCharacters) + "\"";
  const std::string verdict = string_member(mail, "verdict");
  if (is_refusal(verdict)) text += ": " + one_line(verdict, kTextCharacters);
  return text;
}

std::string record_text(const Json& record) {
  return string_member(record, "object") + " " + string_member(record, "id") + " " + string_member(record, "change") + " by " +
         string_member(record, "by", "nobody named");
}

std::string session_text(const sim::Entry& entry) {
  std::string text = "session " + string_member(entry.data, "session") + ": " + string_member(entry.data, "type");
  if (const std::string sender = string_member(entry.data, "sender"); !sender.empty()) text += " by " + sender;
  if (const std::string said = string_member(entry.data, "text"); !said.empty()) {
    text += " \"" + one_line(said, kTextCharacters) + "\"";
  }
  return text;
}

std::string other_text(const sim::Entry& entry) {
  std::string text = entry.kind + " " + entry.actor;
  for (const auto& [name, value] : entry.data.items()) {
    text += " " + name + "=" + one_line(value.is_string() ? value.get<std::string>() : dump_json(value), kTextCharacters);
  }
  return text;
}

}  // namespace

std::string time_since(WallTime start, WallTime at) {
  const auto elapsed = std::max(at - start, milliseconds{0});
  const auto days = std::chrono::floor<std::chrono::days>(elapsed);
  const std::chrono::hh_mm_ss clock{elapsed - days};
  std::array<char, 64> out{};
  std::snprintf(out.data(), out.size(), "%02d:%02d:%02d.%03d", static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
                static_cast<int>(clock.subseconds().count()));
  return (days.count() > 0 ? std::to_string(days.count()) + "d " : std::string{}) + out.data();
}

std::string purpose(const Json& exchange) {
  // A webhook is known by the event that its body names: {"event": "..."} with both vendors.
  if (string_member(exchange, "to") == "bridge") {
    if (const auto body = parse_json(string_member(exchange, "request"))) {
      if (const std::string event = string_member(*body, "event"); !event.empty()) return "webhook " + event;
    }
  }
  const Json& operation = member(exchange, "operation");
  std::vector<std::string> operations;
  if (operation.is_string()) {
    for (const std::string_view part : split(operation.get_ref<const std::string&>(), ',')) {
      if (!trimmed(part).empty()) operations.emplace_back(trimmed(part));
    }
  } else if (operation.is_array()) {
    for (const Json& part : operation) {
      if (part.is_string()) operations.push_back(part.get<std::string>());
    }
  }
  if (!operations.empty()) return counted_runs(operations);
  const std::string target = string_member(exchange, "target");
  return string_member(exchange, "method") + " " + target.substr(0, target.find('?'));
}

std::string outcome(const Json& exchange) {
  const int status = status_of(exchange);
  const std::string error = string_member(exchange, "error");
  const std::string wire = string_member(exchange, "wire");
  std::string text;
  if (status == 0) {
    text = error.empty() ? "no answer" : "no answer: " + error;
    return text;
  }
  text = std::to_string(status);
  if (const std::string code = error_code(exchange); !code.empty()) text += " " + one_line(code, kTextCharacters);
  if (!error.empty()) {
    text += ", but " + error;
  } else if (!wire.empty() && wire != "intact") {
    std::string damage = wire;
    std::replace(damage.begin(), damage.end(), '_', ' ');
    text += ", " + damage;
  }
  return text;
}

std::string brief(const sim::Entry& entry) {
  const Json& data = entry.data;
  if (entry.kind == "http") {
    return string_member(data, "from") + " -> " + string_member(data, "to") + "  " + purpose(data) + ": " + outcome(data);
  }
  if (entry.kind == "mail") return mail_text(data);
  if (entry.kind == "record") return record_text(data);
  if (entry.kind == "session") return session_text(entry);
  if (entry.kind == "fault") return "fault: " + string_member(data, "fault");
  if (entry.kind == "timer") return "time skips to " + string_member(data, "until");
  if (entry.kind == "job") {
    return "Apex job " + string_member(data, "event") + " " + lowercase(string_member(data, "status")) +
           (string_member(data, "error").empty() ? "" : ": " + string_member(data, "error"));
  }
  if (entry.kind == "step") return string_member(data, "keyword") + " " + string_member(data, "text");
  if (entry.kind == "bridge") {
    const std::string detail = string_member(data, "detail");
    return "bridge " + string_member(data, "event") + (detail.empty() ? "" : ": " + one_line(detail, kTextCharacters));
  }
  return other_text(entry);
}

bool is_trouble(const sim::Entry& entry) {
  const Json& data = entry.data;
  if (entry.kind == "fault") return true;
  if (entry.kind == "bridge") return string_member(data, "event") == "crashed";
  if (entry.kind == "job") return string_member(data, "status") == "Failed";
  if (entry.kind == "mail") return is_refusal(string_member(data, "verdict"));
  if (entry.kind != "http") return false;
  const std::string wire = string_member(data, "wire");
  const int status = status_of(data);
  return status == 0 || status >= 400 || !error_code(data).empty() || !string_member(data, "error").empty() ||
         (!wire.empty() && wire != "intact");
}

const sim::Entry* entry_numbered(const std::vector<sim::Entry>& journal, std::uint64_t sequence) {
  const auto found = std::lower_bound(journal.begin(), journal.end(), sequence,
                                      [](const sim::Entry& entry, std::uint64_t wanted) { return entry.sequence < wanted; });
  return found != journal.end() && found->sequence == sequence ? &*found : nullptr;
}

}  // namespace casewire::scenarios::report
