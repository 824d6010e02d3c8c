#include "base/recording/pseudonyms.hpp"

#include <algorithm>

#include "base/http/content_coding.hpp"
#include "base/http/credentials.hpp"
#include "base/recording/har_entry.hpp"
#include "base/recording/secrets.hpp"
#include "base/text/ascii.hpp"
#include "base/text/encoded_block.hpp"
#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "base/text/spelling.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"

namespace casewire::recording {

namespace {

constexpr int kEncodingsMax = 6;  // of encodings within each other
constexpr std::size_t kPlainMax = 64u << 20;
bool is_json(std::string_view body) {
  const std::string_view text = trimmed(body);
  return text.starts_with('{') || text.starts_with('[');
}

std::size_t beginning_of(std::string_view text) {
  return static_cast<unsigned char>(text[0]) * 256u + static_cast<unsigned char>(text[1]);
}

bool is_a_login(const Exchange& exchange) { return exchange.request.path().find("/oauth2/") != std::string_view::npos; }

/// Whether a member may have such a name: most bodies need not be parsed for it.
bool names_a_secret(std::string_view body) {
  if (body.find("\\u") != std::string_view::npos) return true;  // a name may be escaped
  // Whatever stands between two quotes, member or not: no name of a secret holds an escape.
  std::size_t begin = body.find('"');
  for (std::size_t end = 0; begin < body.size(); begin = end) {
    end = std::min(body.find('"', begin + 1), body.size());
    const char behind = end + 1 < body.size() ? body[end + 1] : ' ';
    if (behind != ',' && behind != '}' && behind != ']' &&
        is_secret_name(body.substr(begin + 1, end - begin - 1), SecretPlace::login))
      return true;
  }
  return false;
}

/// The ids of conversations are called sessions' too, and everybody who works on one names it.
bool is_a_conversation(std::string_view value) {
  constexpr std::size_t kUuid = 36;
  return value.size() == kUuid && value[8] == '-' && value[13] == '-' && value[18] == '-' && value[23] == '-';
}

constexpr int kJsonInJsonMax = 3;

void secrets_in(const Json& value, SecretPlace place, int depth,
                std::vector<std::string>& found) {  // parse_json bounds the depth of each
  for (const auto& [name, child] : value.items()) {
    if (child.is_structured()) {
      secrets_in(child, place, depth, found);
    } else if (child.is_string()) {
      const std::string& text = child.get_ref<const std::string&>();
      if (value.is_object() && is_secret_name(name, place) && !is_a_conversation(text)) found.push_back(text);
      if (depth == kJsonInJsonMax || !is_json(text)) continue;
      if (const auto inner = parse_json(text)) secrets_in(*inner, place, depth + 1, found);
    }
  }
}

constexpr std::string_view kEscapeMarks = "%=\\&";

/// The bytes that a character stands for.
std::string meant_by(const Character& character) {
  if (character.spelling == Character::Spelling::nothing) return {};
  const bool is_plain = character.spelling == Character::Spelling::plain;
  return is_plain ? std::string(character.written) : utf8_of(character.code);
}

/// What a reader sees of the text's first bytes.
std::string plain_beginning(std::string_view text, std::size_t bytes) {
  std::string plain;
  while (plain.size() < bytes && !text.empty()) {
    const Character character = first_character(text);
    plain += meant_by(character);
    text.remove_prefix(character.written.size());
  }
  return plain.substr(0, bytes);
}

/// Of the secret that the text begins with, each of its characters plain or escaped in whatever way; 0: it begins with something else.
std::size_t length_in_any_spelling(std::string_view text, std::string_view secret) {
  std::size_t at = 0;
  while (!secret.empty()) {
    if (at == text.size()) return 0;
    const Character character = first_character(text.substr(at));
    const std::string bytes = meant_by(character);
    const bool is_read = secret.starts_with(bytes);
    if (!is_read && secret[0] != text[at]) return 0;
    secret.remove_prefix(is_read ? bytes.size() : 1);  // else it holds what looks like an escape
    at += is_read ? character.written.size() : 1;
  }
  return at;
}

/// `text` as `written` is: all of it escaped, or only what had to be.
std::string spelled_like(std::string_view written, std::string_view text) {
  const std::vector<Character> characters = characters_of(written);
  const auto is_plain = [](const Character& one) { return one.spelling == Character::Spelling::plain; };
  const auto escaped = std::find_if_not(characters.begin(), characters.end(), is_plain);
  if (escaped == characters.end() || escaped->spelling == Character::Spelling::nothing) return std::string(text);
  const bool is_all = std::none_of(characters.begin(), characters.end(), is_plain);
  std::string spelled;
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    const auto same = std::find_if(characters.begin(), characters.end(), [&](const Character& one) { return one.code == code; });
    const bool is_safe = is_alphanumeric(c) || c == '-' || c == '.' || c == '_';
    if (same != characters.end()) {
      spelled += same->written;
    } else {
      spelled += is_safe && !is_all ? std::string(1, c) : spelled_as(*escaped, code);
    }
  }
  return spelled;
}

}  // namespace

