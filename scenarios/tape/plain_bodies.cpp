#include "scenarios/tape/plain_bodies.hpp"

#include "base/http/content_coding.hpp"
#include "base/text/utf8.hpp"

namespace casewire::scenarios {

void make_plain(http::Headers& headers, std::string& body) {
  constexpr std::size_t kPlainMax = 64u << 20;
  if (!headers.find("content-encoding")) return;
  auto plain = http::uncoded(headers, body, kPlainMax);
  if (!plain && !is_valid_utf8(body)) return;
  if (plain) body = *std::move(plain);
  headers.remove("content-encoding");
}

void make_bodies_plain(Exchange& exchange) {
  make_plain(exchange.request.headers, exchange.request.body);
  make_plain(exchange.response.headers, exchange.response.body);
}

}  // namespace casewire::scenarios
