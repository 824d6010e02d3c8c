// The log of casewire-bridge, as text or as JSON, with whatever the system that kept it wrote before each line (a time, a host, a process).
// It says which session became which Case, also where neither the org nor OpenCX was exported, and what the bridge complained of.

#include <map>

#include "base/text/strings.hpp"
#include "scenarios/evidence/material.hpp"

namespace casewire::scenarios {
namespace {

using Facts = std::map<std::string, std::string>;

/// `name=value name="value with \"signs\""`
Facts facts_of_text(std::string_view text) {
  Facts facts;
  while (!text.empty()) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) break;
    const std::string name(text.substr(0, equals));
    text.remove_prefix(equals + 1);
    std::size_t end = 0;
    if (text.starts_with('"')) {
      for (end = 1; end < text.size() && text[end] != '"'; ++end) end += text[end] == '\\' ? 1 : 0;
      end = std::min(end + 1, text.size());
      const auto value = parse_json(text.substr(0, end));
      if (value && value->is_string()) facts[name] = value->get<std::string>();
    } else {
      end = std::min(text.find(' '), text.size());
      facts[name] = std::string(text.substr(0, end));
    }
    text.remove_prefix(end);
  }
  return facts;
}

Facts facts_of_line(std::string_view line) {
  line = trimmed(line);
  if (const std::size_t begin = line.find("level=");
      begin != std::string_view::npos && line.find(" event=", begin) != std::string_view::npos)
    return facts_of_text(line.substr(begin));
  Facts facts;
  const std::size_t begin = line.find("{\"level\":");
  const auto json = begin == std::string_view::npos ? Result<Json>(Json()) : parse_json(line.substr(begin));
  if (!json || !json->is_object()) return facts;
  for (const auto& [name, value] : json->items()) {
    if (value.is_string()) facts[name] = value.get<std::string>();
  }
  return facts.contains("event") ? facts : Facts{};
}

std::string told(const Facts& facts) {
  std::string text = facts.at("event");
  for (const auto& [name, value] : facts) {
    if (name != "event" && name != "level") text += ", " + name + " " + value;
  }
  return text;
}

}  // namespace

bool looks_like_bridge_log(std::string_view text) {
  for (std::string_view line : split(text.substr(0, 4096), '\n')) {
    if (!trimmed(line).empty()) return !facts_of_line(line).empty();
  }
  return false;
}

void read_bridge_log(const std::string& file, std::string_view text, Evidence& evidence) {
  std::size_t number = 0, lines = 0, understood = 0;
  for (const std::string_view line : split(text, '\n')) {
    ++number;
    if (trimmed(line).empty()) continue;
    ++lines;
    const Facts facts = facts_of_line(line);
    if (facts.empty()) continue;
    ++understood;
    const auto session = facts.find("session"), a_case = facts.find("case");
    if (session != facts.end() && a_case != facts.end())
      evidence.session_of_case.try_emplace(eighteen(a_case->second), session->second);
    const auto level = facts.find("level");
    if (level != facts.end() && (level->second == "warning" || level->second == "error"))
      evidence.complaints.push_back(file + " line " + std::to_string(number) + ": " + told(facts));
  }
  evidence.read.push_back(file + ": a log of casewire-bridge, " + std::to_string(understood) + " of " + std::to_string(lines) +
                          " lines");
}

}  // namespace casewire::scenarios
