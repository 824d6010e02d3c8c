#include "base/text/rng.hpp"

#include <sys/random.h>

#include <cerrno>
#include <stdexcept>
#include <string_view>

namespace casewire {

std::uint64_t Rng::below(std::uint64_t bound) {
  // Draws under `rest` would make small results likelier; they come up less than every second time.
  const std::uint64_t rest = (0 - bound) % bound;
  std::uint64_t drawn = next();
  while (drawn < rest) {
    drawn = next();
  }
  return drawn % bound;
}

std::uint64_t SeededRng::next() {
  state_ += 0x9e3779b97f4a7c15u;
  std::uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
  return mixed ^ (mixed >> 31);
}

std::uint64_t SystemRng::next() {
  std::uint64_t drawn = 0;
  // A request of at most 256 bytes is never cut short; only a signal before the first seeding interrupts it
  // (getrandom(2)).
  while (getrandom(&drawn, sizeof drawn, 0) != static_cast<ssize_t>(sizeof drawn)) {
    if (errno != EINTR) {
      throw std::runtime_error("the operating system gives no random numbers");
    }
  }
  return drawn;
}

std::string uuid(Rng& rng) {
  constexpr std::string_view digits = "0123456789abcdef";
  constexpr std::string_view form = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";
  std::uint64_t bits = rng.next();
  std::size_t used = 0;
  const auto four_bits = [&] {
    if (used == 16) {
      bits = rng.next();
      used = 0;
    }
    ++used;
    const auto value = bits & 15;
    bits >>= 4;
    return value;
  };
  std::string out{form};
  for (char& c : out) {
    if (c == 'x') {
      c = digits[four_bits()];
    } else if (c == 'y') {  // RFC 4122, section 4.1.1: the variant is 10 in binary
      c = digits[8 | (four_bits() & 3)];
    }
  }
  return out;
}

std::string alphanumeric(Rng& rng, std::size_t length) {
  constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  std::string out(length, '\0');
  for (char& c : out) {
    c = alphabet[rng.below(alphabet.size())];
  }
  return out;
}

}  // namespace casewire
