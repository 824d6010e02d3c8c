// A user's password: whether it has expired (here it never does), a new one, and one that the org makes up. Source: REST API
// Developer Guide, "sObject User Password", v66.0. Guessed: what a password must have, and the words of the refusal.

#include <algorithm>

#include "base/text/ascii.hpp"
#include "base/text/strings.hpp"
#include "sim/salesforce/api/resources.hpp"
#include "sim/salesforce/records/ids.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr std::size_t kShortest = 8;

bool is_good(std::string_view password) {
  return password.size() >= kShortest && std::any_of(password.begin(), password.end(), is_letter) &&
         std::any_of(password.begin(), password.end(), is_digit);
}

/// The living user of the path, whose password it is.
const Row* user_at(Call& call) {
  const auto* type = object_at(call, 1);
  const auto id = canonical_id(call.segments[2]);
  const Row* row = id ? call.org.store.find(*id) : nullptr;
  return type && type->name == "User" && row && row->type == type && !row->deleted ? row : nullptr;
}

std::string made_up(Rng& rng) {
  std::string password;
  for (auto bits = rng.next(); password.size() < kShortest; bits /= 26) password += static_cast<char>('a' + bits % 26);
  return password + std::to_string(rng.next() % 90 + 10);
}

}  // namespace

bool is_password_of_user(const Call& call, const SObjectType& type) {
  return type.name == "User" && call.segments.size() == 4 && equals_ignoring_case(call.segments[3], "password");
}

Answer show_password_state(Call& call) {
  if (!user_at(call)) return not_found();
  return {.body = Json{{"isExpired", false}}};
}

Answer set_password(Call& call) {
  const Row* user = user_at(call);
  if (!user) return not_found();
  const auto body = object_body(call);
  if (!body) return body.error();
  std::string password;
  for (const auto& [name, value] : body->items())
    if (equals_ignoring_case(name, "NewPassword") && value.is_string()) password = value.get<std::string>();
  if (!is_good(password))
    return error_answer(400, "INVALID_NEW_PASSWORD",
                        "Your password must be at least 8 characters long and include letters and numbers.");
  call.org.passwords[user->id] = password;
  return {.status = 204};
}

Answer reset_password(Call& call) {
  const Row* user = user_at(call);
  if (!user) return not_found();
  auto& password = call.org.passwords[user->id] = made_up(call.org.surroundings.rng);
  return {.body = Json{{"NewPassword", password}}};
}

}  // namespace casewire::sim::salesforce
