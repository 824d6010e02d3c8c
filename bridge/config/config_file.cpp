// The YAML side of the configuration. yaml-cpp accepts duplicate keys in silence, expands aliases without a bound and has no
// types: this one reader checks the former, refuses the second and leaves types to the table of settings.

#include <yaml-cpp/yaml.h>

#include <set>

#include "base/text/strings.hpp"
#include "bridge/config.hpp"
#include "bridge/config/settings.hpp"

namespace casewire::bridge {
namespace {

constexpr std::size_t kConfigBytesMax = 256u << 10;

class Reader {
 public:
  Reader(Config& config, std::string file) : config_(config), file_(std::move(file)) {}

  Result<void> read(const YAML::Node& root) {
    if (root.IsNull()) return {};
    return read_map(root, "");
  }

 private:
  Diagnostic complaint(const YAML::Mark& mark, std::string problem, std::string hint = {}) const {
    const bool has_place = mark.line >= 0;
    return {.where = {file_,
                      {has_place ? static_cast<std::size_t>(mark.line) + 1 : 0,
                       has_place ? static_cast<std::size_t>(mark.column) + 1 : 0}},
            .problem = std::move(problem),
            .hint = std::move(hint)};
  }

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
    std::vector<std::string> known;
    for (const auto& setting : all_settings()) {
      if (setting.key == key) return take(setting, value);
      if (setting.key.starts_with(key + ".")) return read_map(value, key + ".");
      known.push_back(setting.key);
    }
    const auto near = nearest(key, known);
    return fail(complaint(name.Mark(), "unknown setting \"" + key + "\"", near.empty() ? "" : "did you mean \"" + near + "\"?"));
  }

  Result<void> take(const Setting& setting, const YAML::Node& value) {
    std::vector<std::string> values;
    if (value.IsScalar()) {
      values.push_back(value.Scalar());
    } else if (value.IsSequence() && setting.takes == Takes::several && value.size() > 0 && value.size() <= 4) {
      for (const auto& one : value) {
        if (!one.IsScalar()) return fail(complaint(one.Mark(), "expected a text"));
        values.push_back(one.Scalar());
      }
    }
    std::string expected = setting.takes == Takes::several ? "one to four texts" : "one value";
    if (!values.empty()) expected = setting.set(config_, values);
    if (expected.empty()) return {};
    return fail(complaint(value.Mark(), setting.key + ": expected " + expected));
  }

  Config& config_;
  std::string file_;
};

}  // namespace

Result<void> read_config_file(Config& config, std::string_view text, std::string_view file) {
  const std::string name(file);
  if (text.size() > kConfigBytesMax) return fail(Diagnostic{.where = {name, {}}, .problem = "the file is over 256 KB"});
  try {
    return Reader(config, name).read(YAML::Load(std::string(text)));
  } catch (const YAML::Exception& error) {
    const bool has_place = error.mark.line >= 0;
    return fail(Diagnostic{.where = {name,
                                     {has_place ? static_cast<std::size_t>(error.mark.line) + 1 : 0,
                                      has_place ? static_cast<std::size_t>(error.mark.column) + 1 : 0}},
                           .problem = "not YAML: " + error.msg});
  }
}

}  // namespace casewire::bridge
