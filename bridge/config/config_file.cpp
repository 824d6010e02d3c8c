// The YAML side of the configuration. yaml-cpp accepts duplicate keys in silence, expands aliases without a bound and has no
// types: this one reader checks the former, refuses the second and leaves types to the table of settings.

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>

#include "base/text/ascii.hpp"
#include "base/text/strings.hpp"
#include "bridge/config.hpp"
#include "bridge/config/secret_file.hpp"
#include "bridge/config/settings.hpp"

namespace casewire::bridge {
namespace {

constexpr std::size_t kConfigBytesMax = 256u << 10;

constexpr std::size_t kOrgNameMax = 48;
constexpr const char* kOrgs = "orgs";

/// It stands in paths, in variables and in the name of a database's schema, which may be 63 bytes long. A variable that ends in _FILE names a file.
bool is_org_name(std::string_view name) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-'; };
  const bool is_a_files = name == "file" || name.ends_with("-file");
  return !is_a_files && !name.empty() && name.size() <= kOrgNameMax && std::all_of(name.begin(), name.end(), fits);
}

Position position_of(const YAML::Mark& mark) {
  if (mark.line < 0) return {};
  return {static_cast<std::size_t>(mark.line) + 1, static_cast<std::size_t>(mark.column) + 1};
}

/// Of the settings of all, or of one org.
class Reader {
 public:
  Reader(Config& config, std::string file) : config_(config), file_(std::move(file)) {
    if (!config_.org.empty()) section_ = std::string(kOrgs) + "." + config_.org + ".";
  }

  Result<void> read(const YAML::Node& root) {
    if (root.IsNull()) return {};
    return read_map(root, "");
  }
  /// What stands under `orgs`, if it was there.
  const YAML::Node& orgs() const { return orgs_; }

  Diagnostic complaint(const YAML::Mark& mark, std::string problem, std::string hint = {}) const {
    return {.where = {file_, position_of(mark)}, .problem = std::move(problem), .hint = std::move(hint)};
  }

 private:
  Result<void> read_map(const YAML::Node& map, const std::string& prefix) {
    if (!map.IsMap()) return fail(complaint(map.Mark(), "expected settings as \"key: value\""));
    std::set<std::string> seen;
    for (const auto& pair : map) {
      if (!pair.first.IsScalar()) return fail(complaint(pair.first.Mark(), "expected the name of a setting"));
      const auto name = pair.first.Scalar();
      if (!seen.insert(name).second) return fail(complaint(pair.first.Mark(), "\"" + name + "\" is set twice"));
      if (auto done = read_setting(pair.first, prefix + name, pair.second); !done) return done;
    }
    return {};
  }

  Result<void> read_setting(const YAML::Node& name, const std::string& key, const YAML::Node& value) {
    if (section_.empty() && key == kOrgs) {
      orgs_.reset(value);
      return {};
    }
    std::vector<std::string> known;
    for (const auto& setting : all_settings()) {
      const bool is_here = section_.empty() || !is_of_the_process(setting);
      if (!is_here && (setting.key == key || setting.key.starts_with(key + "."))) {
        return fail(complaint(name.Mark(), section_ + key + ": one for all orgs", "it stands at the top of the file"));
      }
      if (setting.key == key) return take(setting, value);
      if (setting.key.starts_with(key + ".")) return read_map(value, key + ".");
      if (is_here) known.push_back(setting.key);
    }
    if (section_.empty()) known.emplace_back(kOrgs);
    const auto near = nearest(key, known);
    return fail(complaint(name.Mark(), "unknown setting \"" + section_ + key + "\"",
                          near.empty() ? "" : "did you mean \"" + section_ + near + "\"?"));
  }

  Result<void> take(const Setting& setting, const YAML::Node& value) {
    std::vector<std::string> values;
    if (value.IsScalar()) {
      values.push_back(value.Scalar());
    } else if (value.IsSequence() && setting.takes == Takes::several && value.size() > 0 && value.size() <= kSeveralMost) {
      for (const auto& one : value) {
        if (!one.IsScalar()) return fail(complaint(one.Mark(), "expected a text"));
        values.push_back(one.Scalar());
      }
    }
    if (value.IsMap() && setting.shown != Shown::openly) {
      auto secrets = from_file(setting, value);
      if (!secrets) return fail(std::move(secrets.error()));
      values = std::move(*secrets);
    }
    std::string expected = setting.takes == Takes::several ? "one to four texts" : "one value";
    if (!values.empty()) expected = setting.set(config_, values);
    if (expected.empty()) return {};
    return fail(complaint(value.Mark(), section_ + setting.key + ": expected " + expected));
  }

