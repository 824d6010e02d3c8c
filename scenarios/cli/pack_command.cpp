#include "scenarios/cli/pack_command.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iostream>

#include "base/text/counted.hpp"
#include "scenarios/cli/artifacts.hpp"
#include "scenarios/cli/complaint.hpp"
#include "scenarios/cli/places.hpp"
#include "scenarios/cli/whole_file.hpp"
#include "scenarios/evidence/archive.hpp"
#include "scenarios/report/run_json.hpp"
#include "scenarios/runner/temporary_folder.hpp"

namespace casewire::scenarios {
namespace {

namespace fs = std::filesystem;

bool add_folder(const fs::path& folder, const std::string& prefix, std::vector<NamedBytes>& files,
                const std::function<bool(const std::string& name)>& is_wanted) {
  std::error_code error;
  std::vector<fs::path> found;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->is_regular_file(error)) found.push_back(at->path());
  }
  std::sort(found.begin(), found.end());
  for (const fs::path& file : found) {
    const std::string name = fs::relative(file, folder, error).generic_string();
    if (!is_wanted(name)) continue;
    auto bytes = whole_file(file);
    if (!bytes) return false;
    files.push_back({prefix + name, *std::move(bytes)});
  }
  return true;
}

/// A scenario names its fixtures in quotes ("invoice.pdf"); the org it need not name.
bool is_named_in(const std::string& text, const std::string& fixture) {
  const auto kind = fixture.find('/');
  if (kind == std::string::npos) return false;
  const std::string rest = fixture.substr(kind + 1);
  const std::string name = rest.substr(0, rest.find('/'));
  return fixture.starts_with("orgs/service-cloud/") || text.find('"' + name + '"') != std::string::npos;
}

int written(const std::string& out, const std::vector<NamedBytes>& files, int code) {
  if (!write_zip(out, files)) return complain("pack", "cannot write " + out);
  std::cout << "packed: " << out << ", " << counted(files.size(), "file") << "\n";
  return code;
}

/// What `casewire run --artifacts` kept, as it lies there: nothing is played.
int pack_artifacts(const fs::path& folder, const std::string& out) {
  std::vector<NamedBytes> files;
  if (!add_folder(folder, "", files, [](const std::string&) { return true; }))
    return complain("pack", "cannot read " + folder.string());
  const fs::path whole = fs::path(folder / "").lexically_normal().parent_path();
  return written(out.empty() ? whole.filename().string() + ".zip" : out, files, 0);
}

}  // namespace

int pack_scenarios(const PackOptions& options) {
  if (options.run.paths.empty()) return complain("pack", "name the scenarios to pack");
  if (options.run.paths.size() == 1 && holds_artifacts(options.run.paths.front()))
    return pack_artifacts(options.run.paths.front(), options.out);
  const TemporaryFolder scratch("casewire-pack");
  const fs::path results = fs::path(scratch.path()) / "run";
  PackOptions packed = options;
  packed.run.reports.files["html"] = (results / "report.html").string();
  packed.run.reports.files["json"] = (results / "run.json").string();
  packed.run.reports.har_folder = (results / "har").string();
  packed.run.reports.journal_folder = (results / "journal").string();
  packed.run.reports.are_named = false;  // they are gone once they are in the zip
  const int code = run_scenarios(packed.run);
  if (code == 2) return code;

  std::vector<NamedBytes> files;
  std::string texts;
  std::error_code error;
  for (const std::string& path : options.run.paths) {
    std::string file = path;
    if (const auto colon = file.rfind(':'); colon != std::string::npos && !fs::exists(file, error)) file.erase(colon);
    if (fs::is_directory(file, error)) {
      if (!add_folder(file, "", files, [](const std::string& name) { return name.ends_with(".feature"); }))
        return complain("pack", "cannot read " + file);
      continue;
    }
    auto bytes = whole_file(file);
    if (!bytes) return complain("pack", "cannot read " + file);
    files.push_back({fs::path(file).filename().string(), *std::move(bytes)});
  }
  for (const NamedBytes& file : files) texts += file.bytes;
  const std::string fixtures = !options.run.fixtures.empty() ? options.run.fixtures : fixtures_above(options.run.paths.front());
  const bool is_read = (fixtures.empty() || add_folder(fixtures, "fixtures/", files,
                                                       [&](const std::string& name) { return is_named_in(texts, name); })) &&
                       add_folder(results, "run/", files, [](const std::string&) { return true; });
  if (!is_read) return complain("pack", "cannot read what is to be packed");
  if (const auto result = read_run_json(whole_file(results / "run.json").value_or(""))) {
    for (const ScenarioResult& scenario : result->scenarios)
      files.push_back({"run/bridge-log/" + scenario.file_stem + ".log", log_text(scenario)});
  }
  const std::string out = options.out.empty() ? fs::path(files.front().name).stem().string() + ".zip" : options.out;
  return written(out, files, code);
}

}  // namespace casewire::scenarios
