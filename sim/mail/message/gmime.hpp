#pragma once
// What composing and parsing share of GMime: its start, and owners of its objects. Of this folder only.

#include <gmime/gmime.h>

#include <memory>
#include <string>

namespace casewire::sim::mail {

/// GMime's parser recurses once per nested multipart or mail; both run on fibers with small stacks.
inline constexpr std::size_t kNestingMax = 32;

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;
template <class T>
Owned<T> own(T* object) {
  return Owned<T>{object};
}
struct Free {
  void operator()(char* text) const { g_free(text); }
};

inline void start_gmime() {
  static const bool started = (g_mime_init(), true);
  (void)started;
}

/// The decoded bytes of a part.
std::string bytes_of(GMimeDataWrapper* content);
/// Null is empty; what is no UTF-8 is cleaned.
std::string text_or_empty(const char* text);

}  // namespace casewire::sim::mail
