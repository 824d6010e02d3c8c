#pragma once
// The text format of Prometheus. Source: prometheus.io, "Exposition formats", text format 0.0.4.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/http/handler.hpp"
#include "base/text/time.hpp"

namespace casewire::bridge {

class Exposition {
 public:
  using Labels = std::vector<std::pair<std::string_view, std::string_view>>;

  /// What follows is of that org of several: each sample has its name as the label `org`.
  void of_org(std::string name) { org_ = std::move(name); }
  /// Begins a family, or goes on with it; its samples follow. `name` without "casewire_bridge_"; `type` is gauge, counter or summary.
  void family(std::string_view name, std::string_view type, std::string_view help);
  void sample(std::int64_t value, const Labels& labels = {}) { line({}, labels, std::to_string(value)); }
  void seconds(milliseconds value, const Labels& labels = {}) { line({}, labels, seconds_text(value)); }
  /// Of a summary.
  void sum_and_count(milliseconds sum, std::uint64_t count, const Labels& labels);

  static constexpr std::string_view kMediaType = "text/plain; version=0.0.4; charset=utf-8";
  /// All samples of a family stand together, as the format wants them.
  std::string text() const;

 private:
  struct Family {
    std::string name;
    std::string text;
  };
  static std::string seconds_text(milliseconds value);
  void line(std::string_view suffix, const Labels& labels, const std::string& value);

  std::string org_;
  std::vector<Family> families_;
  std::size_t open_ = 0;
};

http::Reply exposed(const Exposition& out);

}  // namespace casewire::bridge
