#include "scenarios/tape/addressee.hpp"

#include <algorithm>
#include <array>

#include "base/text/json.hpp"
#include "base/text/strings.hpp"

namespace casewire::scenarios {

namespace {

bool is_domain_of(std::string_view host, std::string_view domain) {
  return host == domain ||
         (host.size() > domain.size() && host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.');
}

template <std::size_t N>
bool is_in(std::string_view host, const std::array<std::string_view, N>& domains) {
  return std::any_of(domains.begin(), domains.end(), [&](std::string_view domain) { return is_domain_of(host, domain); });
}

/// Who sends such a webhook; empty when its body is nobody's.
std::string sender_of(const http::Request& request) {
  const std::string_view path = request.path();
  if (path.starts_with("/hooks/opencx/")) return "opencx";
  if (path.starts_with("/hooks/salesforce/")) return "salesforce";
  const auto body = parse_json(request.body);
  if (!body || !body->is_object()) return {};
  if (string_member(*body, "event").starts_with("conversation.")) return "opencx";
  return body->contains("caseId") ? "salesforce" : "";
}

}  // namespace

std::string host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  std::string host = lowercase(url.substr(0, url.find_first_of("/?#")));
  if (const std::size_t user = host.rfind('@'); user != std::string::npos) host.erase(0, user + 1);
  return host;
}

std::string system_named(const Hosts& named, std::string_view host) {
  for (const std::string_view name : {host, host.substr(0, host.find(':'))}) {
    if (const auto found = named.find(std::string(name)); found != named.end()) return found->second;
  }
  const std::string_view alone = host.substr(0, host.find(':'));
  for (std::size_t dot = alone.find('.'); dot != std::string_view::npos; dot = alone.find('.', dot + 1)) {
    if (const auto found = named.find("*" + std::string(alone.substr(dot))); found != named.end()) return found->second;
  }
  return {};
}

Parties parties_of(std::string_view url, const http::Request& request, const Hosts& named) {
  constexpr std::array<std::string_view, 4> kSalesforce{"salesforce.com", "force.com", "salesforce.mil", "salesforce.test"};
  constexpr std::array<std::string_view, 3> kOpenCx{"open.cx", "opencx.com", "opencx.test"};
  const std::string with_port = host_of(url);
  const std::string host = with_port.substr(0, with_port.find(':'));
  std::string to = system_named(named, with_port);
  if (to.empty() && is_in(host, kSalesforce)) to = "salesforce";
  if (to.empty() && is_in(host, kOpenCx)) to = "opencx";
  const std::string_view path = request.path();
  if (to.empty() && path.starts_with("/hooks/")) to = "bridge";
  if (to.empty() && path.starts_with("/services/")) to = "salesforce";
  if (to.empty() && path.starts_with("/chat/sessions")) to = "opencx";
  if (to != "bridge") return to.empty() ? Parties{} : Parties{"bridge", to};
  const std::string from = sender_of(request);
  return from.empty() ? Parties{} : Parties{from, to};
}

}  // namespace casewire::scenarios
