#include <algorithm>
#include <memory>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "sim/mail/message.hpp"
#include "sim/mail/message/gmime.hpp"

namespace casewire::sim::mail {
namespace {

constexpr std::size_t kSevenBitLineMax = 900;  // RFC 5322 allows 998 without the line end

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

}  // namespace casewire::sim::mail
