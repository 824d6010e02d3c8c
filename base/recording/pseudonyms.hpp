#pragma once
// Takes out of recorded traffic what must not be passed on. A secret is found by the name it goes under (a header, a form field,
// a JSON member, an element), by its shape (secrets.hpp) or by where it stands (the last part of a webhook's URL); from then on its value is replaced wherever it stands, always
// by the same pseudonym: also where it is escaped (percent signs once or twice, JSON, HTML, quoted-printable) or within base64 or
// hexadecimal digits, and written back in that spelling. The hosts of a run become `http://SYSTEM.test`.

#include <bitset>
#include <cstddef>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/recording/exchange.hpp"

namespace casewire::recording {

/// What a pseudonym begins with; a number follows.
inline constexpr std::string_view kPseudonym = "casewire-masked-";
/// Whether a value stands for a secret that is not in the recording.
bool is_pseudonym(std::string_view value);
/// Every `from` in `text` becomes `to`; `from` is not empty.
std::string replaced(std::string text, std::string_view from, std::string_view to);

/// An exchange without its secrets, as far as they were known.
struct Masked {
  Exchange exchange;
  std::size_t known = 0;  ///< so many values were replaced then
};

/// Thread-safe.
class Pseudonyms {
 public:
  Pseudonyms();

  /// Learns from it and masks it. `begun` is what was given for the same exchange when it began: its request stands as it is where nothing
  /// has been learned since.
  Masked learned_and_masked(const Exchange& exchange, const Masked* begun);

  /// The secrets of an exchange, and the hosts it names.
  void learn(const Exchange& exchange);
  /// One that is known from elsewhere. What is too short to be replaced everywhere is let go.
  void learn_secret(std::string_view value);
  /// Pseudonyms that stand there already are of an earlier masking, and stay others than ours.
  void learn_former(const Exchange& exchange);

  std::string masked(const std::string& text) const;
  /// Its target becomes path and query.
  Exchange masked(Exchange exchange) const;

 private:
  void learn_request(const Exchange& exchange);
  void learn_response(const Exchange& exchange);
  void learn_former(std::string_view text);
  void learn_headers(const http::Headers& headers);
  void learn_texts(std::string_view text);
  void learn_fields(std::string_view form_text);
  void learn_json(std::string_view body, bool is_login);
  void learn_hooks(std::string_view text);
  void learn_origin(const Exchange& exchange);
  void mask_request(Exchange& exchange) const;
  void mask_response(Exchange& exchange) const;
  std::string masked(const std::string& text, int depth) const;
  /// Without what is encoded in it.
  std::string masked_as_written(const std::string& text) const;
  struct Found {
    std::size_t length = 0;  ///< 0: nothing
    std::string_view by{};
  };
  Found replacement_at(std::string_view text) const;
  bool is_known(std::string_view spelling) const;
  /// Of something that is not known.
  void replace(std::string_view spelling, std::string by);
  void replace_origin(std::string_view origin, const std::string& by);
  void mask(http::Headers& headers) const;
  /// One that is compressed is looked at as its receiver reads it, and stays so where something was to be masked.
  void mask_body(http::Headers& headers, std::string& body) const;

  static constexpr std::size_t kShortest = 6;  ///< replacing a shorter value everywhere would garble the text
  struct Replacement {
    std::string spelling, by;
  };
  /// By the first kShortest bytes, the longest first: a secret that is part of another one must not break it up.
  std::unordered_map<std::string, std::vector<Replacement>> replacements_;
  /// By two bytes, as nearly every place of a text is none: of what is known, and beside that all that may begin an escape.
  std::bitset<1u << 16> beginnings_, may_begin_;
  std::size_t secrets_ = 0, known_ = 0;
  mutable std::shared_mutex mutex_;
};

}  // namespace casewire::recording