Pseudonyms::Pseudonyms() {
  for (unsigned other = 0; other < 256; ++other) {
    for (const char mark : kEscapeMarks) {
      may_begin_.set(static_cast<unsigned char>(mark) * 256u + other);
      may_begin_.set(other * 256u + static_cast<unsigned char>(mark));
    }
  }
}

Masked Pseudonyms::learned_and_masked(const Exchange& exchange, const Masked* begun) {
  if (begun == nullptr) learn_request(exchange);
  learn_response(exchange);
  const std::shared_lock lock(mutex_);
  Masked masked{.exchange = exchange, .known = known_};
  if (begun != nullptr && begun->known == known_) {
    masked.exchange.request = begun->exchange.request;
  } else {
    mask_request(masked.exchange);
  }
  mask_response(masked.exchange);
  return masked;
}

void Pseudonyms::learn(const Exchange& exchange) {
  learn_request(exchange);
  learn_response(exchange);
}

void Pseudonyms::learn_request(const Exchange& exchange) {
  const http::Request& request = exchange.request;
  learn_headers(request.headers);
  learn_texts(request.target);
  learn_fields(request.query());
  const auto type = request.headers.find("content-type");
  if (type && lowercase(*type).starts_with("application/x-www-form-urlencoded")) learn_fields(request.body);
  learn_texts(request.body);
  learn_json(request.body, is_a_login(exchange));
  // `/hooks/SYSTEM/SECRET`; without a secret the last part names a system.
  const std::string_view path = request.path();
  const std::size_t last = path.rfind('/');
  if (exchange.to == "bridge" && path.starts_with("/hooks/") && last >= std::string_view("/hooks/").size()) {
    learn_secret(path.substr(last + 1));
  }
  learn_hooks(request.target);
  learn_hooks(request.body);
  learn_origin(exchange);
}

void Pseudonyms::learn_response(const Exchange& exchange) {
  learn_headers(exchange.response.headers);
  const http::Response& response = exchange.response;
  const auto plain = http::uncoded(response.headers, response.body, kPlainMax);
  const std::string& body = plain ? *plain : response.body;
  learn_texts(body);
  learn_json(body, is_a_login(exchange));
  learn_hooks(body);
}

void Pseudonyms::learn_headers(const http::Headers& headers) {
  for (const http::Header& header : headers) {
    learn_secret(http::secret_part(header.name, header.value));
    learn_texts(header.value);
  }
}

/// Whatever text it is.
void Pseudonyms::learn_texts(std::string_view text) {
  for (const ShapedSecret& secret : secrets_by_shape(text)) learn_secret(text.substr(secret.at, secret.length));
  for (const std::string_view secret : secrets_by_name(text)) {
    if (!is_a_conversation(secret)) learn_secret(secret);
  }
}

/// The URLs to which both systems send, wherever they stand: in the request that comes to one, in a Named Credential's endpoint.
void Pseudonyms::learn_hooks(std::string_view text) {
  constexpr std::string_view kHooks = "hooks";
  if (text.find(kHooks) == std::string_view::npos) return;
  const std::string plain = plain_of(text);
  for (std::size_t at = plain.find(kHooks); at != std::string::npos; at = plain.find(kHooks, at + kHooks.size())) {
    std::string_view rest = std::string_view(plain).substr(at + kHooks.size());
    for (const std::string_view system : {"/opencx/", "/salesforce/"}) {
      if (!rest.starts_with(system)) continue;
      rest.remove_prefix(system.size());
      learn_secret(rest.substr(0, rest.find_first_of(" \t\r\n\"'`<>()[]{}\\/?#&,;")));
    }
  }
}

