#include "scenarios/tape/masking.hpp"

namespace casewire::scenarios {

std::vector<Exchange> masked(std::vector<Exchange> exchanges) {
  recording::Pseudonyms pseudonyms;
  for (const Exchange& exchange : exchanges) pseudonyms.learn_former(exchange);
  for (const Exchange& exchange : exchanges) pseudonyms.learn(exchange);
  for (Exchange& exchange : exchanges) exchange = pseudonyms.masked(std::move(exchange));
  return exchanges;
}

Result<void> learn_all(recording::Pseudonyms& pseudonyms, const EachExchange& each) {
  if (auto read = each([&](const Exchange& exchange) { pseudonyms.learn_former(exchange); }); !read) return read;
  return each([&](const Exchange& exchange) { pseudonyms.learn(exchange); });
}

}  // namespace casewire::scenarios
