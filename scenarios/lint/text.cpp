// Strings that look like a secret or like a person.

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "base/recording/assigned_secrets.hpp"
#include "base/recording/secrets.hpp"
#include "base/text/ascii.hpp"
#include "base/text/encoded_block.hpp"
#include "base/text/spelling.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "scenarios/lint.hpp"

namespace casewire::scenarios {
namespace {

bool is_reserved(std::string_view domain) {
  for (const std::string_view name : {"example.com", "example.org", "example.net"}) {
    if (domain == name || domain.ends_with("." + std::string(name))) return true;
  }
  for (const std::string_view top : {"test", "example", "invalid", "localhost"}) {
    if (domain == top || domain.ends_with("." + std::string(top))) return true;
  }
  return false;
}

/// Letters of other alphabets too, as they stand in UTF-8.
bool is_of_an_address(char c) { return is_alphanumeric(c) || c == '.' || c == '_' || c == '-' || c == '+' || (c & 0x80) != 0; }

bool is_top_domain(std::string_view name) {
  if (name.starts_with("xn--")) return true;
  return name.size() > 1 &&
         std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c & 0x80) != 0; });
}

/// A text as its reader sees it, and where each of it stands as it is written.
class Plain {
 public:
  explicit Plain(std::string_view written) {
    for (std::size_t at = 0; at < written.size();) {
      const std::size_t next = std::min(written.find_first_of("%=\\&", at), written.size());
      text_ += written.substr(at, next - at);
      at = next;
      if (at == written.size()) break;
      const Character character = first_character(written.substr(at));
      if (character.spelling != Character::Spelling::nothing) text_ += utf8_of(character.code);
      at += character.written.size();
      steps_.emplace_back(text_.size(), at);
    }
  }
  const std::string& text() const { return text_; }
  std::size_t written_at(std::size_t at) const {
    const auto behind = std::upper_bound(steps_.begin(), steps_.end(), std::pair(at, std::string_view::npos));
    if (behind == steps_.begin()) return at;
    const auto& [plain, written] = *std::prev(behind);
    return written + (at - plain);
  }

 private:
  std::string text_;
  std::vector<std::pair<std::size_t, std::size_t>>
      steps_;  ///< behind each escape: where that is in the text, and where it is written
};

struct Suspect {
  std::size_t at = 0, length = 0;
  std::string problem, hint;
};

class Suspicion {
 public:
  explicit Suspicion(const LintPolicy& policy) : policy_(policy) {}

  /// In the text as it stands, as it is read, and in what is encoded within it.
  std::vector<Suspect> in(std::string_view text, int depth = 0) {
    constexpr int kEncodingsMax = 4;
    std::vector<Suspect> found = as_written(text);
    // JSON in the JSON of a recording is escaped twice.
    constexpr std::size_t kEscapesMax = 3;
    std::vector<Plain> layers;
    layers.reserve(kEscapesMax);  // what is seen stays where it is
    for (std::string_view seen = text; layers.size() < kEscapesMax; seen = layers.back().text()) {
      Plain plain(seen);
      if (plain.text() == seen) break;
      layers.push_back(std::move(plain));
      const auto written_at = [&](std::size_t at) {
        for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) at = layer->written_at(at);
        return at;
      };
      for (Suspect& one : as_written(layers.back().text())) {
        const std::size_t end = written_at(one.at + one.length);
        one.at = written_at(one.at);
        one.length = std::max(end, one.at + 1) - one.at;
        add(std::move(one), found);
      }
    }
    if (depth < kEncodingsMax) {
      for (const EncodedBlock& block : encoded_blocks(text)) {
        for (Suspect& one : in(block.decoded, depth + 1)) {
          one.at = block.begin;
          one.length = block.end - block.begin;
          one.problem += ", in base64 or hexadecimal digits";
          add(std::move(one), found);
        }
      }
    }
    std::stable_sort(found.begin(), found.end(), [](const Suspect& a, const Suspect& b) { return a.at < b.at; });
    return found;
  }

 private:
  /// The same at the same place is one, however it is read.
  static void add(Suspect one, std::vector<Suspect>& found) {
    const bool is_known = std::any_of(found.begin(), found.end(), [&](const Suspect& other) {
      return other.problem == one.problem && other.at < one.at + one.length && one.at < other.at + other.length;
    });
    if (!is_known) found.push_back(std::move(one));
  }

  std::vector<Suspect> as_written(std::string_view text) const {
    std::vector<Suspect> found;
    for (const recording::ShapedSecret& secret : recording::secrets_by_shape(text)) {
      if (policy_.strings.contains(text.substr(secret.at, secret.length))) continue;
      found.push_back({secret.at, secret.length, "this looks like " + std::string(secret.what),
                       "casewire redact takes secrets out of a recording"});
    }
    find_assigned(text, found);
    find_addresses(text, found);
    return found;
  }

  void find_assigned(std::string_view text, std::vector<Suspect>& found) const {
    const std::size_t by_shape = found.size();
    for (const recording::ShapedSecret& secret : recording::assigned_secrets(text)) {
      const bool is_known =
          std::any_of(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(by_shape),
                      [&](const Suspect& one) { return one.at < secret.at + secret.length && secret.at < one.at + one.length; });
      if (is_known || policy_.strings.contains(text.substr(secret.at, secret.length))) continue;
      found.push_back({secret.at, secret.length, "this looks like " + std::string(secret.what),
                       "take it out; what is none may pass, as one of the policy file's strings"});
    }
  }

  void find_addresses(std::string_view text, std::vector<Suspect>& found) const {
    for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
      std::size_t begin = at, end = at + 1;
      while (begin > 0 && is_of_an_address(text[begin - 1])) --begin;
      while (end < text.size() && is_of_an_address(text[end]) && text[end] != '_' && text[end] != '+') ++end;
      while (end > at + 1 && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
      const std::string domain = lowercase(text.substr(at + 1, end - at - 1));
      const auto dot = domain.rfind('.');
      if (begin == at || dot == std::string::npos || !is_top_domain(std::string_view(domain).substr(dot + 1))) continue;
      if (is_reserved(domain) || policy_.domains.contains(domain)) continue;
      if (policy_.strings.contains(text.substr(begin, end - begin))) continue;
      found.push_back({begin, end - begin, "this may be somebody's address: " + domain + " is not reserved for examples",
                       "use .test or .example, or let the domain pass in the policy file"});
    }
  }

  const LintPolicy& policy_;
};

}  // namespace

std::vector<Diagnostic> lint_text(std::string_view text, std::string_view file, const LintPolicy& policy) {
  std::vector<Diagnostic> found;
  for (Suspect& one : Suspicion(policy).in(text)) {
    found.push_back({.where = {std::string(file), position_at(text, one.at)},
                     .problem = std::move(one.problem),
                     .hint = std::move(one.hint),
                     .length = one.length});
  }
  return found;
}

}  // namespace casewire::scenarios