  /// `{file: PATH}`. Of several secrets each is a line.
  Result<std::vector<std::string>> from_file(const Setting& setting, const YAML::Node& value) const {
    const auto path = value["file"];
    const bool is_one = value.size() == 1 && path.IsDefined() && path.IsScalar();
    if (!is_one) return fail(complaint(value.Mark(), section_ + setting.key + ": expected its text, or {file: PATH}"));
    const auto text = read_secret_file(path.Scalar());
    if (!text) return fail(complaint(path.Mark(), section_ + setting.key + ": the file " + text.error()));
    if (setting.takes == Takes::one) return std::vector<std::string>{*text};
    std::vector<std::string> secrets;
    for (const auto line : split(*text, '\n')) secrets.emplace_back(trimmed(line));
    if (secrets.size() > kSeveralMost)
      return fail(complaint(path.Mark(), section_ + setting.key + ": expected one to four lines"));
    return secrets;
  }

  Config& config_;
  std::string file_;
  std::string section_;  ///< "orgs.acme."; empty: of all
  YAML::Node orgs_{YAML::NodeType::Undefined};
};

/// Each begins with what is said of all.
Result<void> read_orgs(Configuration& configuration, const YAML::Node& orgs, const Reader& reader,
                       const Environment& environment) {
  const auto& shared = configuration.shared;
  if (!orgs.IsMap() || orgs.size() == 0) {
    return fail(reader.complaint(orgs.Mark(), "orgs: expected each org's settings under its name"));
  }
  for (const auto& pair : orgs) {
    const auto name = pair.first.IsScalar() ? pair.first.Scalar() : std::string();
    const auto mark = pair.first.Mark();
    if (!is_org_name(name)) {
      return fail(reader.complaint(mark, "orgs: expected a name of 1 to 48 small letters, digits and hyphens",
                                   "the name is yours to choose; it stands in commands, logs and metrics"));
    }
    if (!configuration.places.emplace(name, position_of(mark)).second) {
      return fail(reader.complaint(mark, "orgs: \"" + name + "\" stands there twice"));
    }
    auto& config = configuration.orgs.emplace_back(shared);
    config.org = name;
    if (auto read = Reader(config, shared.file).read(pair.second); !read) return read;
    if (auto read = read_environment(config, environment); !read) return read;
  }
  std::sort(configuration.orgs.begin(), configuration.orgs.end(), [](const auto& a, const auto& b) { return a.org < b.org; });
  return {};
}

Result<Configuration> read_yaml(const YAML::Node& root, std::string_view file, const Environment& environment) {
  Configuration configuration;
  auto& shared = configuration.shared;
  shared.file = file;
  Reader reader(shared, shared.file);
  if (auto read = reader.read(root); !read) return fail(std::move(read.error()));
  if (auto read = read_environment(shared, environment); !read) return fail(std::move(read.error()));
  if (!reader.orgs().IsDefined()) {
    configuration.orgs.push_back(shared);
    return configuration;
  }
  if (auto read = read_orgs(configuration, reader.orgs(), reader, environment); !read) return fail(std::move(read.error()));
  return configuration;
}

}  // namespace

Result<Configuration> read_configuration(std::string_view text, std::string_view file, const Environment& environment) {
  const std::string name(file);
  if (text.size() > kConfigBytesMax) return fail(Diagnostic{.where = {name, {}}, .problem = "the file is over 256 KB"});
  try {
    return read_yaml(YAML::Load(std::string(text)), file, environment);
  } catch (const YAML::Exception& error) {
    return fail(Diagnostic{.where = {name, position_of(error.mark)}, .problem = "not YAML: " + error.msg});
  }
}

}  // namespace casewire::bridge
