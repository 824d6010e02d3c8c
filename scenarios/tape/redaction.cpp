#include "scenarios/tape/redaction.hpp"

#include <algorithm>

#include "base/text/ascii.hpp"
#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "scenarios/tape/letters.hpp"
#include "scenarios/tape/lexemes.hpp"
#include "scenarios/tape/media_type.hpp"
#include "scenarios/tape/multipart.hpp"
#include "scenarios/tape/plain_bodies.hpp"
#include "scenarios/tape/redacted_text.hpp"
#include "scenarios/tape/redacted_xml.hpp"
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
        result_ += texts_.of_name(name);
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
    while (at_ < end) {
      copy(std::min(text_.find_first_of("0123456789", at_), end));
      const std::size_t behind = std::min(text_.find_first_not_of("0123456789", at_), end);
      if (behind - at_ < kTellingDigits) {
        copy(behind);
      } else {
        result_ += texts_.of(text_.substr(at_, behind - at_));
        at_ = behind;
      }
    }
  }

  std::string string_of(const std::string& member, std::string_view inner) {
    if (takes_query(member)) return texts_.of_query(inner);
    if (inner.size() > 1 && inner.starts_with('/') && inner.find(' ') == std::string_view::npos) return texts_.of_target(inner);
    // A file in base64 that says nothing readable is disguised as a file.
    constexpr std::size_t kFileMin = 64;
    if (inner.size() >= kFileMin && encoded_blocks(inner).empty()) {
      if (const auto bytes = decode_base64(inner)) return base64(texts_.of_bytes(*bytes));
    }
    return texts_.of(inner);
  }

  std::string_view text_;
  RedactedText& texts_;
  std::size_t at_ = 0;
  std::string result_;
};

std::string form_redacted(std::string_view body, RedactedText& texts) {
  return texts.of_target("?" + std::string(body)).substr(1);
}

std::string body_redacted(const http::Headers& headers, const std::string& body, RedactedText& texts);

/// Its makers call it as they like, after a customer or with somebody's address.
bool tells_of_a_program(std::string_view header) {
  return header == "user-agent" || header == "server" || header == "via" || header == "x-powered-by" ||
         header == "sforce-call-options";
}

std::string header_redacted(const http::Header& header, RedactedText& texts) {
  const std::string name = lowercase(header.name);
  if (texts.stays(name)) return texts.left(header.value);
  if (texts.is_told_in_names(name)) return texts.of_names(header.value, RedactedText::Numbers::all);
  if (tells_of_a_program(name)) return texts.of_names(header.value);
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
  for (const http::Header& header : headers) other.add(texts.of_name(header.name), header_redacted(header, texts));
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
    // As it becomes in the header.
    if (const auto parts = parts_of(body, boundary))
      return multipart_redacted(*parts, texts.of_names(boundary, RedactedText::Numbers::all), texts);
  }
  if (!is_valid_utf8(body)) return texts.of_bytes(body);
  // Digits alone may be spelled letters, `3530…4e33` for one, and are no number.
  const bool may_be_json = trimmed(body).find_first_of("{[\"") == 0;
  if (may_be_json && parse_json(body)) return RedactedJson(body, texts).redacted();
  if (type.is_form()) return form_redacted(body, texts);
  if (type.is_xml()) return xml_redacted(body, texts);
  const bool file = type.name.starts_with("image/") || type.name.starts_with("audio/") || type.name.starts_with("video/") ||
                    type.name == "application/pdf" || type.name == "application/zip" || type.name == "application/octet-stream";
  return file && body.find('\0') != std::string::npos ? texts.of_bytes(body) : texts.of(body);
}

