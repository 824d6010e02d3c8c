// Strings that look like a secret or like a person.

#include <algorithm>
#include <array>
#include <utility>

#include "base/text/strings.hpp"
#include "scenarios/lint.hpp"

namespace casewire::scenarios {
namespace {

bool is_token_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
         c == '!' || c == '+' || c == '/' || c == '=';
}

/// Beginnings of secrets, and how much must follow for it to be one.
struct SecretKind {
  std::string_view begin;
  std::size_t more;
  std::string_view what;
};
constexpr std::array<SecretKind, 8> kSecrets{{{"ocx_live_", 12, "a key of OpenCX"},
                                              {"whsec_", 16, "a webhook secret"},
                                              {"-----BEGIN PRIVATE KEY", 0, "a private key"},
                                              {"-----BEGIN RSA PRIVATE KEY", 0, "a private key"},
                                              {"5Aep", 40, "a refresh token of Salesforce"},
                                              {"eyJhbGciOi", 20, "a JSON Web Token"},
                                              {"3MVG9", 60, "a consumer key of Salesforce"},
                                              {"AKIA", 16, "an access key of AWS"}}};

/// `00D` and 12 or 15 more, an exclamation mark, and the rest: a session id of Salesforce.
std::size_t session_id_at(std::string_view text) {
  if (!text.starts_with("00D")) return 0;
  const auto mark = text.find('!');
  if (mark != 15 && mark != 18) return 0;
  std::size_t end = mark + 1;
  while (end < text.size() && is_token_character(text[end])) ++end;
  return end - mark > 20 ? end : 0;
}

bool is_reserved(std::string_view domain) {
  for (const std::string_view name : {"example.com", "example.org", "example.net"}) {
    if (domain == name || domain.ends_with("." + std::string(name))) return true;
  }
  for (const std::string_view top : {"test", "example", "invalid", "localhost"}) {
    if (domain == top || domain.ends_with("." + std::string(top))) return true;
  }
  return false;
}

class Lines {
 public:
  Lines(std::string_view text, std::string_view file, const LintPolicy& policy) : text_(text), file_(file), policy_(policy) {}

  std::vector<Diagnostic> found() {
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t taken = secret_at(at);
      at += taken != 0 ? taken : 1;
    }
    find_addresses();
    std::sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Diagnostic> diagnostics;
    for (auto& [at, diagnostic] : found_) diagnostics.push_back(std::move(diagnostic));
    return diagnostics;
  }

 private:
  void complain(std::size_t at, std::size_t length, const std::string& problem, const std::string& hint) {
    if (policy_.strings.contains(text_.substr(at, length))) return;
    found_.emplace_back(at,
                        Diagnostic{.where = {file_, position_at(text_, at)}, .problem = problem, .hint = hint, .length = length});
  }

  /// How much of the text a secret at this place takes; 0: there is none.
  std::size_t secret_at(std::size_t at) {
    if (at > 0 && is_token_character(text_[at - 1]) && text_[at - 1] != '=' && text_[at - 1] != '/') return 0;
    const std::string_view rest = text_.substr(at);
    for (const SecretKind& kind : kSecrets) {
      if (!rest.starts_with(kind.begin)) continue;
      std::size_t end = kind.begin.size();
      while (end < rest.size() && is_token_character(rest[end])) ++end;
      if (end - kind.begin.size() < kind.more) continue;
      complain(at, end, "this looks like " + std::string(kind.what), "casewire redact takes secrets out of a recording");
      return end;
    }
    if (const std::size_t length = session_id_at(rest); length != 0) {
      complain(at, length, "this looks like a session id of Salesforce", "casewire redact takes secrets out of a recording");
      return length;
    }
    return 0;
  }

  void find_addresses() {
    const auto is_local = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' ||
             c == '+';
    };
    for (std::size_t at = text_.find('@'); at != std::string_view::npos; at = text_.find('@', at + 1)) {
      std::size_t begin = at, end = at + 1;
      while (begin > 0 && is_local(text_[begin - 1])) --begin;
      while (end < text_.size() && is_local(text_[end]) && text_[end] != '_' && text_[end] != '+') ++end;
      while (end > at + 1 && (text_[end - 1] == '.' || text_[end - 1] == '-')) --end;
      const std::string domain = lowercase(text_.substr(at + 1, end - at - 1));
      const auto dot = domain.rfind('.');
      const bool is_domain = dot != std::string::npos && domain.size() - dot > 2 &&
                             std::all_of(domain.begin() + static_cast<std::ptrdiff_t>(dot) + 1, domain.end(),
                                         [](char c) { return c >= 'a' && c <= 'z'; });
      if (begin == at || !is_domain || is_reserved(domain) || policy_.domains.contains(domain)) continue;
      complain(begin, end - begin, "this may be somebody's address: " + domain + " is not reserved for examples",
               "use .test or .example, or let the domain pass in the policy file");
    }
  }

  std::string_view text_;
  std::string file_;
  const LintPolicy& policy_;
  std::vector<std::pair<std::size_t, Diagnostic>> found_;
};

}  // namespace

std::vector<Diagnostic> lint_text(std::string_view text, std::string_view file, const LintPolicy& policy) {
  return Lines(text, file, policy).found();
}

}  // namespace casewire::scenarios
