#pragma once
// What the bridge tells its operator: one event per line, with named facts. Never a token, a secret, or the text of a message;
// addresses of customers stand in it only as part of a conversation's key.

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casewire::bridge {

enum class LogLevel { debug, info, warning, error };
std::string_view name_of(LogLevel level);

using LogFields = std::vector<std::pair<std::string, std::string>>;

/// Thread-safe.
class Log {
 public:
  virtual ~Log() = default;
  /// `event` is a short phrase that never varies ("job parked"); what varies goes into `fields`.
  virtual void write(LogLevel level, std::string_view event, const LogFields& fields) = 0;
  /// From now on what is less loud is not written.
  virtual void write_from(LogLevel) {}

  void debug(std::string_view event, const LogFields& fields = {}) { write(LogLevel::debug, event, fields); }
  void info(std::string_view event, const LogFields& fields = {}) { write(LogLevel::info, event, fields); }
  void warning(std::string_view event, const LogFields& fields = {}) { write(LogLevel::warning, event, fields); }
  void error(std::string_view event, const LogFields& fields = {}) { write(LogLevel::error, event, fields); }
};

/// Says nothing.
class SilentLog final : public Log {
 public:
  void write(LogLevel, std::string_view, const LogFields&) override {}
};

enum class LogFormat { text, json };

/// Lines on standard error.
std::unique_ptr<Log> make_stderr_log(LogLevel least, LogFormat format);

/// `level=info event="job parked" subject=case:500...` without a time; values are quoted where they need it and cut at 500 bytes.
std::string text_line(LogLevel level, std::string_view event, const LogFields& fields);
/// The same as one JSON object.
std::string json_line(LogLevel level, std::string_view event, const LogFields& fields);

}  // namespace casewire::bridge
