#include "scenarios/tape/disguise.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <mutex>
#include <optional>

#include "base/text/crypto.hpp"
#include "base/text/strings.hpp"
#include "scenarios/tape/letters.hpp"

namespace casewire::scenarios {

namespace {

constexpr std::string_view kBase62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

void append_number(std::string& text, unsigned number) {
  std::array<char, 10> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  text.append(digits.data(), end);
}

}  // namespace

std::vector<unsigned> Disguise::permuted(std::vector<unsigned> digits, const std::vector<unsigned>& radices,
                                         std::string_view domain) const {
  constexpr int kRounds = 8;
  const std::size_t half = digits.size() / 2;
  for (int round = 0; round < kRounds; ++round) {
    // Each round moves one half by what the other one says; with one digit alone, by what its radix says.
    const bool left = round % 2 == 0 && half != 0;
    const std::size_t begin = left ? 0 : half, end = left ? half : digits.size();
    std::string said = std::string(domain) + char(round);
    for (std::size_t i = 0; i < digits.size(); ++i) {
      append_number(said, radices[i]);
      if (i < begin || i >= end) append_number(said += ':', digits[i]);
      said += ',';
    }
    std::string stream;
    for (std::size_t i = begin; i < end; ++i) {
      if ((i - begin) % 8 == 0) stream = hmac_sha256(key_, said + "#" + std::to_string(i));
      std::uint32_t number = 0;
      for (std::size_t byte = 0; byte < 4; ++byte)
        number = number << 8 | static_cast<unsigned char>(stream[(i - begin) % 8 * 4 + byte]);
      digits[i] = (digits[i] + number % radices[i]) % radices[i];
    }
  }
  return digits;
}

std::u32string Disguise::word(std::u32string_view word) const {
  return remembered(words_, word, [&] { return reckoned(word); });
}

template <class Known, class Word, class Reckon>
typename Known::mapped_type Disguise::remembered(Known& known, Word word, const Reckon& reckon) const {
  {
    const std::shared_lock lock(mutex_);
    if (const auto found = known.find(word); found != known.end()) return found->second;
  }
  auto other = reckon();
  const std::lock_guard lock(mutex_);
  if (known.size() >= kKnownMax) known.clear();
  known.emplace(word, other);
  return other;
}

std::u32string Disguise::reckoned(std::u32string_view word) const {
  const bool is_number = std::all_of(word.begin(), word.end(), [](char32_t c) { return c >= U'0' && c <= U'9'; });
  std::vector<unsigned> digits, radices;
  std::vector<std::optional<Kin>> kin;
  std::string domain = "word";
  for (std::size_t i = 0; i < word.size(); ++i) {
    kin.push_back(kin_of(word[i]));
    if (!kin[i]) continue;
    domain += kin[i]->name;
    // A number does not begin with another digit for zero, or it would be none in JSON.
    const bool leads = is_number && i == 0 && word.size() > 1;
    const unsigned least = leads && word[0] != U'0' ? 1 : 0;
    digits.push_back(static_cast<unsigned>(kin[i]->place) - least);
    radices.push_back(leads && word[0] == U'0' ? 1 : static_cast<unsigned>(kin[i]->count) - least);
  }
  if (!digits.empty()) digits = permuted(std::move(digits), radices, domain);
  std::u32string other(word);
  std::size_t next = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (!kin[i]) continue;
    const bool leads = is_number && i == 0 && word.size() > 1 && word[0] != U'0';
    other[i] = kin[i]->letter(digits[next++] + (leads ? 1 : 0));
  }
  return other;
}

std::string Disguise::salesforce_id(std::string_view id) const {
  return remembered(ids_, id, [&] { return reckoned_salesforce_id(id); });
}

std::string Disguise::reckoned_salesforce_id(std::string_view id) const {
  std::vector<unsigned> digits, radices;
  for (std::size_t i = 3; i < 15; ++i) {
    if (i == 5) continue;  // reserved, and how an id is known as one
    digits.push_back(static_cast<unsigned>(kBase62.find(id[i])));
    radices.push_back(62);
  }
  // The prefix is the type: records of two types need not differ otherwise.
  digits = permuted(std::move(digits), radices, "id" + std::string(id.substr(0, 3)));
  std::string other(id.substr(0, 15));
  for (std::size_t i = 3, next = 0; i < 15; ++i) {
    if (i != 5) other[i] = kBase62[digits[next++]];
  }
  if (id.size() == 15) return other;
  for (std::size_t block = 0; block < 3; ++block) {
    unsigned bits = 0;
    for (std::size_t i = 0; i < 5; ++i) {
      const char c = other[block * 5 + i];
      bits |= c >= 'A' && c <= 'Z' ? 1u << i : 0u;
    }
    other += "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[bits];
  }
  return other;
}

std::string Disguise::uuid(std::string_view uuid) const {
  return remembered(ids_, uuid, [&] { return reckoned_uuid(uuid); });
}

std::string Disguise::reckoned_uuid(std::string_view uuid) const {
  constexpr std::string_view kHex = "0123456789abcdef";
  const std::string lower = lowercase(uuid);
  const auto stays = [](std::size_t i) { return i == 8 || i == 13 || i == 14 || i == 18 || i == 19 || i == 23; };
  std::vector<unsigned> digits, radices;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    if (stays(i)) continue;  // dashes, version and variant
    digits.push_back(static_cast<unsigned>(kHex.find(lower[i])));
    radices.push_back(16);
  }
  digits = permuted(std::move(digits), radices, "uuid");
  std::string other = lower;
  for (std::size_t i = 0, next = 0; i < lower.size(); ++i) {
    if (!stays(i)) other[i] = kHex[digits[next++]];
  }
  if (lower == uuid) return other;
  std::transform(other.begin(), other.end(), other.begin(),
                 [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c; });
  return other;
}

std::string Disguise::file(std::string_view bytes) const {
  constexpr std::size_t kMagic = 4;
  std::string other(bytes.substr(0, kMagic));
  const std::string digest = sha256(bytes);
  for (std::uint64_t block = 0; other.size() < bytes.size(); ++block)
    other += hmac_sha256(key_, "file" + digest + std::to_string(block));
  other.resize(bytes.size());
  return other;
}

}  // namespace casewire::scenarios
