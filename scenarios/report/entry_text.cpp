#include "scenarios/report/entry_text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/text/strings.hpp"
#include "scenarios/report/markup.hpp"

namespace casewire::scenarios::report {
namespace {

constexpr std::size_t kTextCharacters = 60;

// The vendor's own word for what went wrong: Salesforce's [{"errorCode"}], also inside a composite's parts; OpenCX's
// {"error"}. A composite is answered 200 even when its parts failed, so the status alone would hide it.
std::string error_code(const sim::HttpExchange& exchange) {
  const std::string& body = exchange.response;
  if (exchange.status.value_or(0) < 400 && body.find("\"errorCode\"") == std::string::npos) return {};
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

bool is_refusal(std::string_view verdict) {
  return verdict.starts_with('4') || verdict.starts_with('5') || verdict.find("refused") != std::string_view::npos ||
         verdict.find("dropped") != std::string_view::npos || verdict == "sent back";
}

std::string text_of(const sim::HttpExchange& exchange) {
  return exchange.from + " -> " + exchange.to + "  " + purpose(exchange) + ": " + outcome(exchange);
}

std::string text_of(const sim::MailPassage& mail) {
  std::string to;
  for (const std::string& address : mail.to) to += (to.empty() ? "" : ", ") + address;
  std::string text = mail.from + " -> " + to + "  mail \"" + one_line(mail.subject, kTextCharacters) + "\"";
  if (is_refusal(mail.verdict)) text += ": " + one_line(mail.verdict, kTextCharacters);
  return text;
}

std::string text_of(const sim::RecordChange& record) {
  return record.object + " " + record.id + " " + record.change + " by " + (record.by.empty() ? "nobody named" : record.by);
}

std::string text_of(const sim::SessionEvent& event) {
  std::string text = "session " + event.session + ": " + event.type;
  if (!event.sender.empty()) text += " by " + event.sender;
  if (!event.text.empty()) text += " \"" + one_line(event.text, kTextCharacters) + "\"";
  return text;
}

std::string text_of(const sim::JobEnd& end) {
  return "Apex job " + end.event + " " + lowercase(end.status) + (end.error.empty() ? "" : ": " + end.error);
}

std::string text_of(const sim::FaultStrike& strike) { return "fault: " + strike.fault; }
std::string text_of(const sim::TimeSkip& skip) { return "time skips to " + iso8601(skip.until); }
std::string text_of(const sim::StepBegin& step) { return step.keyword + " " + step.text; }

std::string text_of(const sim::BridgeEvent& event) {
  return "bridge " + event.event + (event.detail.empty() ? "" : ": " + one_line(event.detail, kTextCharacters));
}

std::string text_of(const sim::WorldFacts& facts) { return "a world with the seed " + std::to_string(facts.seed); }

bool is_troubled(const sim::HttpExchange& exchange) {
  const int status = exchange.status.value_or(0);
  return status == 0 || status >= 400 || !error_code(exchange).empty() || !exchange.error.empty() || exchange.lost ||
         exchange.wire != http::Wire::intact;
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

std::string speaker(const std::string& sender) {
  if (sender == "ai") return "AI";
  if (sender == "contact") return "customer";
  if (sender == "human_agent") return "person";
  return sender;
}

std::string purpose(const sim::HttpExchange& exchange) {
  // A webhook is known by the event that its body names: {"event": "..."} with both vendors.
  if (exchange.to == "bridge") {
    if (const auto body = parse_json(exchange.request)) {
      if (const std::string event = string_member(*body, "event"); !event.empty()) return "webhook " + event;
    }
  }
  if (!exchange.operations.empty()) return counted_runs(exchange.operations);
  return exchange.method + " " + exchange.target.substr(0, exchange.target.find('?'));
}

std::string outcome(const sim::HttpExchange& exchange) {
  if (!exchange.status) return exchange.error.empty() ? "no answer" : "no answer: " + exchange.error;
  std::string text = std::to_string(*exchange.status);
  if (const std::string code = error_code(exchange); !code.empty()) text += " " + one_line(code, kTextCharacters);
  if (!exchange.error.empty()) {
    text += ", but " + exchange.error;
  } else if (exchange.wire != http::Wire::intact) {
    std::string damage(name_of(exchange.wire));
    std::replace(damage.begin(), damage.end(), '_', ' ');
    text += ", " + damage;
  }
  return text;
}

std::string brief(const sim::Entry& entry) {
  return std::visit([](const auto& event) { return text_of(event); }, entry.event);
}

bool is_trouble(const sim::Entry& entry) {
  if (entry.as<sim::FaultStrike>()) return true;
  if (const auto* bridge = entry.as<sim::BridgeEvent>()) return bridge->event == "crashed";
  if (const auto* job = entry.as<sim::JobEnd>()) return job->status == "Failed";
  if (const auto* mail = entry.as<sim::MailPassage>()) return is_refusal(mail->verdict);
  const auto* exchange = entry.as<sim::HttpExchange>();
  return exchange && is_troubled(*exchange);
}

const sim::Entry* entry_numbered(const std::vector<sim::Entry>& journal, std::uint64_t sequence) {
  const auto found = std::lower_bound(journal.begin(), journal.end(), sequence,
                                      [](const sim::Entry& entry, std::uint64_t wanted) { return entry.sequence < wanted; });
  return found != journal.end() && found->sequence == sequence ? &*found : nullptr;
}

}  // namespace casewire::scenarios::report
