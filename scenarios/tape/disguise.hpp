#pragma once
// Other words for people's words, by a key: the same word, id or number always becomes the same other one, two become two (it is a
// permutation of all words of one shape), and nobody without the key finds the way back. The shape stays: letters stay letters in their
// script and case, digits digits, bytes as many as they were; a Salesforce id stays a valid id of its type, a UUID a UUID.

#include <cstddef>
#include <map>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

namespace casewire::scenarios {

/// Thread-safe.
class Disguise {
 public:
  explicit Disguise(std::string key) : key_(std::move(key)) {}

  /// Letters and digits of any script; `Dana`, `DANA` and `dana` stay one name.
  std::u32string word(std::u32string_view word) const;
  /// 15 or 18 characters.
  std::string salesforce_id(std::string_view id) const;
  std::string uuid(std::string_view uuid) const;
  /// As many bytes that mean nothing; the first few, which say what kind of file it is, stay.
  std::string file(std::string_view bytes) const;

 private:
  /// A permutation of the numbers that these digits can write, digit i below radix i (format-preserving: a Feistel network).
  std::vector<unsigned> permuted(std::vector<unsigned> digits, const std::vector<unsigned>& radices,
                                 std::string_view domain) const;

  static constexpr std::size_t kKnownMax = 100'000;  ///< the rest is reckoned again

  std::u32string reckoned(std::u32string_view word) const;
  std::string reckoned_salesforce_id(std::string_view id) const;
  std::string reckoned_uuid(std::string_view uuid) const;
  template <class Known, class Word, class Reckon>
  typename Known::mapped_type remembered(Known& known, Word word, const Reckon& reckon) const;

  const std::string key_;
  mutable std::shared_mutex mutex_;
  mutable std::map<std::u32string, std::u32string, std::less<>> words_;
  mutable std::map<std::string, std::string, std::less<>> ids_;
};

}  // namespace casewire::scenarios
