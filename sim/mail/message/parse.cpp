#include <algorithm>
#include <memory>

#include "base/text/ascii.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "sim/mail/addresses.hpp"
#include "sim/mail/charset.hpp"
#include "sim/mail/message.hpp"
#include "sim/mail/message/body.hpp"
#include "sim/mail/message/encoded_words.hpp"
#include "sim/mail/message/gmime.hpp"
#include "sim/mail/message/uuencoded.hpp"

namespace casewire::sim::mail {
namespace {

/// The addresses of a header as they were sent: GMime's own reading drops those that RFC 5322 does not allow.
std::vector<Address> mailboxes_in(GMimeObject* mail, const char* name) {
  std::vector<Address> mailboxes;
  GMimeHeaderList* headers = g_mime_object_get_header_list(mail);
  for (int at = 0; at < g_mime_header_list_get_count(headers); ++at) {
    GMimeHeader* header = g_mime_header_list_get_header_at(headers, at);
    const char* raw = g_mime_header_get_raw_value(header);
    if (raw == nullptr || !equals_ignoring_case(g_mime_header_get_name(header), name)) continue;
    std::string value = to_utf8(raw, "");
    std::erase_if(value, [](char c) { return c == '\r' || c == '\n'; });  // unfolded
    for (auto& address : addresses_in(value)) {
      const std::unique_ptr<char, Free> decoded{g_mime_utils_header_decode_phrase(nullptr, address.name.c_str())};
      mailboxes.push_back({text_or_empty(decoded.get()), cleaned_utf8(address.address)});
    }
  }
  return mailboxes;
}

struct ReleaseReferences {
  void operator()(GMimeReferences* references) const { g_mime_references_free(references); }
};

std::vector<std::string> ids_in(const char* header) {
  std::vector<std::string> ids;
  if (header == nullptr) return ids;
  const std::unique_ptr<GMimeReferences, ReleaseReferences> parsed{g_mime_references_parse(nullptr, header)};
  for (int at = 0; at < g_mime_references_length(parsed.get()); ++at) {
    ids.push_back(text_or_empty(g_mime_references_get_message_id(parsed.get(), at)));
  }
  return ids;
}

bool is_known_header(std::string_view name) {
  for (const std::string_view known : {"from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references",
                                       "mime-version", "content-type", "content-transfer-encoding", "content-disposition"}) {
    if (equals_ignoring_case(name, known)) return true;
  }
  return false;
}

void read_headers(GMimeMessage* mail, Message& message) {
  const auto from = mailboxes_in(GMIME_OBJECT(mail), "From");
  if (!from.empty()) message.from = from.front();
  message.to = mailboxes_in(GMIME_OBJECT(mail), "To");
  message.cc = mailboxes_in(GMIME_OBJECT(mail), "Cc");
  message.subject = text_or_empty(g_mime_message_get_subject(mail));
  message.message_id = text_or_empty(g_mime_message_get_message_id(mail));
  auto* object = GMIME_OBJECT(mail);
  const auto answered = ids_in(g_mime_object_get_header(object, "In-Reply-To"));
  if (!answered.empty()) message.in_reply_to = answered.front();
  message.references = ids_in(g_mime_object_get_header(object, "References"));
  if (GDateTime* date = g_mime_message_get_date(mail)) {
    message.date = WallTime{std::chrono::seconds{g_date_time_to_unix(date)}};
  }
  GMimeHeaderList* headers = g_mime_object_get_header_list(object);
  for (int at = 0; at < g_mime_header_list_get_count(headers); ++at) {
    GMimeHeader* header = g_mime_header_list_get_header_at(headers, at);
    const std::string name = text_or_empty(g_mime_header_get_name(header));
    if (!is_known_header(name)) message.other_headers.emplace_back(name, text_or_empty(g_mime_header_get_value(header)));
  }
}

std::size_t occurrences(std::string_view text, std::string_view word, std::size_t enough) {
  std::size_t count = 0;
  for (auto at = text.find(word); at != std::string_view::npos && count < enough; at = text.find(word, at + word.size())) ++count;
  return count;
}

/// Up to the empty line.
std::size_t size_of_header(std::string_view mail) { return std::min({mail.find("\n\n"), mail.find("\n\r\n"), mail.size()}); }

Diagnostic unreadable(std::string_view file, std::string problem) {
  return {Where{std::string{file}, Position{1, 1}}, std::move(problem)};
}

std::string written(GMimeStream* memory) {
  const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory));
  return bytes == nullptr ? std::string{} : std::string{reinterpret_cast<const char*>(bytes->data), bytes->len};
}

/// As it stands in the mail.
std::string coded(GMimeDataWrapper* content) {
  GMimeStream* stream = g_mime_data_wrapper_get_stream(content);
  const auto copy = own(g_mime_stream_mem_new());
  g_mime_stream_reset(stream);
  g_mime_stream_write_to_stream(stream, copy.get());
  g_mime_stream_reset(stream);
  return written(copy.get());
}

/// The last bytes of base64 whose "=" at the end were left out: GMime keeps them back.
std::string kept_back(GMimeDataWrapper* content) {
  if (g_mime_data_wrapper_get_encoding(content) != GMIME_CONTENT_ENCODING_BASE64) return {};
  std::string signs;
  for (const char c : coded(content)) {
    if (c == '=') return {};
    if (is_alphanumeric(c) || c == '+' || c == '/') signs += c;
  }
  const std::size_t group = 4, left = signs.size() % group;
  if (left < 2) return {};
  return decode_base64(signs.substr(signs.size() - left) + std::string(group - left, '=')).value_or("");
}

}  // namespace

std::string text_or_empty(const char* text) { return text == nullptr ? std::string{} : cleaned_utf8(text); }

std::string bytes_of(GMimeDataWrapper* content) {
  if (content == nullptr) return {};
  if (g_mime_data_wrapper_get_encoding(content) == GMIME_CONTENT_ENCODING_UUENCODE) return uudecoded(coded(content));
  const auto stream = own(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, stream.get());
  return written(stream.get()) + kept_back(content);
}

Result<Message> parse(std::string_view rfc5322, std::string_view file) {
  start_gmime();
  const std::size_t nested =
      occurrences(rfc5322, "boundary=", kNestingMax + 1) + occurrences(rfc5322, "message/rfc822", kNestingMax + 1);
  if (nested > kNestingMax) {
    return fail(unreadable(file, "the mail holds more than " + std::to_string(kNestingMax) + " nested multiparts or mails"));
  }
  const auto header_size = size_of_header(rfc5322);
  const std::string text = with_joined_words(rfc5322.substr(0, header_size)) + std::string(rfc5322.substr(header_size));
  const auto stream = own(g_mime_stream_mem_new_with_buffer(text.data(), text.size()));
  const auto parser = own(g_mime_parser_new_with_stream(stream.get()));
  const auto mail = own(g_mime_parser_construct_message(parser.get(), nullptr));
  if (!mail || g_mime_header_list_get_count(g_mime_object_get_header_list(GMIME_OBJECT(mail.get()))) == 0) {
    return fail(unreadable(file, "expected a mail that begins with header lines such as \"From: ann@example.test\""));
  }
  Message message{.from = {}};
  read_headers(mail.get(), message);
  read_body(g_mime_message_get_mime_part(mail.get()), message);
  return message;
}

}  // namespace casewire::sim::mail
