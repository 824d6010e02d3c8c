#include "tests/support/many_customers.hpp"

#include <fstream>
#include <iterator>
#include <string>

#include "scenarios/tape/masking.hpp"
#include "scenarios/tape/tape_files.hpp"

namespace casewire::tests {

scenarios::Tape of_many_customers(std::size_t exchanges) {
  const std::string file = CASEWIRE_SOURCE_DIR "/fixtures/recordings/takeover.har";
  std::ifstream in(file, std::ios::binary);
  const std::string har{std::istreambuf_iterator<char>(in), {}};
  scenarios::Tape all;
  for (std::size_t round = 0; all.exchanges.size() < exchanges; ++round) {
    std::string text = har;
    const std::string number = std::to_string(9'000 + round);
    text = scenarios::replaced(std::move(text), "Cw00000000", "Cw0000" + number);
    text = scenarios::replaced(std::move(text), "741cb601", "741c" + number);
    text = scenarios::replaced(std::move(text), "@example", number + "@example");
    const auto tape = scenarios::read_har(text, file, scenarios::beside_tape(file));
    if (!tape || tape->exchanges.empty()) return {};
    all.exchanges.insert(all.exchanges.end(), tape->exchanges.begin(), tape->exchanges.end());
  }
  return all;
}

}  // namespace casewire::tests
