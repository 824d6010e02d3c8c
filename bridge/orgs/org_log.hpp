#pragma once
// The log as one org of several writes it: each line says whose it is.

#include <string>
#include <utility>

#include "bridge/log.hpp"

namespace casewire::bridge {

/// `inner` outlives it. Without a name it changes nothing.
class OrgLog final : public Log {
 public:
  OrgLog(Log& inner, std::string org) : inner_(inner), org_(std::move(org)) {}

  void write(LogLevel level, std::string_view event, const LogFields& fields) override {
    if (org_.empty()) return inner_.write(level, event, fields);
    LogFields mine{{"org", org_}};
    mine.insert(mine.end(), fields.begin(), fields.end());
    inner_.write(level, event, mine);
  }
  void write_from(LogLevel least) override { inner_.write_from(least); }

 private:
  Log& inner_;
  std::string org_;
};

}  // namespace casewire::bridge