void Pseudonyms::learn_secret(std::string_view value) {
  if (value.size() < kShortest || is_pseudonym(value)) return;
  {
    const std::shared_lock lock(mutex_);
    if (is_known(value)) return;
  }
  const std::lock_guard lock(mutex_);
  if (is_known(value)) return;  // somebody else was faster
  const std::string pseudonym = std::string(kPseudonym) + std::to_string(++secrets_);
  replace(value, pseudonym);
  // Where it is too short to be known for what it is.
  if (const std::string coded = base64(value); !is_known(coded)) replace(coded, pseudonym);
}

void Pseudonyms::learn_former(const Exchange& exchange) {
  const std::lock_guard lock(mutex_);
  for (const http::Headers* headers : {&exchange.request.headers, &exchange.response.headers})
    for (const http::Header& header : *headers) learn_former(header.value);
  for (const std::string* text : {&exchange.request.target, &exchange.request.body, &exchange.response.body}) learn_former(*text);
}

void Pseudonyms::learn_former(std::string_view text) {
  for (std::size_t at = text.find(kPseudonym); at != std::string_view::npos; at = text.find(kPseudonym, at + 1)) {
    std::size_t number = 0;
    for (const char digit : text.substr(at + kPseudonym.size(), 9)) {
      if (digit < '0' || digit > '9') break;
      number = number * 10 + static_cast<std::size_t>(digit - '0');
    }
    secrets_ = std::max(secrets_, number);
  }
}

void Pseudonyms::learn_fields(std::string_view form_text) {
  if (const auto fields = parse_form(form_text)) {
    for (const auto& [name, value] : *fields) {
      if (is_secret_name(name, SecretPlace::field) && !is_a_conversation(value)) learn_secret(value);
    }
  }
}

void Pseudonyms::learn_json(std::string_view body, bool is_login) {
  if (!is_json(body) || !names_a_secret(body)) return;
  const auto json = parse_json(body);
  if (!json) return;
  std::vector<std::string> found;
  secrets_in(*json, is_login ? SecretPlace::login : SecretPlace::body, 0, found);
  for (const std::string& secret : found) learn_secret(secret);
}

void Pseudonyms::learn_origin(const Exchange& exchange) {
  std::string host(exchange.request.origin());
  host.erase(0, host.empty() ? 0 : host.find("//") + 2);
  if (const auto header = exchange.request.headers.find("host"); host.empty() && header) host = *header;
  if (host.empty()) return;
  replace_origin("http://" + host, recorded_origin(exchange.to));
  replace_origin("https://" + host, recorded_origin(exchange.to));
}

void Pseudonyms::replace_origin(std::string_view origin, const std::string& by) {
  {
    const std::shared_lock lock(mutex_);
    if (is_known(origin)) return;
  }
  const std::lock_guard lock(mutex_);
  if (!is_known(origin)) replace(origin, by);
}

bool Pseudonyms::is_known(std::string_view spelling) const {
  const auto alike = replacements_.find(std::string(spelling.substr(0, kShortest)));
  return alike != replacements_.end() && std::any_of(alike->second.begin(), alike->second.end(),
                                                     [&](const Replacement& one) { return one.spelling == spelling; });
}

void Pseudonyms::replace(std::string_view spelling, std::string by) {
  auto& alike = replacements_[std::string(spelling.substr(0, kShortest))];
  const auto place =
      std::find_if(alike.begin(), alike.end(), [&](const Replacement& one) { return one.spelling.size() < spelling.size(); });
  alike.insert(place, {std::string(spelling), std::move(by)});
  beginnings_.set(beginning_of(spelling));
  may_begin_.set(beginning_of(spelling));
  ++known_;
}

std::string Pseudonyms::masked(const std::string& text) const {
  const std::shared_lock lock(mutex_);
  return masked(text, 0);
}

