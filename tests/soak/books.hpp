#pragma once
// What was said in the town and must arrive, and what has. Each thing that is said or sent has a token of its own, "[0042-07]" for
// the 7th of customer 42, so that one reading of all mailboxes and all Cases tells what is lost, doubled, or at the wrong door.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "scenarios/runner/world.hpp"

namespace casewire::soak {

/// Where it must be in the end, once.
enum class To { the_case, the_mailbox, both, nobody };

struct Promise {
  std::string token;
  To to = To::the_case;
  std::string file{};     ///< that came with it; empty: none
  std::string content{};  ///< of the file
  std::string said_on{};  ///< Case id, of a rep's reply: those of one Case arrive in their order
};

struct Customer {
  std::string name, address;
  std::vector<Promise> promises{};  ///< in the order in which they were said
};

/// "[0042-07]"
std::string token(std::size_t customer, std::size_t number);

struct Balance {
  std::vector<std::string> lost, doubled, out_of_order, at_the_wrong_door;
  std::size_t messages = 0, replies = 0, files = 0;
  bool is_even() const { return lost.empty() && doubled.empty() && out_of_order.empty() && at_the_wrong_door.empty(); }
};

/// Reads every mailbox and every Case of the world.
Balance balance(const std::vector<Customer>& customers, scenarios::World& world);

}  // namespace casewire::soak
