#include "scenarios/tape/har_log.hpp"

#include <algorithm>
#include <cstdint>

#include "base/text/strings.hpp"
#include "scenarios/tape/addressee.hpp"
#include "scenarios/tape/har_exchange.hpp"

namespace casewire::scenarios::har {

namespace {

std::vector<std::string> words_of(const Json& list) {
  std::vector<std::string> words;
  for (const Json& word : list.is_array() ? list : Json::array()) {
    if (word.is_string()) words.push_back(word.get<std::string>());
  }
  return words;
}

}  // namespace

Read<const Json*> log_of(const Json& root) {
  if (!root.is_object()) return fail(Broken{{}, "expected an object, found " + kind_of(root)});
  const auto log = need_object(root, {}, "log");
  if (!log) return log;
  if (auto rest = need_all(**log, {"log"}, {"version"}, {"entries"}, {}); !rest) return rest;
  if (string_member(**log, "version") != "1.2") return fail(Broken{{"log", "version"}, "expected HAR version \"1.2\""});
  if (auto creator = need_object(**log, {"log"}, "creator"); !creator) return creator;
  return log;
}

Read<Hosts> read_hosts(const Json& log) {
  Hosts hosts;
  const Path path{"log", "_casewire", "hosts"};
  for (const auto& [host, system] : member(member(log, "_casewire"), "hosts").items()) {
    const std::string name = system.is_string() ? system.get<std::string>() : std::string();
    if (!is_system(name) && name != "nobody") {
      return fail(Broken{path + host, "expected \"salesforce\", \"opencx\", \"bridge\" or \"nobody\" at " + shown(path + host)});
    }
    hosts[host_of(host)] = name;
  }
  return hosts;
}

Read<std::vector<BridgeFate>> read_fates(const Json& log, std::size_t entries) {
  std::vector<BridgeFate> fates;
  const Path path{"log", "_casewire", "bridge"};
  const Json& all = member(member(log, "_casewire"), "bridge");
  if (!all.is_array()) return fates;
  const auto index = [](const Json& value) {
    return value.is_number_unsigned() ? std::optional(value.get<std::size_t>()) : std::nullopt;
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Path here = path + std::to_string(i);
    if (!all[i].is_object()) return fail(Broken{here, "expected an object at " + shown(here)});
    const auto what = fate_named(string_member(all[i], "event"));
    const auto at = parse_iso8601(string_member(all[i], "at"));
    const auto place = index(member(all[i], "before"));
    const auto during = index(member(all[i], "during"));
    const auto words = words_of(member(all[i], "words"));
    if (!what || !at || !place) {
      return fail(Broken{
          here,
          "expected what became of the bridge: an event (started, crashed, stopped, parked, saved, restored, emptied, operated), "
          "when it was, and the entry before which it was",
          R"({"event": "crashed", "at": "2026-01-05T09:00:00.000Z", "before": 12})"});
    }
    if (*what == BridgeFate::What::operated && !is_command_of_a_tape(words)) continue;
    // Of a part of a recording some lie beyond its end.
    fates.push_back({*what, *at, std::min(*place, entries), during && *during < entries ? during : std::nullopt});
    fates.back().words = words;
  }
  return fates;
}

Read<TapeHead> read_head(const Json& log) {
  const Json& ours = member(log, "_casewire");
  const Json& format = member(ours, "format");
  if (format.is_number_integer() && format.get<std::int64_t>() > kTapeFormat) {
    return fail(Broken{
        {"log", "_casewire", "format"},
        "this recording has format " + format.dump() + ", and this program reads formats up to " + std::to_string(kTapeFormat),
        "a newer casewire made it"});
  }
  TapeHead head{.is_of_fakes = member(ours, "of_fakes") == true, .is_redacted = member(ours, "redacted") == true};
  // What others say of their recordings may say more than should be passed on.
  if (head.is_of_fakes) head.comment = string_member(log, "comment");
  if (const Json& settings = member(ours, "bridge_settings"); settings.is_object()) {
    for (const auto& [name, value] : settings.items()) {
      if (value.is_string() && is_setting_of_a_tape(name)) head.bridge_settings[name] = value.get<std::string>();
    }
  }
  return head;
}

}  // namespace casewire::scenarios::har
