#include "sim/mail/message.hpp"

#include <gmime/gmime.h>

#include <algorithm>
#include <memory>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/html_text.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "sim/mail/charset.hpp"

namespace casewire::sim::mail {
namespace {

// GMime's parser recurses once per nested multipart or mail; both run on fibers with small stacks.
constexpr std::size_t kNestingMax = 32;
constexpr std::size_t kSevenBitLineMax = 900;  // RFC 5322 allows 998 without the line end

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;
template <class T>
Owned<T> own(T* object) {
  return Owned<T>{object};
}
struct Free {
  void operator()(char* text) const { g_free(text); }
};

void start_gmime() {
  static const bool started = (g_mime_init(), true);
  (void)started;
}

std::string text_or_empty(const char* text) { return text == nullptr ? std::string{} : cleaned_utf8(text); }

// ---- composing

/// A header value is one line: a line end inside it would begin another header.
std::string one_line(std::string_view value) {
  std::string line = cleaned_utf8(value);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\r' || c == '\n'; }, ' ');
  return line;
}

bool is_header_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 127 && c != ':'; });
}

GMimeContentEncoding encoding_for_text(std::string_view text) {
  std::size_t line = 0;
  for (const char c : text) {
    if (c == '\n') {
      line = 0;
    } else if (static_cast<signed char>(c) < ' ' && c != '\t') {
      return GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;  // controls and everything above ASCII
    } else if (++line > kSevenBitLineMax) {
      return GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
    }
  }
  return GMIME_CONTENT_ENCODING_7BIT;
}

