#include "scenarios/cli/project_file.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "scenarios/report/formats.hpp"

namespace casewire::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFileBytesMax = 256u << 10;
constexpr std::size_t kValuesMax = 1'000;

// What a setting takes; the words are those of the documentation and of complaints.
constexpr const char* kText = "text";
constexpr const char* kTexts = "text or list of texts";
constexpr const char* kPath = "path";
constexpr const char* kPaths = "path or list of paths";
constexpr const char* kYesNo = "true or false";
constexpr const char* kNumber = "whole number";
constexpr const char* kVariables = "variables as NAME: VALUE";

std::vector<ProjectKey> all_keys() {
  std::vector<ProjectKey> keys{{"scenarios", "paths", kPaths},
                               {"fixtures", "--fixtures", kPath},
                               {"tags", "--tag", kTexts},
                               {"seed", "--seed", kNumber},
                               {"jobs", "--jobs", kNumber},
                               {"bridge.command", "--bridge", kText},
                               {"bridge.environment", "--bridge-env", kVariables},
                               {"bridge.control", "--bridge-control", kYesNo},
                               {"bridge.real-time", "--real-time", kYesNo},
                               {"bridge.patience", "--patience", kText}};
  for (const report::Format& format : report::formats()) {
    keys.push_back({"reports." + std::string(format.option), "--" + std::string(format.option), kPath});
  }
  for (const char* folder : {"journal", "har", "artifacts"}) {
    keys.push_back({std::string("reports.") + folder, std::string("--") + folder, kPath});
  }
  keys.push_back({"reports.github", "--github", kYesNo});
  return keys;
}

class Reader {
 public:
  Reader(std::string_view text, ProjectFile& file) : text_(text), file_(file) {}

  Result<void> read(const YAML::Node& root) {
    if (root.IsNull()) return {};
    if (auto done = read_map(root, ""); !done) return done;
    return bridge_is_named();
  }

  Where at(const YAML::Mark& mark) const {
    if (mark.line < 0) return {file_.path, {}};
    // yaml-cpp counts bytes.
    std::string_view line = text_;
    for (int i = 0; i < mark.line; ++i) line.remove_prefix(std::min(line.find('\n'), line.size() - 1) + 1);
    const std::size_t column = character_count(line.substr(0, static_cast<std::size_t>(mark.column)));
    return {file_.path, {static_cast<std::size_t>(mark.line) + 1, column + 1}};
  }

 private:
  Diagnostic complaint(const YAML::Node& node, std::string problem, std::string hint = {}) const {
    return {.where = at(node.Mark()),
            .problem = std::move(problem),
            .hint = std::move(hint),
            .length = node.IsScalar() ? std::max<std::size_t>(1, character_count(node.Scalar())) : 1};
  }

  Result<void> read_map(const YAML::Node& map, const std::string& prefix) {
    if (!map.IsMap()) {
      return fail(complaint(map,
                            prefix.empty() ? std::string("expected settings as \"key: value\"")
                                           : prefix.substr(0, prefix.size() - 1) + ": expected settings as \"key: value\"",
                            known_below(prefix)));
    }
    std::set<std::string> seen;
    for (const auto& pair : map) {
      if (!pair.first.IsScalar()) return fail(complaint(pair.first, "expected the name of a setting"));
      const auto& name = pair.first.Scalar();
      if (!seen.insert(name).second) return fail(complaint(pair.first, "\"" + name + "\" is set twice"));
      if (auto done = read_setting(pair.first, prefix, pair.second); !done) return done;
    }
    return {};
  }

  Result<void> read_setting(const YAML::Node& name, const std::string& prefix, const YAML::Node& value) {
    const std::string key = prefix + name.Scalar();
    for (const ProjectKey& known : project_keys()) {
      if (known.key == key) return take(known, value);
      if (known.key.starts_with(key + ".")) return read_map(value, key + ".");
    }
    return fail(complaint(name, "there is no setting \"" + key + "\"", hint_for(key, prefix)));
  }

  static std::string hint_for(const std::string& key, const std::string& prefix) {
    std::vector<std::string> keys;
    for (const ProjectKey& known : project_keys()) {
      keys.push_back(known.key);
      if (const auto dot = known.key.find('.'); dot != std::string::npos) keys.push_back(known.key.substr(0, dot));
    }
    const std::string near = nearest(key, keys);
    return near.empty() ? known_below(prefix) : "did you mean \"" + near + "\"?";
  }

