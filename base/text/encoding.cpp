#include "base/text/encoding.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text/ascii.hpp"

namespace casewire {
namespace {

constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t kNotBase64 = 255, kNotBase64Bit = 128;

constexpr auto kBase64Values = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNotBase64);
  for (std::size_t at = 0; at < kBase64.size(); ++at) {
    values[static_cast<unsigned char>(kBase64[at])] = static_cast<std::uint8_t>(at);
  }
  return values;
}();

std::string encoded(std::string_view bytes, std::string_view alphabet, bool padded) {
  // In place, three bytes at a time: files of megabytes pass here.
  std::string out((bytes.size() + 2) / 3 * 4, '=');
  char* letter = out.data();
  const auto byte = [&](std::size_t at) -> std::uint32_t { return static_cast<unsigned char>(bytes[at]); };
  std::size_t at = 0;
  for (; at + 3 <= bytes.size(); at += 3) {
    const std::uint32_t group = byte(at) << 16 | byte(at + 1) << 8 | byte(at + 2);
    *letter++ = alphabet[group >> 18];
    *letter++ = alphabet[group >> 12 & 63];
    *letter++ = alphabet[group >> 6 & 63];
    *letter++ = alphabet[group & 63];
  }
  if (const auto left = bytes.size() - at; left > 0) {
    const std::uint32_t group = byte(at) << 16 | (left > 1 ? byte(at + 1) << 8 : 0);
    *letter++ = alphabet[group >> 18];
    *letter++ = alphabet[group >> 12 & 63];
    if (left > 1) *letter++ = alphabet[group >> 6 & 63];
  }
  if (!padded) out.resize(static_cast<std::size_t>(letter - out.data()));
  return out;
}

constexpr std::string_view kHexDigits = "0123456789ABCDEF";

void append_percent_escape(std::string& out, char c) {
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += kHexDigits[byte >> 4];
  out += kHexDigits[byte & 15];
}

std::optional<std::string> unescaped(std::string_view text, bool plus_is_blank) {
  std::string out(text.size(), '\0');
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%') {
      if (text.size() - at < 3) return std::nullopt;
      const int high = hex_value(text[at + 1]);
      const int low = hex_value(text[at + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out[end++] = static_cast<char>(high * 16 + low);
      at += 2;
    } else {
      out[end++] = plus_is_blank && text[at] == '+' ? ' ' : text[at];
    }
  }
  out.resize(end);
  return out;
}

// WHATWG URL, application/x-www-form-urlencoded percent-encode set.
void append_form_text(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '*') {
      out += c;
    } else if (c == ' ') {
      out += '+';
    } else {
      append_percent_escape(out, c);
    }
  }
}

}  // namespace

std::string base64(std::string_view bytes) { return encoded(bytes, kBase64, true); }

std::string base64url(std::string_view bytes) { return encoded(bytes, kBase64Url, false); }

std::optional<std::string> decode_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  const auto digits = text.substr(0, text.size() - padding);
  std::string out(digits.size() * 3 / 4, '\0');
  char* byte = out.data();
  std::uint32_t faults = 0;
  const auto value = [&](std::size_t at) -> std::uint32_t {
    const std::uint32_t found = kBase64Values[static_cast<unsigned char>(digits[at])];
    faults |= found & kNotBase64Bit;
    return found;
  };
  std::size_t at = 0;
  for (; at + 4 <= digits.size(); at += 4) {
    const std::uint32_t group = value(at) << 18 | value(at + 1) << 12 | value(at + 2) << 6 | value(at + 3);
    *byte++ = static_cast<char>(group >> 16 & 255);
    *byte++ = static_cast<char>(group >> 8 & 255);
    *byte++ = static_cast<char>(group & 255);
  }
  if (const auto left = digits.size() - at; left > 0) {
    const std::uint32_t group = value(at) << 18 | value(at + 1) << 12 | (left > 2 ? value(at + 2) << 6 : 0);
    *byte++ = static_cast<char>(group >> 16 & 255);
    if (left > 2) *byte++ = static_cast<char>(group >> 8 & 255);
  }
  if (faults != 0) return std::nullopt;
  return out;
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::size_t kEscape = 3;
  std::string out(text.size() * kEscape, '%');
  std::size_t end = 0;
  for (const char c : text) {
    if (is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      out[end++] = c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out[end + 1] = kHexDigits[byte >> 4];
      out[end + 2] = kHexDigits[byte & 15];
      end += kEscape;
    }
  }
  out.resize(end);
  return out;
}

std::optional<std::string> percent_decoded(std::string_view text) { return unescaped(text, false); }

std::optional<FormFields> parse_form(std::string_view text) {
  FormFields fields;
  while (!text.empty()) {
    const auto pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    auto name = unescaped(pair.substr(0, equals), true);
    auto value = unescaped(equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1), true);
    if (!name || !value) return std::nullopt;
    fields.emplace_back(*std::move(name), *std::move(value));
  }
  return fields;
}

std::string form(const FormFields& fields) {
  std::string out;
  for (const auto& [name, value] : fields) {
    if (!out.empty()) out += '&';
    append_form_text(out, name);
    out += '=';
    append_form_text(out, value);
  }
  return out;
}

std::optional<std::string> form_value(const FormFields& fields, std::string_view name) {
  for (const auto& [known, value] : fields) {
    if (known == name) return value;
  }
  return std::nullopt;
}

std::string html_escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

}  // namespace casewire