void set_content(GMimePart* part, std::string_view bytes, GMimeContentEncoding encoding) {
  const auto stream = own(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const auto wrapper = own(g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
  g_mime_part_set_content(part, wrapper.get());
  g_mime_part_set_content_encoding(part, encoding);
}

Owned<GMimeObject> text_part(const char* subtype, std::string_view text) {
  auto* part = g_mime_text_part_new_with_subtype(subtype);
  g_mime_text_part_set_charset(part, "utf-8");
  std::string content = cleaned_utf8(text);
  if (!content.ends_with('\n')) content += '\n';
  set_content(GMIME_PART(part), content, encoding_for_text(content));
  return own(GMIME_OBJECT(part));
}

Owned<GMimeObject> attachment_part(const Attachment& attachment) {
  const auto type = own(g_mime_content_type_parse(nullptr, attachment.media_type.c_str()));
  auto* part = g_mime_part_new_with_type(g_mime_content_type_get_media_type(type.get()),
                                         g_mime_content_type_get_media_subtype(type.get()));
  const bool inline_part = !attachment.content_id.empty();
  g_mime_object_set_disposition(GMIME_OBJECT(part), inline_part ? "inline" : "attachment");
  if (!attachment.name.empty()) g_mime_part_set_filename(part, one_line(attachment.name).c_str());
  if (inline_part) g_mime_part_set_content_id(part, one_line(attachment.content_id).c_str());
  set_content(part, attachment.content, GMIME_CONTENT_ENCODING_BASE64);
  return own(GMIME_OBJECT(part));
}

/// Boundaries come from the content, so that equal mails are equal bytes, and cannot occur in it.
class Boundaries {
 public:
  explicit Boundaries(const Message& message) {
    std::string all = message.message_id + '\0' + message.text + '\0' + message.html;
    for (const auto& attachment : message.attachments) all.append(1, '\0').append(attachment.name).append(attachment.content);
    digest_ = hex(sha256(all)).substr(0, 24);
  }
  Owned<GMimeMultipart> multipart(const char* subtype) {
    auto part = own(g_mime_multipart_new_with_subtype(subtype));
    g_mime_multipart_set_boundary(part.get(), ("=_" + digest_ + "_" + std::to_string(++count_)).c_str());
    return part;
  }

 private:
  std::string digest_;
  int count_ = 0;
};

Owned<GMimeObject> as_object(Owned<GMimeMultipart> multipart) { return own(GMIME_OBJECT(multipart.release())); }

Owned<GMimeObject> body_of(const Message& message, Boundaries& boundaries) {
  Owned<GMimeObject> body = message.html.empty() ? text_part("plain", message.text) : text_part("html", message.html);
  const auto wrap = [&](const char* subtype, auto&& wanted) {
    auto multipart = boundaries.multipart(subtype);
    g_mime_multipart_add(multipart.get(), body.get());
    for (const auto& attachment : message.attachments) {
      if (wanted(attachment)) g_mime_multipart_add(multipart.get(), attachment_part(attachment).get());
    }
    body = as_object(std::move(multipart));
  };
  const auto has = [&](auto&& wanted) { return std::any_of(message.attachments.begin(), message.attachments.end(), wanted); };
  const auto is_inline = [&](const Attachment& a) { return !a.content_id.empty() && !message.html.empty(); };
  const auto is_apart = [&](const Attachment& a) { return !is_inline(a); };

  if (has(is_inline)) wrap("related", is_inline);
  if (!message.html.empty() && !message.text.empty()) {
    auto alternative = boundaries.multipart("alternative");
    g_mime_multipart_add(alternative.get(), text_part("plain", message.text).get());
    g_mime_multipart_add(alternative.get(), body.get());
    body = as_object(std::move(alternative));
  }
  if (has(is_apart)) wrap("mixed", is_apart);
  return body;
}

std::string bracketed(std::string_view id) { return "<" + one_line(id) + ">"; }

void set_headers(GMimeMessage* mail, const Message& message) {
  const auto set = [&](const char* name, const std::string& value) {
    g_mime_object_set_header(GMIME_OBJECT(mail), name, value.c_str(), "utf-8");
  };
  const auto add = [&](GMimeAddressType type, const Address& address) {
    const std::string name = one_line(address.name);
    g_mime_message_add_mailbox(mail, type, name.empty() ? nullptr : name.c_str(), one_line(address.address).c_str());
  };
  add(GMIME_ADDRESS_TYPE_FROM, message.from);
  for (const auto& address : message.to) add(GMIME_ADDRESS_TYPE_TO, address);
  for (const auto& address : message.cc) add(GMIME_ADDRESS_TYPE_CC, address);
  g_mime_message_set_subject(mail, one_line(message.subject).c_str(), "utf-8");
  if (message.date) set("Date", rfc5322_date(*message.date));
  if (!message.message_id.empty()) set("Message-ID", bracketed(message.message_id));
  if (!message.in_reply_to.empty()) set("In-Reply-To", bracketed(message.in_reply_to));
  std::string references;
  for (const auto& id : message.references) references.append(references.empty() ? "" : " ").append(bracketed(id));
  if (!references.empty()) set("References", references);
  for (const auto& [name, value] : message.other_headers) {
    if (is_header_name(name)) set(name.c_str(), one_line(value));
  }
}

// ---- parsing

std::string bytes_of(GMimeDataWrapper* content) {
  if (content == nullptr) return {};
  const auto stream = own(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, stream.get());
  const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
  return bytes == nullptr ? std::string{} : std::string{reinterpret_cast<const char*>(bytes->data), bytes->len};
}

std::string with_lf(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\r') {
      if (at + 1 == text.size() || text[at + 1] != '\n') result += '\n';
    } else {
      result += text[at];
    }
  }
  return result;
}

