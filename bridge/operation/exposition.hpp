#pragma once
// The text format of Prometheus. Source: prometheus.io, "Exposition formats", text format 0.0.4.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text/time.hpp"

namespace casewire::bridge {

class Exposition {
 public:
  using Labels = std::vector<std::pair<std::string_view, std::string_view>>;

  /// Begins a family; its samples follow. `name` without "casewire_bridge_"; `type` is gauge, counter or summary.
  void family(std::string_view name, std::string_view type, std::string_view help);
  void sample(std::int64_t value, const Labels& labels = {}) { line({}, labels, std::to_string(value)); }
  void seconds(milliseconds value, const Labels& labels = {}) { line({}, labels, seconds_text(value)); }
  /// Of a summary.
  void sum_and_count(milliseconds sum, std::uint64_t count, const Labels& labels);

  static constexpr std::string_view kMediaType = "text/plain; version=0.0.4; charset=utf-8";
  const std::string& text() const { return text_; }

 private:
  static std::string seconds_text(milliseconds value);
  void line(std::string_view suffix, const Labels& labels, const std::string& value);

  std::string name_;
  std::string text_;
};

}  // namespace casewire::bridge
