// read_har: what it takes can be written, read again and replayed; what it refuses has a place.

#include "scenarios/tape/replayer.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace casewire;
using namespace casewire::scenarios;
using fuzz::require;

FUZZ_TARGET(har) {
  const std::string_view text{reinterpret_cast<const char*>(bytes), size};
  const auto read = read_har(text, "input.har");
  if (!read) {
    require(read.error().where.position.line >= 1, "the complaint has a place");
    require(!render(read.error(), text).empty(), "the complaint can be shown");
    return 0;
  }
  // What a browser recorded may hold secrets; the first writing masks them, from then on nothing changes any more.
  const std::string written = write_har(*read);
  const auto again = read_har(written, "written.har");
  require(again.has_value(), "what is written can be read");
  require(write_har(*again) == written, "writing again gives the same bytes");

  Replayer replayer(*again, {.crash = [] {}});
  for (std::size_t i = 0; i < again->exchanges.size(); ++i) {
    const Exchange& exchange = again->exchanges[i];
    exchange.to == "bridge" ? (void)replayer.arrival(i) : (void)replayer.handler(exchange.to)(exchange.request);
  }
  require(replayer.mismatches().empty(), "a recording matches itself");
  require(replayer.unused().empty(), "and is used up by its own requests");
  return 0;
}
