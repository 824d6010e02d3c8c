#pragma once
// Whether an address is somebody's on the public internet. Who fetches what a stranger names must not be led to a machine beside him.
// Source: the IANA special-purpose address registries (RFC 6890) and multicast (RFC 5771, RFC 4291).

struct sockaddr;

namespace casewire::http {

/// False for loopback, link-local, private, shared, unspecified, documentation, benchmark, reserved and multicast addresses, also where
/// an IPv6 address carries such an IPv4 one; false for other families.
bool is_public(const sockaddr& address);

}  // namespace casewire::http
