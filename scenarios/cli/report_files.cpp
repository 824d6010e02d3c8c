#include "scenarios/cli/report_files.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <system_error>

#include "base/text/result.hpp"
#include "scenarios/report/formats.hpp"
#include "scenarios/report/github.hpp"
#include "sim/world/entry_json.hpp"

namespace casewire::scenarios {
namespace {

namespace fs = std::filesystem;

Result<void, std::string> may_write(const fs::path& path) {
  if (::access(path.c_str(), W_OK) == 0) return {};
  return fail("cannot write " + path.string() + ": " + std::generic_category().message(errno));
}

Result<void, std::string> make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return fail("cannot make the folder " + folder.string() + ": " + error.message());
  return may_write(folder);
}

Result<void, std::string> prepare_file(const fs::path& file) {
  std::error_code ignored;
  if (fs::is_directory(file, ignored)) return fail("cannot write " + file.string() + ": it is a folder");
  if (fs::exists(file, ignored)) return may_write(file);
  return make_folder(file.has_parent_path() ? file.parent_path() : fs::path("."));
}

Result<void, std::string> write_file(const std::string& path, const std::string& content,
                                     std::ios::openmode mode = std::ios::binary) {
  errno = 0;
  std::ofstream out(path, mode);
  out << content;
  if (out.flush()) return {};
  return fail("cannot write " + path + ": " + std::generic_category().message(errno));
}

Result<void, std::string> write_journals(const RunResult& result, const std::string& folder) {
  for (const ScenarioResult& scenario : result.scenarios) {
    std::string lines;
    for (const sim::Entry& entry : scenario.journal) lines += sim::to_line(entry) + "\n";
    if (auto written = write_file(folder + "/" + scenario.file_stem + ".jsonl", lines); !written) return written;
  }
  return {};
}

}  // namespace

std::string report_problems(const ReportOptions& options) {
  std::string problems;
  std::map<fs::path, std::string> options_of;
  for (const auto& [option, file] : options.files) {
    if (file.empty()) continue;
    const auto [other, is_new] = options_of.try_emplace(fs::path(file).lexically_normal(), option);
    if (!is_new) problems += "casewire: --" + other->second + " and --" + option + " name the same file\n";
    if (const auto prepared = prepare_file(file); !prepared) problems += "casewire: " + prepared.error() + "\n";
  }
  for (const std::string& folder : {options.har_folder, options.journal_folder, options.artifacts_folder}) {
    if (folder.empty()) continue;
    if (const auto made = make_folder(folder); !made) problems += "casewire: " + made.error() + "\n";
  }
  return problems;
}

WrittenReports write_reports(const RunResult& result, const ReportOptions& options) {
  WrittenReports reports;
  const auto keep = [&](const std::string& path, const Result<void, std::string>& written) {
    if (written) {
      reports.files.push_back(path);
    } else {
      reports.problems += "casewire: " + written.error() + "\n";
    }
  };
  for (const report::Format& format : report::formats()) {
    const auto asked = options.files.find(std::string(format.option));
    if (asked == options.files.end() || asked->second.empty()) continue;
    keep(asked->second, write_file(asked->second, format.render(result)));
  }
  if (!options.journal_folder.empty()) keep(options.journal_folder, write_journals(result, options.journal_folder));
  if (!options.har_folder.empty()) reports.files.push_back(options.har_folder);
  if (options.github) {
    std::cout << github_annotations(result);
    if (const char* summary = std::getenv("GITHUB_STEP_SUMMARY"); summary != nullptr && *summary != '\0') {
      keep(summary, write_file(summary, github_summary(result), std::ios::binary | std::ios::app));
    }
  }
  return reports;
}

}  // namespace casewire::scenarios
