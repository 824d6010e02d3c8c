#pragma once
// What a peer, a file or a user can cause is a Result; what only our own mistake can cause is an assert.

#include <tl/expected.hpp>

#include "base/text/diagnostic.hpp"

namespace casewire {

template <class T, class E = Diagnostic>
using Result = tl::expected<T, E>;

/// `return fail(error);` in a function that returns a Result.
template <class E>
[[nodiscard]] tl::unexpected<std::decay_t<E>> fail(E&& error) {
  return tl::unexpected<std::decay_t<E>>(std::forward<E>(error));
}

}  // namespace casewire