/// Whether a text has such a word, or an id, of those that are as long as is worth a look: folded, whatever it is escaped in.
template <class IsIt>
bool has_as_written(std::string_view text, const IsIt& is_it) {
  std::string word;
  std::size_t characters = 0;
  const auto ends_in_it = [&] {
    const bool is = characters >= kTellingCharacters && is_it(word);
    word.clear();
    characters = 0;
    return is;
  };
  for (std::string_view rest = text; !rest.empty();) {
    if (is_alphanumeric(rest[0])) {  // nearly every character of nearly every text, and no escape
      word += static_cast<char>(small_letter(static_cast<unsigned char>(rest[0])));
      ++characters;
      rest.remove_prefix(1);
      continue;
    }
    const Character character = first_character(rest);
    rest.remove_prefix(character.written.size());
    if (character.spelling == Character::Spelling::nothing) continue;
    if (!is_word_character(character.code)) {
      if (ends_in_it()) return true;
      continue;
    }
    append_character(word, small_letter(character.code));
    ++characters;
  }
  if (ends_in_it()) return true;
  const auto pieces = pieces_of(text);
  return std::any_of(pieces.begin(), pieces.end(),
                     [&](const Piece& piece) { return piece.kind == Piece::Kind::id && is_it(lowercase(piece.text)); });
}

/// The same in every spelling that is known, encodings within each other too.
template <class IsIt>
bool has_word(std::string_view text, const IsIt& is_it, int depth = 0) {
  constexpr int kDeepest = 6;
  if (has_as_written(text, is_it)) return true;
  const std::string once = plain_of(text);
  if (once != text && has_as_written(once, is_it)) return true;
  if (depth == kDeepest) return false;
  for (const std::string_view seen : {text, std::string_view(once)}) {
    for (const EncodedBlock& block : encoded_blocks(seen)) {
      if (has_word(block.decoded, is_it, depth + 1)) return true;
    }
    if (once == text) break;
  }
  return false;
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
  make_plain(request.headers, request.body);
  request.target = texts.of_target(request.target);
  request.body = body_redacted(request.headers, request.body, texts);
  request.headers = headers_redacted(request.headers, texts);
}

void Redactor::redact_answer(Exchange& exchange) {
  RedactedText texts(*this);
  http::Response& response = exchange.response;
  make_plain(response.headers, response.body);
  response.body = body_redacted(response.headers, response.body, texts);
  response.headers = headers_redacted(response.headers, texts);
  exchange.error = exchange.error.empty() ? "" : texts.of(exchange.error);
}

void Redactor::note(const Words& words) {
  const std::lock_guard lock(mutex_);
  words_.taken_out.insert_all_of(words.taken_out);
  words_.put_in.insert_all_of(words.put_in);
  words_.left.insert_all_of(words.left);
}

bool Redactor::is_left_in(std::string_view text) const {
  return has_word(text, [&](const std::string& word) {
    const std::shared_lock lock(mutex_);
    return words_.taken_out.contains(word) && !words_.put_in.contains(word) && !words_.left.contains(word);
  });
}

std::vector<std::string> Redactor::left_in(const Texts& texts, std::initializer_list<const http::Headers*> headers) const {
  std::vector<std::string> places;
  for (const auto& [what, text] : texts) {
    if (is_left_in(text)) places.emplace_back(what);
  }
  for (const http::Headers* list : headers) {
    for (const http::Header& header : *list) {
      if (is_left_in(header.name + ": " + header.value)) places.emplace_back("a header");
    }
  }
  return places;
}

std::vector<std::string> Redactor::left_in(const Exchange& redacted) const {
  const http::Request& request = redacted.request;
  return left_in({{"the request's target", request.target},
                  {"the request's body", request.body},
                  {"the answer's body", redacted.response.body}},
                 {&request.headers, &redacted.response.headers});
}

std::vector<std::string> Redactor::left_in_answer(const Exchange& redacted) const {
  return left_in({{"the answer's body", redacted.response.body}}, {&redacted.response.headers});
}

std::vector<std::string> Redactor::left_in(const Tape& redacted_tape) const {
  std::vector<std::string> places;
  for (std::size_t i = 0; i < redacted_tape.exchanges.size(); ++i) {
    for (const std::string& place : left_in(redacted_tape.exchanges[i])) {
      places.push_back("entry " + std::to_string(i + 1) + ", " + place);
    }
  }
  return places;
}

}  // namespace casewire::scenarios
