#pragma once
// A tape that is written exchange by exchange: in memory is one of them. What was there before stays until finish(), and if that is never
// reached nothing of the new one is left.

#include <cstddef>
#include <memory>
#include <set>
#include <string>

#include "base/recording/exchange.hpp"
#include "base/text/json.hpp"

namespace casewire::scenarios {

class TapeWriter {
 public:
  /// `log` as log_json() makes it. For its owner alone from the first byte on. Null: it cannot be written.
  static std::unique_ptr<TapeWriter> begin(const std::string& file, const Json& log);
  ~TapeWriter();

  /// Without secrets already. False: the disk refuses.
  bool add(const recording::Exchange& exchange);
  /// What stands in its folder of bodies and is not of this tape goes.
  bool finish();

 private:
  explicit TapeWriter(std::string file) : file_(std::move(file)) {}
  bool put(const std::string& text);
  std::string part() const { return file_ + ".part"; }

  const std::string file_;
  int out_ = -1;
  bool is_first_ = true;
  std::set<std::string> used_;  ///< bodies
  std::set<std::string> made_;  ///< of them, those that were not there
};

}  // namespace casewire::scenarios