std::string Pseudonyms::masked(const std::string& text, int depth) const {
  if (replacements_.empty()) return text;
  std::string result;
  std::size_t copied = 0;
  if (depth < kEncodingsMax) {
    for (const EncodedBlock& block : encoded_blocks(text)) {
      const std::string other = masked(block.decoded, depth + 1);
      if (other == block.decoded) continue;
      const std::string_view written = std::string_view(text).substr(block.begin, block.end - block.begin);
      result.append(text, copied, block.begin - copied).append(encoded_like(written, block.code, other));
      copied = block.end;
    }
  }
  return masked_as_written(copied == 0 ? text : result.append(text, copied));
}

std::string Pseudonyms::masked_as_written(const std::string& text) const {
  std::string result;
  std::size_t copied = 0;
  for (std::size_t at = 0; at + kShortest <= text.size();) {
    const std::string_view rest = std::string_view(text).substr(at);
    if (!may_begin_.test(beginning_of(rest))) {
      ++at;
      continue;
    }
    const auto [length, by] = replacement_at(rest);
    if (length == 0) {
      ++at;
      continue;
    }
    result.append(text, copied, at - copied).append(spelled_like(std::string_view(text).substr(at, length), by));
    copied = at += length;
  }
  return copied == 0 ? text : result.append(text, copied);
}

Pseudonyms::Found Pseudonyms::replacement_at(std::string_view text) const {
  const std::string_view raw = text.substr(0, kShortest);
  const auto may_be = [&](std::string_view begin) { return begin.size() > 1 && beginnings_.test(beginning_of(begin)); };
  // Most escapes begin nothing, which their first two bytes tell.
  const std::string read = may_be(plain_beginning(text, 2)) ? plain_beginning(text, kShortest) : std::string();
  for (const std::string_view beginning : {raw, std::string_view(read)}) {
    const bool is_known_beginning = beginning.size() == kShortest && may_be(beginning);
    const auto alike = is_known_beginning ? replacements_.find(std::string(beginning)) : replacements_.end();
    if (alike == replacements_.end()) continue;
    for (const Replacement& one : alike->second) {
      if (text.starts_with(one.spelling)) return {one.spelling.size(), one.by};
      if (const std::size_t length = length_in_any_spelling(text, one.spelling); length != 0) return {length, one.by};
    }
  }
  return {};
}

void Pseudonyms::mask(http::Headers& headers) const {
  http::Headers result;
  for (const http::Header& header : headers) result.add(header.name, masked(header.value, 0));
  headers = std::move(result);
}

void Pseudonyms::mask_body(http::Headers& headers, std::string& body) const {
  const auto plain = http::uncoded(headers, body, kPlainMax);
  std::string other = masked(plain ? *plain : body, 0);
  if (plain && other == *plain) return;
  if (plain) headers.remove("content-encoding");
  body = std::move(other);
}

void Pseudonyms::mask_request(Exchange& exchange) const {
  http::Request& request = exchange.request;
  const std::string_view origin = request.origin();
  request.target = masked(request.target.substr(origin.size()), 0);
  request.headers.remove("host");
  mask(request.headers);
  mask_body(request.headers, request.body);
}

void Pseudonyms::mask_response(Exchange& exchange) const {
  mask(exchange.response.headers);
  mask_body(exchange.response.headers, exchange.response.body);
}

Exchange Pseudonyms::masked(Exchange exchange) const {
  const std::shared_lock lock(mutex_);
  mask_request(exchange);
  mask_response(exchange);
  return exchange;
}

bool is_pseudonym(std::string_view value) {
  return value.starts_with(kPseudonym) && value.size() > kPseudonym.size() &&
         value.find_first_not_of("0123456789", kPseudonym.size()) == std::string_view::npos;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  std::size_t found = text.find(from);
  if (found == std::string::npos) {
    return text;
  }
  std::string result;
  std::size_t copied = 0;
  for (; found != std::string::npos; found = text.find(from, copied)) {
    result.append(text, copied, found - copied).append(to);
    copied = found + from.size();
  }
  return result.append(text, copied);
}

}  // namespace casewire::recording
