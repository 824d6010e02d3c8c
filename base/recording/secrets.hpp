#pragma once
// What is a secret, by what it is called and by how it looks: known here, asked by whoever masks recordings and by whoever looks for what should not be
// committed.

#include <cstddef>
#include <string_view>
#include <vector>

namespace casewire::recording {

/// Where something is called so. A `token` or a `code` of a login is a secret; elsewhere these are words of many meanings, in a query or a form less
/// than in an answer. In a note (a setting, somebody's own words) a `token` is one, and a `code` is anything.
enum class SecretPlace { body, field, login, note };
bool is_secret_name(std::string_view name, SecretPlace place);

/// Of which only the shape says that it is one.
struct ShapedSecret {
  std::size_t at = 0, length = 0;
  std::string_view what{};  ///< "a webhook secret"
};
std::vector<ShapedSecret> secrets_by_shape(std::string_view text);

/// Values under a secret's name in a text of any kind: in URLs, in elements of XML, in fields of HTML. Point into the text.
std::vector<std::string_view> secrets_by_name(std::string_view text);

}  // namespace casewire::recording