  static std::string known_below(const std::string& prefix) {
    std::string hint;
    std::set<std::string> said;
    for (const ProjectKey& known : project_keys()) {
      if (!known.key.starts_with(prefix)) continue;
      const std::string rest = known.key.substr(prefix.size());
      const std::string name = rest.substr(0, rest.find('.'));
      if (said.insert(name).second) hint += (hint.empty() ? "known are " : ", ") + name;
    }
    return hint;
  }

  Result<void> take(const ProjectKey& key, const YAML::Node& value) {
    if (value.IsNull()) return {};  // "jobs:" with nothing behind it sets nothing
    ProjectSetting setting{key.key, key.option, {}, at(value.Mark())};
    const std::string_view takes = key.takes;
    if (takes == kVariables) {
      if (auto done = take_variables(value, setting); !done) return done;
    } else if (value.IsScalar()) {
      setting.values.push_back(value.Scalar());
    } else if (value.IsSequence() && (takes == kTexts || takes == kPaths) && value.size() <= kValuesMax) {
      for (const auto& one : value) {
        if (!one.IsScalar()) return fail(complaint(one, key.key + ": expected a text"));
        setting.values.push_back(one.Scalar());
      }
    } else {
      return fail(complaint(value, key.key + ": expected " + key.takes));
    }
    if (takes == kYesNo && setting.values.front() != "true" && setting.values.front() != "false") {
      return fail(complaint(value, key.key + ": expected true or false, found \"" + setting.values.front() + "\""));
    }
    if (std::any_of(setting.values.begin(), setting.values.end(), [](const std::string& one) { return one.empty(); })) {
      return fail(complaint(value, key.key + ": expected " + key.takes + ", found an empty text"));
    }
    if (takes == kPath || takes == kPaths) {
      for (std::string& path : setting.values) path = seen_from_here(path);
    }
    if (!setting.values.empty()) file_.settings.push_back(std::move(setting));
    return {};
  }

  Result<void> take_variables(const YAML::Node& value, ProjectSetting& setting) const {
    if (!value.IsMap() || value.size() > kValuesMax) {
      return fail(complaint(value, setting.key + ": expected " + kVariables));
    }
    std::set<std::string> seen;
    for (const auto& pair : value) {
      if (!pair.first.IsScalar() || !pair.second.IsScalar()) {
        return fail(complaint(pair.second, setting.key + ": expected " + kVariables));
      }
      if (!seen.insert(pair.first.Scalar()).second) {
        return fail(complaint(pair.first, "\"" + pair.first.Scalar() + "\" is set twice"));
      }
      setting.values.push_back(pair.first.Scalar() + "=" + pair.second.Scalar());
    }
    return {};
  }

  std::string seen_from_here(const std::string& path) const {
    return fs::path(path).is_absolute() ? path : (fs::path(file_.folder) / path).lexically_normal().string();
  }

  /// How a bridge is treated says nothing without the bridge: ours has its way.
  Result<void> bridge_is_named() const {
    const auto has = [&](std::string_view key) {
      return std::any_of(file_.settings.begin(), file_.settings.end(), [&](const auto& one) { return one.key == key; });
    };
    if (has("bridge.command")) return {};
    for (const ProjectSetting& setting : file_.settings) {
      if (!setting.key.starts_with("bridge.") || setting.key == "bridge.environment") continue;
      return fail(Diagnostic{
          .where = setting.where, .problem = setting.key + " is for a bridge of your own", .hint = "name it: bridge.command"});
    }
    return {};
  }

  std::string_view text_;
  ProjectFile& file_;
};

}  // namespace

const std::vector<ProjectKey>& project_keys() {
  static const std::vector<ProjectKey> keys = all_keys();
  return keys;
}

std::string nearest_project_file() {
  std::error_code error;
  fs::path up;
  for (fs::path at = fs::current_path(error); !error; at = at.parent_path(), up /= "..") {
    std::error_code ignored;
    if (fs::is_regular_file(at / kProjectFile, ignored)) return (up / kProjectFile).string();
    if (fs::exists(at / ".git", ignored) || at == at.parent_path()) break;
  }
  return {};
}

Result<ProjectFile> read_project_file(std::string_view text, const std::string& path) {
  ProjectFile file{path, fs::path(path).parent_path().string(), {}};
  if (text.size() > kFileBytesMax) return fail(Diagnostic{.where = {path, {}}, .problem = "the file is over 256 KB"});
  Reader reader(text, file);
  try {
    if (auto read = reader.read(YAML::Load(std::string(text))); !read) return fail(read.error());
  } catch (const YAML::Exception& error) {
    return fail(Diagnostic{.where = reader.at(error.mark), .problem = "not YAML: " + error.msg});
  }
  return file;
}

}  // namespace casewire::scenarios
