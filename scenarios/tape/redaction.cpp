#include "scenarios/tape/redaction.hpp"

#include <algorithm>

#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "scenarios/tape/lexemes.hpp"
#include "scenarios/tape/media_type.hpp"
#include "scenarios/tape/multipart.hpp"
#include "scenarios/tape/redacted_text.hpp"
#include "scenarios/tape/run_values.hpp"

namespace casewire::scenarios {

namespace {

/// JSON as it is written: strings change in their place, everything between them stays to the blank.
class RedactedJson {
 public:
  RedactedJson(std::string_view text, RedactedText& texts) : text_(text), texts_(texts) {}

  /// `text` is JSON that parse_json() has read.
  std::string redacted() {
    value({});
    copy(text_.size());
    return std::move(result_);
  }

 private:
  void copy(std::size_t end) {
    result_ += text_.substr(at_, end - at_);
    at_ = end;
  }
  void blanks() { copy(std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size())); }
  char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  /// What stands between the quotes; moves behind the second one.
  std::string_view string() {
    copy(at_ + 1);
    std::size_t end = at_;
    while (end < text_.size() && text_[end] != '"') end += text_[end] == '\\' ? 2 : 1;
    const std::string_view inner = text_.substr(at_, end - at_);
    at_ = end;
    return inner;
  }

  void value(const std::string& member) {  // parse_json has bounded the depth
    blanks();
    if (here() == '{') {
      copy(at_ + 1);
      for (blanks(); here() != '}' && here() != '\0'; blanks()) {
        if (here() == ',') copy(at_ + 1);
        blanks();
        const std::string name(string());
        result_ += is_name(name) ? texts_.left(name) : texts_.of(name);
        copy(at_ + 1);
        blanks();
        copy(at_ + 1);  // the colon
        value(name);
      }
      copy(at_ + 1);
    } else if (here() == '[') {
      copy(at_ + 1);
      for (blanks(); here() != ']' && here() != '\0'; blanks()) {
        if (here() == ',') copy(at_ + 1);
        value(member);
      }
      copy(at_ + 1);
    } else if (here() == '"') {
      const std::string_view inner = string();
      result_ += texts_.stays(member) ? texts_.left(inner) : string_of(member, inner);
      copy(at_ + 1);
    } else {
      const std::size_t end = std::min(text_.find_first_of(",]} \t\r\n", at_), text_.size());
      const std::string_view word = text_.substr(at_, end - at_);
      is_epoch(word) || texts_.stays(member) ? copy(end) : number(end);
    }
  }

  /// Digits alone, so that it stays a number: Salesforce writes the one of a customer as `4711123.0`.
  void number(std::size_t end) {
    constexpr std::size_t kTelling = 5;  // a count is shorter, a ticket is not
    while (at_ < end) {
      copy(std::min(text_.find_first_of("0123456789", at_), end));
      const std::size_t behind = std::min(text_.find_first_not_of("0123456789", at_), end);
      if (behind - at_ < kTelling) {
        copy(behind);
      } else {
        result_ += texts_.of(text_.substr(at_, behind - at_));
        at_ = behind;
      }
    }
  }

  std::string string_of(const std::string& member, std::string_view inner) {
    if (member == "q" || member == "query") return texts_.of_query(inner);
    if (inner.size() > 1 && inner.starts_with('/') && inner.find(' ') == std::string_view::npos) return texts_.of_target(inner);
    // A file in base64 that says nothing readable is disguised as a file.
    constexpr std::size_t kFileMin = 64;
    if (inner.size() >= kFileMin && encoded_blocks(inner).empty()) {
      if (const auto bytes = decode_base64(inner)) return base64(texts_.of_bytes(*bytes));
    }
    return texts_.of(inner);
  }

  static bool is_name(std::string_view name) {
    constexpr std::size_t kLongest = 40;
    const auto plain = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' || c == '-' || (c >= '0' && c <= '9');
    };
    const auto digits = std::count_if(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
    return name.size() <= kLongest && digits < 4 && std::all_of(name.begin(), name.end(), plain);
  }

