#include "bridge/operation/shown.hpp"

#include <algorithm>
#include <cstdlib>

#include "base/text/counted.hpp"

namespace casewire::bridge {
namespace {

/// HTTP tells whole seconds, and an answer takes its time: less says nothing.
constexpr int kClockToldFrom = 2;

std::string number(const Json& object, std::string_view name) { return dump_json(member(object, name)); }

/// What a vendor said is shown as it is, without what would move a terminal's cursor.
std::string harmless(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return text;
}

std::string text_in(const Json& object, std::string_view name, std::string fallback = {}) {
  return harmless(string_member(object, name, std::move(fallback)));
}

std::string row(std::string_view name, const std::string& text) {
  std::string line(name);
  line.resize(std::max<std::size_t>(line.size() + 1, 14), ' ');
  return line + text + "\n";
}

std::string vendor_line(const Json& vendor) {
  auto text = member(vendor, "takes_calls") == Json(true)
                  ? std::string("takes calls")
                  : "PAUSED since " + text_in(vendor, "paused_since") + ", asked again at " +
                        text_in(vendor, "asked_again_at", "once") + ": " + text_in(vendor, "problem");
  text += "; last webhook " + text_in(vendor, "last_webhook", "none") + ", last sweep " + text_in(vendor, "last_sweep", "none");
  if (const auto& day = member(vendor, "requests_of_the_day"); day.is_object()) {
    text += "; " + number(day, "used") + " of " + number(day, "limit") + " requests of the day are used";
  }
  const auto& ahead = member(vendor, "clock_ahead_seconds");
  const auto seconds = ahead.is_number_integer() ? ahead.get<int>() : 0;
  if (std::abs(seconds) > kClockToldFrom) {
    text += "; its clock is " + std::to_string(std::abs(seconds)) + " s " + (seconds > 0 ? "ahead of" : "behind") + " ours";
  }
  return row(text_in(vendor, "name"), text);
}

constexpr const char* kStoreDoesNotTell = "not known: the store does not answer";

std::string org_line(const Json& status) {
  const auto org = member(status, "org").is_null() ? std::string(kStoreDoesNotTell) + "," : text_in(status, "org");
  return row("org", (org.empty() ? "not known yet" : org) + " at " + text_in(status, "salesforce"));
}

std::string jobs_line(const Json& jobs) {
  if (!jobs.is_object()) return row("jobs", kStoreDoesNotTell);
  auto queue = number(jobs, "due") + " due, " + number(jobs, "waiting") + " waiting, " + number(jobs, "parked") + " parked";
  if (const auto since = text_in(jobs, "failing_since"); !since.empty()) queue += "; one fails since " + since;
  return row("jobs", queue);
}

std::string shown_status(const Json& status) {
  auto text = row("status", text_in(status, "status"));
  for (const auto& reason : member(status, "reasons")) text += row("", harmless(reason.get<std::string>()));
  const auto started_at = text_in(status, "started_at");
  text += row("version", text_in(status, "version") + (started_at.empty() ? ", not started yet" : ", started " + started_at));
  text += row("settings", text_in(status, "configuration").empty() ? "from the environment" : text_in(status, "configuration"));
  const auto& restored = member(status, "restored");
  text += row("store", text_in(status, "store") + (restored.is_object() ? ", restored at " + text_in(restored, "at") +
                                                                              " as it was at " + text_in(restored, "backed_up_at")
                                                                        : ""));
  text += org_line(status) + jobs_line(member(status, "jobs"));
  for (const auto& vendor : member(status, "vendors")) text += vendor_line(vendor);
  if (const auto& checked = member(status, "checked"); checked.is_object()) {
    text +=
        row("checked", text_in(checked, "at") + ": " + number(checked, "ok") + " ok, " + number(checked, "wrong") + " wrong, " +
                           number(checked, "unknown") + " unknown, " + number(checked, "look") + " for a person to look at");
  }
  for (const auto& alarm : member(status, "alarms")) text += row("alarm", harmless(alarm.get<std::string>()));
  return text;
}

std::string shown_links(const Json& answer) {
  std::string text;
  for (const auto& link : member(answer, "links")) {
    text += "session " + text_in(link, "session") + " #" + number(link, "number") + "  case " + text_in(link, "case") + "\n";
  }
  return text.empty() ? "no link names " + text_in(answer, "asked") + "\n" : text;
}

std::string shown_trace(const Json& trace) {
  auto text = text_in(trace, "asked") + ": " + text_in(trace, "is") + "\n";
  if (const auto where = text_in(trace, "where"); !where.empty()) text += row("where", where);
  for (const auto& link : member(trace, "links")) {
    text +=
        row("link", "session " + text_in(link, "session") + " #" + number(link, "number") + ", Case " + text_in(link, "case"));
  }
  for (const auto& entry : member(trace, "happened"))
    text += row("happened", text_in(entry, "at") + "  " + text_in(entry, "what"));
  for (const auto& told : member(trace, "lately")) {
    auto line = text_in(told, "at") + "  " + text_in(told, "event");
    for (const auto& [name, value] : member(told, "facts").items())
      line += "  " + name + "=" + harmless(value.get<std::string>());
    text += row("log", line);
  }
  for (const auto& next : member(trace, "next")) text += row("next", harmless(next.get<std::string>()));
  return text;
}

std::string shown_parked(const Json& answer) {
  const auto& list = member(answer, "parked");
  if (list.empty()) return "nothing is parked\n";
  std::string text;
  for (const auto& job : list) {
    const Json& attempts = member(job, "attempts");
    const auto tried = attempts.is_number_integer() ? attempts.get<std::size_t>() : 0;
    text += text_in(job, "subject") + "\n" + row("  since", text_in(job, "parked_at") + "; tried " + counted(tried, "time")) +
            row("  problem", text_in(job, "problem"));
  }
  const auto& total = member(answer, "total");
  if (total.is_number_unsigned() && total.get<std::size_t>() > list.size()) {
    text += std::to_string(list.size()) + " of " + number(answer, "total") + " are shown\n";
  }
  return text;
}

std::string shown_checks(const Json& checks) {
  std::string text;
  for (const auto& check : checks) {
    text += row(text_in(check, "verdict"), text_in(check, "check") + ": " + text_in(check, "found"));
    if (const auto to_do = text_in(check, "do"); !to_do.empty()) text += row("", "-> " + to_do);
  }
  return text;
}

}  // namespace

std::string as_text(const std::vector<std::string>& words, const Json& answer) {
  if (const auto& orgs = member(answer, "orgs"); orgs.is_object()) {
    std::string text;
    for (const auto& [name, one] : orgs.items()) text += (text.empty() ? "[" : "\n[") + name + "]\n" + as_text(words, one);
    return text;
  }
  if (answer.contains("error")) return row("error", text_in(answer, "error"));
  const auto& topic = words.front();
  if (topic == "status") return shown_status(answer);
  if (topic == "links") return shown_links(answer);
  if (answer.contains("checks")) return shown_checks(answer["checks"]);
  if (answer.contains("next")) return shown_trace(answer);
  if (answer.contains("parked")) return shown_parked(answer);
  if (answer.contains("retried")) {
    return std::to_string(answer["retried"].size()) + " of them will be tried again now; see \"casewire-bridge parked list\"\n";
  }
  if (answer.contains("dropped")) return text_in(answer, "dropped") + " is given up\n";
  return dump_json(answer) + "\n";
}

}  // namespace casewire::bridge
