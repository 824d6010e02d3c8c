#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>

#include "bridge/log.hpp"

namespace casewire::bridge {
namespace {

class StderrLog final : public Log {
 public:
  StderrLog(LogLevel least, LogFormat format)
      : least_(least), format_(format), logger_("casewire", std::make_shared<spdlog::sinks::stderr_sink_mt>()) {
    // The time is the machine's, in UTC: a log is for people, and stays true when a harness drives the bridge's own clock.
    const auto* pattern = format == LogFormat::json ? "{\"logged_at\":\"%Y-%m-%dT%H:%M:%S.%eZ\",%v" : "%Y-%m-%dT%H:%M:%S.%eZ %v";
    logger_.set_formatter(std::make_unique<spdlog::pattern_formatter>(pattern, spdlog::pattern_time_type::utc));
    logger_.set_level(spdlog::level::trace);
    logger_.flush_on(spdlog::level::trace);
  }

  void write(LogLevel level, std::string_view event, const LogFields& fields) override {
    if (level < least_.load()) return;
    if (format_ == LogFormat::text) {
      logger_.info("{}", text_line(level, event, fields));
    } else {
      logger_.info("{}", json_line(level, event, fields).substr(1));  // the pattern wrote the opening brace
    }
  }

  void write_from(LogLevel least) override { least_ = least; }

 private:
  std::atomic<LogLevel> least_;
  LogFormat format_;
  spdlog::logger logger_;
};

}  // namespace

std::unique_ptr<Log> make_stderr_log(LogLevel least, LogFormat format) { return std::make_unique<StderrLog>(least, format); }

}  // namespace casewire::bridge
