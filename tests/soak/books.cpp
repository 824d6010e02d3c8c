#include "tests/soak/books.hpp"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <stdexcept>

#include "base/text/json.hpp"

namespace casewire::soak {
namespace {

constexpr std::size_t kTokenSize = 9;

bool is_token(std::string_view text) {
  for (std::size_t i = 0; i < kTokenSize; ++i) {
    const char expected = i == 0 ? '[' : i == 5 ? '-' : i == 8 ? ']' : '0';
    if (expected == '0' ? std::isdigit(static_cast<unsigned char>(text[i])) == 0 : text[i] != expected) return false;
  }
  return true;
}

std::vector<std::string> tokens_in(std::string_view text) {
  std::vector<std::string> found;
  for (auto at = text.find('['); at != std::string_view::npos && at + kTokenSize <= text.size(); at = text.find('[', at + 1)) {
    if (is_token(text.substr(at))) found.emplace_back(text.substr(at, kTokenSize));
  }
  return found;
}

std::vector<Json> rows(const scenarios::World&, sim::salesforce::Org& org, std::string_view soql) {
  auto found = org.query(soql);
  if (!found) throw std::runtime_error("the books cannot be read: " + std::string(soql));
  return std::move(*found);
}

/// Of one customer, or of all Cases.
struct Places {
  std::map<std::string, std::size_t> said{};                ///< token -> how often
  std::map<std::string, std::vector<std::string>> files{};  ///< name -> contents
  std::vector<std::string> order{};                         ///< tokens as they came
};

Places in_mailbox(sim::mail::Mailbox& mailbox) {
  Places places;
  for (const auto& mail : mailbox.received()) {
    for (auto& word : tokens_in(mail.message.text)) {
      ++places.said[word];
      places.order.push_back(std::move(word));
    }
    for (const auto& file : mail.message.attachments) places.files[file.name].push_back(file.content);
  }
  return places;
}

Places on_cases(scenarios::World& world) {
  Places places;
  auto& org = world.org();
  for (const Json& row : rows(world, org, "SELECT CommentBody FROM CaseComment")) {
    for (auto& word : tokens_in(string_member(row, "CommentBody"))) ++places.said[word];
  }
  for (const Json& row : rows(world, org, "SELECT Id, PathOnClient FROM ContentVersion")) {
    places.files[string_member(row, "PathOnClient")].push_back(org.file_content(string_member(row, "Id")));
  }
  return places;
}

void compare(const Promise& promise, const Places& places, const char* where, Balance& balance) {
  const auto said = places.said.find(promise.token);
  const std::size_t times = said == places.said.end() ? 0 : said->second;
  if (times == 0) balance.lost.push_back(promise.token + " " + where);
  if (times > 1) balance.doubled.push_back(promise.token + " " + where);
  if (promise.file.empty()) return;
  const auto file = places.files.find(promise.file);
  if (file == places.files.end()) return balance.lost.push_back(promise.file + " " + where);
  if (file->second.size() > 1) balance.doubled.push_back(promise.file + " " + where);
  if (file->second.front() != promise.content) balance.lost.push_back(promise.file + " " + where + " has other bytes");
}

/// The replies on one Case, in the order in which they were written, as far as they have arrived.
void compare_order(const Customer& customer, const Places& mailbox, Balance& balance) {
  std::map<std::string, std::ptrdiff_t> newest;
  for (const Promise& promise : customer.promises) {
    if (promise.said_on.empty()) continue;
    const auto found = std::find(mailbox.order.begin(), mailbox.order.end(), promise.token);
    if (found == mailbox.order.end()) continue;
    const auto at = found - mailbox.order.begin();
    auto& before = newest.try_emplace(promise.said_on, -1).first->second;
    if (at < before) balance.out_of_order.push_back(promise.token);
    before = std::max(before, at);
  }
}

}  // namespace

std::string token(std::size_t customer, std::size_t number) {
  char text[32];
  std::snprintf(text, sizeof text, "[%04zu-%02zu]", customer, number);
  return text;
}

Balance balance(const std::vector<Customer>& customers, scenarios::World& world) {
  Balance result;
  const Places cases = on_cases(world);
  for (const Customer& customer : customers) {
    const Places mailbox = in_mailbox(world.exchange().mailbox(customer.address));
    std::set<std::string> hers, to_nobody;
    for (const Promise& promise : customer.promises) {
      (promise.to == To::the_case ? result.messages : result.replies) += promise.to == To::nobody ? 0 : 1;
      result.files += promise.file.empty() ? 0 : 1;
      if (promise.to == To::the_case || promise.to == To::both) compare(promise, cases, "on her Cases", result);
      if (promise.to == To::the_mailbox || promise.to == To::both) compare(promise, mailbox, "in her mailbox", result);
      (promise.to == To::nobody ? to_nobody : hers).insert(promise.token);
    }
    for (const auto& [word, times] : mailbox.said) {
      if (!hers.contains(word)) result.at_the_wrong_door.push_back(word + (to_nobody.contains(word) ? " (internal)" : ""));
    }
    compare_order(customer, mailbox, result);
  }
  return result;
}

}  // namespace casewire::soak