std::string decoded_text(GMimePart* part) {
  const char* charset = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset");
  std::string text = with_lf(to_utf8(bytes_of(g_mime_part_get_content(part)), charset == nullptr ? "" : charset));
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

void append_paragraph(std::string& text, std::string more) {
  if (!text.empty() && !more.empty()) text += "\n\n";
  text += more;
}

class Reader {
 public:
  explicit Reader(Message& message) : message_(message) {}

  void read(GMimeObject* object, std::size_t depth) {
    if (object == nullptr || depth > 2 * kNestingMax) return;
    if (GMIME_IS_MULTIPART(object)) {
      auto* multipart = GMIME_MULTIPART(object);
      for (int at = 0; at < g_mime_multipart_get_count(multipart); ++at)
        read(g_mime_multipart_get_part(multipart, at), depth + 1);
    } else if (GMIME_IS_MESSAGE_PART(object)) {
      read_forwarded(GMIME_MESSAGE_PART(object));
    } else if (GMIME_IS_PART(object)) {
      read_part(GMIME_PART(object));
    }
  }

 private:
  void read_forwarded(GMimeMessagePart* part) {
    GMimeMessage* inner = g_mime_message_part_get_message(part);
    if (inner == nullptr) return;
    const std::unique_ptr<char, Free> text{g_mime_object_to_string(GMIME_OBJECT(inner), nullptr)};
    const std::string subject = text_or_empty(g_mime_message_get_subject(inner));
    message_.attachments.push_back({(subject.empty() ? "message" : subject) + ".eml", "message/rfc822", text ? text.get() : ""});
  }

  void read_part(GMimePart* part) {
    auto* object = GMIME_OBJECT(part);
    GMimeContentType* type = g_mime_object_get_content_type(object);
    const char* disposition = g_mime_object_get_disposition(object);
    const char* file_name = g_mime_part_get_filename(part);
    const bool is_file = file_name != nullptr || (disposition != nullptr && equals_ignoring_case(disposition, "attachment"));
    if (!is_file && g_mime_content_type_is_type(type, "text", "plain")) {
      append_paragraph(message_.text, decoded_text(part));
    } else if (!is_file && g_mime_content_type_is_type(type, "text", "html") && message_.html.empty()) {
      message_.html = decoded_text(part);
    } else {
      const std::unique_ptr<char, Free> media_type{g_mime_content_type_get_mime_type(type)};
      message_.attachments.push_back({text_or_empty(file_name), lowercase(media_type.get()),
                                      bytes_of(g_mime_part_get_content(part)), text_or_empty(g_mime_part_get_content_id(part))});
    }
  }

  Message& message_;
};

void append_mailboxes(std::vector<Address>& out, InternetAddressList* list, std::size_t depth = 0) {
  if (list == nullptr || depth > kNestingMax) return;
  for (int at = 0; at < internet_address_list_length(list); ++at) {
    InternetAddress* address = internet_address_list_get_address(list, at);
    if (INTERNET_ADDRESS_IS_GROUP(address)) {
      append_mailboxes(out, internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address)), depth + 1);
    } else if (INTERNET_ADDRESS_IS_MAILBOX(address)) {
      out.push_back({text_or_empty(internet_address_get_name(address)),
                     text_or_empty(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address)))});
    }
  }
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
  std::vector<Address> from;
  append_mailboxes(from, g_mime_message_get_from(mail));
  if (!from.empty()) message.from = from.front();
  append_mailboxes(message.to, g_mime_message_get_to(mail));
  append_mailboxes(message.cc, g_mime_message_get_cc(mail));
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

Diagnostic unreadable(std::string_view file, std::string problem) {
  return {Where{std::string{file}, Position{1, 1}}, std::move(problem)};
}

}  // namespace

std::string compose(const Message& message) {
  start_gmime();
  const auto mail = own(g_mime_message_new(FALSE));
  set_headers(mail.get(), message);
  Boundaries boundaries{message};
  g_mime_message_set_mime_part(mail.get(), body_of(message, boundaries).get());

  struct Release {
    void operator()(GMimeFormatOptions* options) const { g_mime_format_options_free(options); }
  };
  const std::unique_ptr<GMimeFormatOptions, Release> format{g_mime_format_options_new()};
  g_mime_format_options_set_newline_format(format.get(), GMIME_NEWLINE_FORMAT_DOS);
  const std::unique_ptr<char, Free> text{g_mime_object_to_string(GMIME_OBJECT(mail.get()), format.get())};
  return text.get();
}

Result<Message> parse(std::string_view rfc5322, std::string_view file) {
  start_gmime();
  const std::size_t nested =
      occurrences(rfc5322, "boundary=", kNestingMax + 1) + occurrences(rfc5322, "message/rfc822", kNestingMax + 1);
  if (nested > kNestingMax) {
    return fail(unreadable(file, "the mail holds more than " + std::to_string(kNestingMax) + " nested multiparts or mails"));
  }
  const auto stream = own(g_mime_stream_mem_new_with_buffer(rfc5322.data(), rfc5322.size()));
  const auto parser = own(g_mime_parser_new_with_stream(stream.get()));
  const auto mail = own(g_mime_parser_construct_message(parser.get(), nullptr));
  if (!mail || g_mime_header_list_get_count(g_mime_object_get_header_list(GMIME_OBJECT(mail.get()))) == 0) {
    return fail(unreadable(file, "expected a mail that begins with header lines such as \"From: ann@example.test\""));
  }
  Message message{.from = {}};
  read_headers(mail.get(), message);
  Reader{message}.read(g_mime_message_get_mime_part(mail.get()), 0);
  if (message.text.empty() && !message.html.empty()) message.text = text_of_html(message.html);
  return message;
}

}  // namespace casewire::sim::mail
