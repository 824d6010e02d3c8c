#include "scenarios/cli/report_files.hpp"

#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "base/text/result.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/junit.hpp"
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

Result<void, std::string> write_file(const std::string& path, const std::string& content) {
  errno = 0;
  std::ofstream out(path, std::ios::binary);
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

std::string report_problems(const RunOptions& options) {
  std::string problems;
  if (!options.html_file.empty() &&
      fs::path(options.html_file).lexically_normal() == fs::path(options.junit_file).lexically_normal()) {
    problems += "casewire: --html and --junit name the same file\n";
  }
  for (const std::string& file : {options.junit_file, options.html_file}) {
    if (file.empty()) continue;
    if (const auto prepared = prepare_file(file); !prepared) problems += "casewire: " + prepared.error() + "\n";
  }
  for (const std::string& folder : {options.har_folder, options.journal_folder}) {
    if (folder.empty()) continue;
    if (const auto made = make_folder(folder); !made) problems += "casewire: " + made.error() + "\n";
  }
  return problems;
}

WrittenReports write_reports(const RunResult& result, const RunOptions& options) {
  WrittenReports reports;
  const auto keep = [&](const std::string& path, const Result<void, std::string>& written) {
    if (written) {
      reports.files.push_back(path);
    } else {
      reports.problems += "casewire: " + written.error() + "\n";
    }
  };
  if (!options.junit_file.empty()) keep(options.junit_file, write_file(options.junit_file, junit(result)));
  if (!options.html_file.empty()) keep(options.html_file, write_file(options.html_file, html(result)));
  if (!options.journal_folder.empty()) keep(options.journal_folder, write_journals(result, options.journal_folder));
  if (!options.har_folder.empty()) reports.files.push_back(options.har_folder);  // written as the scenarios ended
  return reports;
}

}  // namespace casewire::scenarios
