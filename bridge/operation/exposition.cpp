#include "bridge/operation/exposition.hpp"

#include <cstdio>

namespace casewire::bridge {
namespace {

/// Label values: backslash, quote and line feed are escaped.
std::string label_value(std::string_view value) {
  std::string text;
  for (const char c : value) {
    if (c == '\n') {
      text += "\\n";
      continue;
    }
    if (c == '\\' || c == '"') text += '\\';
    text += c;
  }
  return text;
}

}  // namespace

void Exposition::family(std::string_view name, std::string_view type, std::string_view help) {
  name_ = "casewire_bridge_" + std::string(name);
  text_ += "# HELP " + name_ + " " + std::string(help) + "\n# TYPE " + name_ + " " + std::string(type) + "\n";
}

void Exposition::sum_and_count(milliseconds sum, std::uint64_t count, const Labels& labels) {
  line("_sum", labels, seconds_text(sum));
  line("_count", labels, std::to_string(count));
}

std::string Exposition::seconds_text(milliseconds value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.3f", static_cast<double>(value.count()) / 1000.0);
  return text;
}

void Exposition::line(std::string_view suffix, const Labels& labels, const std::string& value) {
  text_ += name_ + std::string(suffix);
  const char* separator = "{";
  for (const auto& [name, label] : labels) {
    text_ += separator + std::string(name) + "=\"" + label_value(label) + "\"";
    separator = ",";
  }
  text_ += (labels.empty() ? " " : "} ") + value + "\n";
}

}  // namespace casewire::bridge