  std::string_view text_;
  RedactedText& texts_;
  std::size_t at_ = 0;
  std::string result_;
};

std::string form_redacted(std::string_view body, RedactedText& texts) {
  return texts.of_target("?" + std::string(body)).substr(1);
}

/// Elements and attributes stay, what they hold does not.
std::string xml_redacted(std::string_view body, RedactedText& texts) {
  std::string result;
  while (!body.empty()) {
    const std::size_t tag = std::min(body.find('<'), body.size());
    result += texts.of(body.substr(0, tag));
    const std::size_t end = tag < body.size() ? std::min(body.find('>', tag), body.size() - 1) + 1 : body.size();
    result += texts.left(body.substr(tag, end - tag));
    body.remove_prefix(end);
  }
  return result;
}

std::string body_redacted(const http::Headers& headers, const std::string& body, RedactedText& texts);

std::string header_redacted(const http::Header& header, RedactedText& texts) {
  const std::string name = lowercase(header.name);
  texts.left(header.name);
  if (texts.stays(name)) return texts.left(header.value);
  if (name == "location" || name == "content-location" || name == "referer" || name == "link") {
    const std::size_t scheme = header.value.find("://");
    const std::size_t path = scheme == std::string::npos ? 0 : std::min(header.value.find('/', scheme + 3), header.value.size());
    return texts.of(header.value.substr(0, path)) +
           (path < header.value.size() ? texts.of_target(header.value.substr(path)) : "");
  }
  return texts.of(header.value);
}

http::Headers headers_redacted(const http::Headers& headers, RedactedText& texts) {
  http::Headers other;
  for (const http::Header& header : headers) other.add(header.name, header_redacted(header, texts));
  return other;
}

std::string multipart_redacted(const std::vector<Part>& parts, const std::string& boundary, RedactedText& texts) {
  std::string body;
  for (const Part& part : parts) {
    body += "--" + boundary + "\r\n";
    for (const http::Header& header : headers_redacted(part.headers, texts)) body += header.name + ": " + header.value + "\r\n";
    body += "\r\n" + body_redacted(part.headers, part.body, texts) + "\r\n";
  }
  return body + "--" + boundary + "--\r\n";
}

std::string body_redacted(const http::Headers& headers, const std::string& body, RedactedText& texts) {
  if (body.empty()) return body;
  const MediaType type = media_type_of(headers);
  if (type.is_multipart()) {
    const std::string boundary = type.parameter("boundary");
    if (const auto parts = parts_of(body, boundary)) return multipart_redacted(*parts, boundary, texts);
  }
  if (!is_valid_utf8(body) || headers.find("content-encoding")) return texts.of_bytes(body);
  // Digits alone may be spelled letters, `3530…4e33` for one, and are no number.
  const bool may_be_json = trimmed(body).find_first_of("{[\"") == 0;
  if (may_be_json && parse_json(body)) return RedactedJson(body, texts).redacted();
  if (type.is_form()) return form_redacted(body, texts);
  if (type.is_xml()) return xml_redacted(body, texts);
  const bool file = type.name.starts_with("image/") || type.name.starts_with("audio/") || type.name.starts_with("video/") ||
                    type.name == "application/pdf" || type.name == "application/zip" || type.name == "application/octet-stream";
  return file && body.find('\0') != std::string::npos ? texts.of_bytes(body) : texts.of(body);
}

/// Every word that stands in a text in some spelling.
void words_in(std::string_view text, int depth, std::set<std::string, std::less<>>& words) {
  constexpr int kDeepest = 6;
  const auto add = [&](const std::string& plain) {
    std::string word;
    const auto flush = [&] {
      if (!word.empty()) words.insert(std::move(word));
      word.clear();
    };
    for (const Character& character : characters_of(plain)) {
      if (character.spelling == Character::Spelling::nothing) continue;
      char32_t code = character.code;
      if ((code >= U'A' && code <= U'Z') || (code >= 0xC0 && code <= 0xDE && code != 0xD7) || (code >= 0x410 && code <= 0x42F))
        code += 32;
      is_word_character(code) ? static_cast<void>(word += utf8_of(static_cast<std::uint32_t>(code))) : flush();
    }
    flush();
    for (const Piece& piece : pieces_of(plain)) {
      if (piece.kind == Piece::Kind::id) words.insert(lowercase(piece.text));
    }
  };
  add(std::string(text));
  const std::string once = plain_of(text);
  if (once != text) add(once);
  if (depth == kDeepest) return;
  for (const std::string_view seen : {text, std::string_view(once)}) {
    for (const EncodedBlock& block : encoded_blocks(seen)) words_in(block.decoded, depth + 1, words);
    if (once == text) break;
  }
}

}  // namespace

Tape Redactor::redacted(Tape tape) {
  for (Exchange& exchange : tape.exchanges) {
    redact_request(exchange);
    redact_answer(exchange);
  }
  return tape;
}

void Redactor::redact_request(Exchange& exchange) {
  RedactedText texts(*this);
  http::Request& request = exchange.request;
  request.target = texts.of_target(request.target);
  request.body = body_redacted(request.headers, request.body, texts);
  request.headers = headers_redacted(request.headers, texts);
}

void Redactor::redact_answer(Exchange& exchange) {
  RedactedText texts(*this);
  http::Response& response = exchange.response;
  response.body = body_redacted(response.headers, response.body, texts);
  response.headers = headers_redacted(response.headers, texts);
  exchange.error = exchange.error.empty() ? "" : texts.of(exchange.error);
}

std::vector<std::string> Redactor::left_in(const Exchange& redacted_exchange) const {
  std::vector<std::string> places;
  const auto look = [&](const char* what, std::string_view text) {
    std::set<std::string, std::less<>> words;
    words_in(text, 0, words);
    const bool left = std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return taken_out_.contains(word) && !put_in_.contains(word) && !left_.contains(word);
    });
    if (left) places.emplace_back(what);
  };
  look("the request's target", redacted_exchange.request.target);
  look("the request's body", redacted_exchange.request.body);
  look("the answer's body", redacted_exchange.response.body);
  for (const auto* headers : {&redacted_exchange.request.headers, &redacted_exchange.response.headers}) {
    for (const http::Header& header : *headers) look("a header", header.name + ": " + header.value);
  }
  return places;
}

std::vector<std::string> Redactor::left_in(const Tape& redacted_tape) const {
  std::vector<std::string> places;
  for (std::size_t i = 0; i < redacted_tape.exchanges.size(); ++i) {
    for (const std::string& place : left_in(redacted_tape.exchanges[i])) {
      places.push_back("entry " + std::to_string(i) + ", " + place);
    }
  }
  return places;
}

}  // namespace casewire::scenarios
