#include "bridge/delivery/failure.hpp"

#include <algorithm>
#include <charconv>

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"

namespace casewire::bridge {

std::string_view name_of(Failure::Kind kind) {
  switch (kind) {
    case Failure::Kind::transient: return "transient";
    case Failure::Kind::org_wide: return "org-wide";
    case Failure::Kind::permanent: return "permanent";
  }
  return "permanent";
}

Failure failure_of(std::string system, const http::TransportError& error) {
  return {.kind = Failure::Kind::transient,
          .system = std::move(system),
          .code = std::string(http::name_of(error.kind)),
          .message = error.what,
          .may_have_acted = error.kind != http::TransportError::Kind::not_sent,
          .is_transport = true};
}

bool was_not_permitted(const Result<http::Response, http::TransportError>& response, const http::Permit* permit) {
  return !response && response.error().kind == http::TransportError::Kind::not_sent && permit != nullptr && !permit->lasts();
}

Failure not_permitted(std::string system) {
  return {.kind = Failure::Kind::transient,
          .system = std::move(system),
          .code = "LEASE_ENDED",
          .message = "not sent: another bridge may be at it"};
}

std::optional<milliseconds> retry_after_of(const http::Response& response) {
  const auto header = response.headers.find("Retry-After");
  if (!header) return std::nullopt;
  const auto text = trimmed(*header);
  int seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc{} || end != text.data() + text.size() || seconds < 0) return std::nullopt;
  return std::min(std::chrono::seconds{seconds}, std::chrono::seconds{86'400});
}

std::string text_of(const Failure& failure) {
  constexpr std::size_t kMessageBytesMax = 300;
  auto text = failure.system;
  if (!failure.code.empty()) text += " " + failure.code;
  if (!failure.message.empty()) text += ": " + cleaned_utf8(prefix_of_bytes(failure.message, kMessageBytesMax));
  return text;
}

}  // namespace casewire::bridge
