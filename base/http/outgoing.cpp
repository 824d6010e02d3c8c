#include "base/http/outgoing.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/text/strings.hpp"

namespace casewire::http {
namespace {

bool is_target_character(char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7f; }

std::string authority_of(std::string_view origin) { return std::string{origin.substr(origin.find("://") + 3)}; }

bool has_body_by_custom(const std::string& method) { return method == "POST" || method == "PUT" || method == "PATCH"; }

}  // namespace

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
  });
}

bool is_field_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f); });
}

Result<Origin, Unwritable> parse_origin(std::string_view origin) {
  const auto scheme_end = origin.find("://");
  if (scheme_end == std::string_view::npos) {
    return fail(Unwritable{"the target is not an absolute URL"});
  }
  Origin parsed;
  const auto scheme = lowercase(origin.substr(0, scheme_end));
  parsed.tls = scheme == "https";
  if (!parsed.tls && scheme != "http") {
    return fail(Unwritable{"the URL's scheme is neither http nor https"});
  }
  auto authority = origin.substr(scheme_end + 3);
  if (authority.find('@') != std::string_view::npos) {
    return fail(Unwritable{"the URL holds a user name"});
  }
  const auto bracket = authority.starts_with('[') ? authority.find(']') : std::string_view::npos;
  const auto colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  auto host = authority.substr(0, colon);
  if (bracket != std::string_view::npos) {
    if (bracket + 1 != host.size()) {
      return fail(Unwritable{"the URL's host is not a name or an address"});
    }
    host = host.substr(1, bracket - 1);
  }
  if (host.empty() || !std::all_of(host.begin(), host.end(), is_target_character)) {
    return fail(Unwritable{"the URL has no host"});
  }
  parsed.host = std::string{host};
  parsed.port = parsed.tls ? 443 : 80;
  if (colon != std::string_view::npos) {
    const auto digits = authority.substr(colon + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), parsed.port);
    if (error != std::errc{} || end != digits.data() + digits.size() || parsed.port == 0) {
      return fail(Unwritable{"the URL's port is not a number from 1 to 65535"});
    }
  }
  return parsed;
}

Result<Outgoing, Unwritable> outgoing(const Request& request) {
  auto origin = parse_origin(request.origin());
  if (!origin) {
    return fail(std::move(origin).error());
  }
  if (!is_token(request.method)) {
    return fail(Unwritable{"the method is not a token"});
  }
  if (!std::all_of(request.target.begin(), request.target.end(), is_target_character)) {
    return fail(Unwritable{"the URL holds a blank or a control character"});
  }
  for (const auto& [name, value] : request.headers) {
    if (!is_token(name) || !is_field_value(value)) {
      return fail(Unwritable{"a header's name or value holds a character that HTTP forbids"});
    }
  }
  Request sent{.method = request.method, .headers = request.headers, .body = request.body};
  const auto path = request.path();
  sent.target = path.empty() ? "/" : std::string{path};
  const auto whole = std::string_view{request.target}.substr(0, request.target.find('#'));
  if (const auto mark = whole.find('?'); mark != std::string_view::npos) {
    sent.target += whole.substr(mark);
  }
  const auto add_unless_set = [&](const char* name, std::string value) {
    if (!sent.headers.find(name)) {
      sent.headers.add(name, std::move(value));
    }
  };
  add_unless_set("Host", authority_of(request.origin()));
  add_unless_set("User-Agent", "casewire");
  add_unless_set("Accept", "*/*");
  sent.headers.remove("Transfer-Encoding");
  sent.headers.remove("Content-Length");
  if (!sent.body.empty() || has_body_by_custom(sent.method)) {
    sent.headers.add("Content-Length", std::to_string(sent.body.size()));
  }
  return Outgoing{*std::move(origin), std::move(sent)};
}

}  // namespace casewire::http
