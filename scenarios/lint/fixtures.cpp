// Fixtures that nobody names.

#include <algorithm>
#include <filesystem>

#include "scenarios/language/fixtures.hpp"
#include "scenarios/lint.hpp"

namespace casewire::scenarios {

std::vector<Diagnostic> lint_fixtures(const std::string& root, std::string_view features, const LintPolicy& policy) {
  std::vector<Diagnostic> found;
  const Fixtures fixtures(root);
  for (const char* folder : {"files", "mail", "orgs", "recordings"}) {
    for (const std::string& name : fixtures.names(folder)) {
      const std::string path = std::string(folder) + "/" + name;
      if (path.ends_with(".bodies")) {
        // Of a recording; one that nobody names any more tells what it told.
        const std::string recording = path.substr(0, path.size() - std::string_view(".bodies").size()) + ".har";
        std::error_code error;
        if (!std::filesystem::exists(std::filesystem::path(root) / recording, error))
          found.push_back({.where = {root + "/" + path, {}},
                           .problem = "these bodies are of a recording that is not there",
                           .hint = "delete them"});
        continue;
      }
      const bool is_named = features.find(name) != std::string_view::npos || name == kDefaultOrg;
      if (is_named || policy.unused.contains(path)) continue;
      found.push_back({.where = {root + "/" + path, {}},
                       .problem = "no scenario names this fixture",
                       .hint = "delete it, or list \"" + path + "\" under \"unused\" in the policy file"});
    }
  }
  return found;
}

}  // namespace casewire::scenarios
