#include "sim/salesforce/records/ids.hpp"

#include "base/text/ascii.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr std::string_view kDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kInstance = "Cw0";  // characters 4 to 6: which instance made the id

// One letter for each five characters: bit i says that character i is upper case.
std::string check_of(std::string_view id15) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
  std::string check;
  for (std::size_t group = 0; group < 3; ++group) {
    unsigned bits = 0;
    for (unsigned i = 0; i < 5; ++i) {
      const char c = id15[group * 5 + i];
      if (c >= 'A' && c <= 'Z') bits |= 1u << i;
    }
    check += kAlphabet[bits];
  }
  return check;
}

}  // namespace

std::string make_id(std::string_view key_prefix, std::uint64_t number) {
  std::string id{key_prefix};
  id += kInstance;
  std::string counter(9, '0');
  for (auto digit = counter.rbegin(); digit != counter.rend() && number > 0; ++digit, number /= kDigits.size())
    *digit = kDigits[number % kDigits.size()];
  id += counter;
  return id + check_of(id);
}

std::optional<std::uint64_t> number_of_id(std::string_view id18) {
  if (id18.size() != 18 || id18.substr(3, 3) != kInstance) return std::nullopt;
  std::uint64_t number = 0;
  for (const char c : id18.substr(6, 9)) {
    const auto digit = c >= '0' && c <= '9'   ? c - '0'
                       : c >= 'A' && c <= 'Z' ? c - 'A' + 10
                       : c >= 'a' && c <= 'z' ? c - 'a' + 36
                                              : -1;
    if (digit < 0) return std::nullopt;
    number = number * kDigits.size() + static_cast<std::uint64_t>(digit);
  }
  return number;
}

std::optional<std::string> canonical_id(std::string_view id) {
  if (id.size() != 15 && id.size() != 18) return std::nullopt;
  for (const char c : id)
    if (!is_alphanumeric(c)) return std::nullopt;
  const auto id15 = id.substr(0, 15);
  const auto check = check_of(id15);
  if (id.size() == 18 && id.substr(15) != check) return std::nullopt;
  return std::string{id15} + check;
}

}  // namespace casewire::sim::salesforce
