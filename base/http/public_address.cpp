#include "base/http/public_address.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace casewire::http {
namespace {

struct Range {
  std::uint32_t first;
  int bits;
};
constexpr std::array<Range, 15> kSpecial{{{0x00000000, 8},
                                          {0x0A000000, 8},
                                          {0x64400000, 10},
                                          {0x7F000000, 8},
                                          {0xA9FE0000, 16},
                                          {0xAC100000, 12},
                                          {0xC0000000, 24},
                                          {0xC0000200, 24},
                                          {0xC0586300, 24},
                                          {0xC0A80000, 16},
                                          {0xC6120000, 15},
                                          {0xC6336400, 24},
                                          {0xCB007100, 24},
                                          {0xE0000000, 4},
                                          {0xF0000000, 4}}};

bool is_public_v4(std::uint32_t address) {
  return std::none_of(kSpecial.begin(), kSpecial.end(), [&](const Range& range) {
    const auto mask = ~std::uint32_t{0} << (32 - range.bits);
    return (address & mask) == range.first;
  });
}

std::uint32_t v4_at(const unsigned char* bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 | bytes[3];
}

bool is_public_v6(const unsigned char* bytes) {
  const auto begins_with = [&](std::initializer_list<unsigned char> head) { return std::equal(head.begin(), head.end(), bytes); };
  if (begins_with({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF})) return is_public_v4(v4_at(bytes + 12));     // mapped
  if (begins_with({0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0})) return is_public_v4(v4_at(bytes + 12));  // NAT64
  if (begins_with({0x20, 0x02})) return is_public_v4(v4_at(bytes + 2));                                    // 6to4
  if (begins_with({0x20, 0x01, 0x0D, 0xB8}) || begins_with({0x20, 0x01, 0, 0})) return false;  // documentation, Teredo
  return (bytes[0] & 0xE0) == 0x20;                                                            // 2000::/3, the global unicast
}

}  // namespace

bool is_public(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof v4);
    return is_public_v4(ntohl(v4.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address, sizeof v6);
    return is_public_v6(v6.sin6_addr.s6_addr);
  }
  return false;
}

}  // namespace casewire::http
