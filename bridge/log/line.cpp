#include "base/text/json.hpp"
#include "base/text/utf8.hpp"
#include "bridge/log.hpp"

namespace casewire::bridge {
namespace {

/// A vendor's error text may hold the whole value that it refused (STRING_TOO_LONG does); a line stays a line.
constexpr std::size_t kValueBytesMax = 500;

std::string cut(std::string_view value) {
  const auto kept = prefix_of_bytes(value, kValueBytesMax);
  return cleaned_utf8(kept) + (kept.size() < value.size() ? "..." : "");
}

std::string quoted_if_needed(std::string_view value) {
  const bool is_plain = !value.empty() && value.find_first_of(" \"=\n\r\t\\") == std::string_view::npos;
  const auto text = cut(value);
  return is_plain ? text : dump_json(Json(text));
}

}  // namespace

std::string_view name_of(LogLevel level) {
  switch (level) {
    case LogLevel::debug: return "debug";
    case LogLevel::info: return "info";
    case LogLevel::warning: return "warning";
    case LogLevel::error: return "error";
  }
  return "error";
}

std::string text_line(LogLevel level, std::string_view event, const LogFields& fields) {
  std::string line = "level=" + std::string(name_of(level)) + " event=" + quoted_if_needed(event);
  for (const auto& [name, value] : fields) line += " " + name + "=" + quoted_if_needed(value);
  return line;
}

std::string json_line(LogLevel level, std::string_view event, const LogFields& fields) {
  Json line = {{"level", name_of(level)}, {"event", event}};
  for (const auto& [name, value] : fields) line[name] = cut(value);
  return dump_json(line);
}

}  // namespace casewire::bridge
