// Redaction: whatever a recording holds, what is written of it can be read, is the same under the same key, and plays against itself.

#include "scenarios/tape/masking.hpp"
#include "scenarios/tape/redaction.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace casewire;
using namespace casewire::scenarios;
using fuzz::require;

FUZZ_TARGET(redact) {
  const std::string_view text{reinterpret_cast<const char*>(bytes), size};
  auto read = read_har(text, "input.har");
  if (!read) return 0;
  read->exchanges = masked(std::move(read->exchanges));
  const auto redacted = [&](const std::string& key) {
    Redactor redactor(key, vendors_policy());
    Tape tape = redactor.redacted(*read);
    for (const std::string& place : redactor.left_in(tape)) require(place.starts_with("entry "), "what is left has a place");
    return write_har(tape);
  };
  const std::string once = redacted("a key of a fuzzer");
  require(redacted("a key of a fuzzer") == once, "one key gives one tape");
  const auto again = read_har(once, "redacted.har");
  require(again.has_value(), "what is redacted can be read");
  require(again->exchanges.size() == read->exchanges.size(), "and has every exchange");
  return 0;
}
