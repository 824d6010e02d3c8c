#include "scenarios/tape/masking.hpp"

namespace casewire::scenarios {

std::vector<Exchange> masked(std::vector<Exchange> exchanges) {
  recording::Pseudonyms pseudonyms;
  for (const Exchange& exchange : exchanges) pseudonyms.learn_former(exchange);
  for (const Exchange& exchange : exchanges) pseudonyms.learn(exchange);
  for (Exchange& exchange : exchanges) exchange = pseudonyms.masked(std::move(exchange));
  return exchanges;
}

}  // namespace casewire::scenarios
