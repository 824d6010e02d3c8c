#include "base/http/public_address.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>
#include <string>

#include "base/http/socket_transport.hpp"

namespace casewire::http {
namespace {

bool is_public_text(const std::string& text) {
  sockaddr_storage storage{};
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  if (::inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    std::memcpy(&storage, &v4, sizeof v4);
  } else {
    EXPECT_EQ(::inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr), 1) << text;
    v6.sin6_family = AF_INET6;
    std::memcpy(&storage, &v6, sizeof v6);
  }
  return is_public(reinterpret_cast<const sockaddr&>(storage));
}

TEST(IsPublic, KnowsWhatIsNobodysOnTheInternet) {
  for (const auto* text : {"127.0.0.1",    "127.255.1.2",      "0.0.0.0",         "10.1.2.3",
                           "172.16.0.1",   "172.31.255.255",   "192.168.1.1",     "169.254.169.254",
                           "100.64.0.1",   "224.0.0.1",        "255.255.255.255", "::1",
                           "::",           "fe80::1",          "fc00::1",         "fd12:3456::1",
                           "ff02::1",      "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
                           "2002:7f00:1::"}) {
    EXPECT_FALSE(is_public_text(text)) << text;
  }
  for (const auto* text : {"93.184.216.34", "172.32.0.1", "172.15.255.255", "11.0.0.1", "2606:2800:220:1::", "::ffff:8.8.8.8"}) {
    EXPECT_TRUE(is_public_text(text)) << text;
  }
}

// Whatever the address is written like: the system's own reading of it is judged.
TEST(PublicOnlyTransport, ConnectsToNoMachineBesideIt) {
  SocketTransport transport({.public_only = true});
  for (const auto* url : {"http://127.0.0.1:1/", "http://localhost:1/", "http://2130706433:1/", "http://0x7f.1:1/",
                          "http://[::1]:1/", "https://169.254.169.254/latest/meta-data/"}) {
    const auto answer = transport.send({.target = url}, {});
    ASSERT_FALSE(answer) << url;
    EXPECT_EQ(answer.error().kind, TransportError::Kind::not_sent) << url;
    EXPECT_TRUE(answer.error().what.ends_with("no public address")) << url << ": " << answer.error().what;
  }
}

}  // namespace
}  // namespace casewire::http
