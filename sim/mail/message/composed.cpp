#include "sim/mail/message/composed.hpp"

#include <algorithm>
#include <memory>

#include "sim/mail/message/gmime.hpp"

namespace casewire::sim::mail {

std::string composed(std::string text) {
  const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (is_plain) return text;
  const std::unique_ptr<char, Free> normal{
      g_utf8_normalize(text.data(), static_cast<gssize>(text.size()), G_NORMALIZE_DEFAULT_COMPOSE)};
  return normal ? std::string(normal.get()) : text;
}

}  // namespace casewire::sim::mail
