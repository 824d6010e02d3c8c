#include "bridge/operation/exposition.hpp"

#include <algorithm>
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
  const auto full = "casewire_bridge_" + std::string(name);
  const auto known = std::find_if(families_.begin(), families_.end(), [&](const auto& one) { return one.name == full; });
  open_ = static_cast<std::size_t>(known - families_.begin());
  if (known != families_.end()) return;
  families_.push_back({full, "# HELP " + full + " " + std::string(help) + "\n# TYPE " + full + " " + std::string(type) + "\n"});
}

std::string Exposition::text() const {
  std::string all;
  for (const auto& one : families_) all += one.text;
  return all;
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
  auto& [family_name, text] = families_.at(open_);
  text += family_name + std::string(suffix);
  const char* separator = "{";
  const auto add = [&](std::string_view name, std::string_view label) {
    text += separator + std::string(name) + "=\"" + label_value(label) + "\"";
    separator = ",";
  };
  if (!org_.empty()) add("org", org_);
  for (const auto& [name, label] : labels) add(name, label);
  text += (labels.empty() && org_.empty() ? " " : "} ") + value + "\n";
}

http::Reply exposed(const Exposition& out) {
  http::Reply reply{.response = {.status = 200, .body = out.text()}};
  reply.response.headers.add("Content-Type", std::string(Exposition::kMediaType));
  return reply;
}

}  // namespace casewire::bridge
