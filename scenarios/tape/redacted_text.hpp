#pragma once
// One text without people: what redaction does with each string that it may not leave as it is.

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/encoded_block.hpp"
#include "base/text/spelling.hpp"
#include "scenarios/tape/redaction.hpp"

namespace casewire::scenarios {

/// Chance writes shorter words: they are not looked for.
inline constexpr std::size_t kTellingCharacters = 8;
/// A count is shorter, a ticket is not.
inline constexpr std::size_t kTellingDigits = 5;

class RedactedText {
 public:
  explicit RedactedText(Redactor& redactor) : redactor_(redactor) {}
  /// The redactor knows from then on what was taken out.
  ~RedactedText() { redactor_.note(words_); }
  RedactedText(const RedactedText&) = delete;
  RedactedText& operator=(const RedactedText&) = delete;

  std::string of(std::string_view text) { return of(text, 0); }
  /// Of SOQL and SOSL the vendors' names stay, and numbers that tell nothing. What is no query is a text.
  std::string of_query(std::string_view query);
  /// Names that the vendors gave stay, wherever they stand, and numbers that tell nothing, or all of them.
  enum class Numbers { short_ones, all };
  std::string of_names(std::string_view text, Numbers numbers = Numbers::short_ones);
  /// What something is called: as it stands if a vendor calls something so, or the policy does.
  std::string of_name(std::string_view name);
  /// Path segments of the vendors, names of parameters, and values of those that the policy lets stay are left alone.
  std::string of_target(std::string_view target);
  /// The bytes of a file.
  std::string of_bytes(std::string_view bytes) { return redactor_.disguise_.file(bytes); }
  bool stays(std::string_view member) const;
  /// Of a header: its value is made of names and numbers.
  bool is_told_in_names(std::string_view header) const;
  /// What the policy lets stand; gives it back.
  std::string left(std::string_view text);

 private:
  std::string of(std::string_view text, int depth);
  /// Characters alone, no block of an encoding in them.
  std::string of_characters(std::string_view text, const std::function<void(std::u32string_view, std::vector<bool>&)>& keep = {});
  static void keep_names_of_query(std::u32string_view query, std::vector<bool>& kept);
  void keep_hosts(std::u32string_view text, std::vector<bool>& kept) const;
  static void keep_tags(std::u32string_view text, std::vector<bool>& kept);
  /// A base64 or hexadecimal run as what it says, disguised and encoded again.
  std::string of_block(const EncodedBlock& block, std::string_view written, int depth);
  void disguise(std::u32string& text, std::size_t begin, std::size_t end, const std::vector<bool>& kept);
  void note(std::u32string_view before, std::u32string_view after);

  static constexpr std::size_t kNamesMax = 1'000;  ///< the rest is looked up again

  Redactor& redactor_;
  Redactor::Words words_;
  std::map<std::string, std::string, std::less<>> names_{};  ///< what became of each: rows have the same ones again and again
};

}  // namespace casewire::scenarios
