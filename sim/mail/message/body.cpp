#include "sim/mail/message/body.hpp"

#include "base/text/encoding.hpp"
#include "base/text/html_text.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "sim/mail/charset.hpp"
#include "sim/mail/file_names.hpp"
#include "sim/mail/flowed.hpp"

namespace casewire::sim::mail {
namespace {

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

void drop_empty_lines_at_end(std::string& text) {
  while (text.ends_with('\n')) text.pop_back();
}

/// `<meta charset=x>` and `<meta http-equiv content="text/html; charset=x">`: what HTML says of itself when its part says nothing.
std::string charset_of_html(std::string_view bytes) {
  constexpr std::size_t kLookedAt = 2048;  // browsers look at 1024
  const std::string head = lowercase(bytes.substr(0, kLookedAt));
  const auto at = head.find("charset=");
  if (at == std::string::npos || head.rfind("<meta", at) == std::string::npos) return {};
  const auto begin = head.find_first_not_of("\"' ", at + 8);
  if (begin == std::string::npos) return {};
  return head.substr(begin, head.find_first_of("\"'> ;/", begin) - begin);
}

std::string parameter(GMimePart* part, const char* name) {
  const char* value = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), name);
  return value == nullptr ? std::string{} : std::string{value};
}

/// A type that cannot be read counts as text/plain: RFC 2045, 5.2.
bool has_type(GMimeObject* object) {
  const char* type = g_mime_object_get_header(object, "Content-Type");
  return type != nullptr && std::string_view{type}.find('/') != std::string_view::npos;
}

/// Markdown is text that was written to be read as it stands: RFC 7763.
bool is_words(GMimeContentType* type) {
  return g_mime_content_type_is_type(type, "text", "plain") || g_mime_content_type_is_type(type, "text", "markdown") ||
         g_mime_content_type_is_type(type, "text", "x-markdown");
}

struct Body {
  std::string text;
  std::string html;  ///< of the same words; empty when no part is HTML
};

void append(Body& all, Body more) {
  if (!has_visible_text(more.text) && more.html.empty()) return;
  if (!all.text.empty() && !more.text.empty()) all.text += "\n\n";
  if (!more.html.empty() || !all.html.empty()) {
    const auto as_html = [](const Body& body) {
      return body.html.empty() && !body.text.empty() ? "<pre>" + html_escaped(body.text) + "</pre>" : body.html;
    };
    all.html = as_html(all) + (all.html.empty() && all.text.empty() ? "" : "\n") + as_html(more);
  }
  all.text += more.text;
}

class BodyReader {
 public:
  explicit BodyReader(Message& message) : message_(message) {}

  Body read(GMimeObject* object, std::size_t depth) {
    if (object == nullptr || depth > 2 * kNestingMax) return {};
    if (GMIME_IS_MULTIPART(object)) return multipart(GMIME_MULTIPART(object), depth);
    if (GMIME_IS_MESSAGE_PART(object)) return forwarded(GMIME_MESSAGE_PART(object)), Body{};
    return GMIME_IS_PART(object) ? part(GMIME_PART(object)) : Body{};
  }

 private:
  Body multipart(GMimeMultipart* multipart, std::size_t depth) {
    const bool is_choice =
        g_mime_content_type_is_type(g_mime_object_get_content_type(GMIME_OBJECT(multipart)), "multipart", "alternative");
    if (g_mime_multipart_get_count(multipart) == 0) return text_without_parts(multipart);
    Body all;
    for (int at = 0; at < g_mime_multipart_get_count(multipart); ++at) {
      Body one = read(g_mime_multipart_get_part(multipart, at), depth + 1);
      if (!is_choice) {
        append(all, std::move(one));
      } else if (has_visible_text(one.text)) {
        all = std::move(one);
      }
    }
    return all;
  }

  /// No boundary is named, or it never comes: then all of it is what was written.
  static Body text_without_parts(GMimeMultipart* multipart) {
    const char* bytes = g_mime_multipart_get_prologue(multipart);
    std::string text = with_lf(to_utf8(bytes == nullptr ? "" : bytes, ""));
    drop_empty_lines_at_end(text);
    return {std::move(text), {}};
  }

  void forwarded(GMimeMessagePart* part) {
    GMimeMessage* inner = g_mime_message_part_get_message(part);
    if (inner == nullptr) return;
    const std::unique_ptr<char, Free> text{g_mime_object_to_string(GMIME_OBJECT(inner), nullptr)};
    const std::string subject = plain_file_name(text_or_empty(g_mime_message_get_subject(inner)));
    message_.attachments.push_back(
        {subject.empty() ? default_file_name("message/rfc822") : subject + ".eml", "message/rfc822", text ? text.get() : ""});
  }

  Body part(GMimePart* part) {
    auto* object = GMIME_OBJECT(part);
    GMimeContentType* type = g_mime_object_get_content_type(object);
    const char* disposition = g_mime_object_get_disposition(object);
    const char* file_name = g_mime_part_get_filename(part);
    const bool is_file = file_name != nullptr || (disposition != nullptr && equals_ignoring_case(disposition, "attachment"));
    if (!is_file && (is_words(type) || !has_type(object))) return plain(part);
    if (!is_file && g_mime_content_type_is_type(type, "text", "html")) return html(part);
    // Other spellings of an alternative's words, for programs that ask for them.
    if (!is_file &&
        (g_mime_content_type_is_type(type, "text", "x-amp-html") || g_mime_content_type_is_type(type, "text", "watch-html")))
      return {};
    const std::unique_ptr<char, Free> media_type{g_mime_content_type_get_mime_type(type)};
    message_.attachments.push_back({plain_file_name(text_or_empty(file_name)), lowercase(media_type.get()),
                                    bytes_of(g_mime_part_get_content(part)), text_or_empty(g_mime_part_get_content_id(part)),
                                    text_or_empty(file_name)});
    return {};
  }

  static Body plain(GMimePart* part) {
    std::string text = with_lf(to_utf8(bytes_of(g_mime_part_get_content(part)), parameter(part, "charset")));
    if (equals_ignoring_case(parameter(part, "format"), "flowed")) {
      text = unwrapped(text, equals_ignoring_case(parameter(part, "delsp"), "yes"));
    }
    drop_empty_lines_at_end(text);
    return {std::move(text), {}};
  }

  static Body html(GMimePart* part) {
    const std::string bytes = bytes_of(g_mime_part_get_content(part));
    const std::string said = parameter(part, "charset");
    std::string html = with_lf(to_utf8(bytes, said.empty() ? charset_of_html(bytes) : said));
    drop_empty_lines_at_end(html);
    std::string text = text_of_html(html);
    return {std::move(text), std::move(html)};
  }

  Message& message_;
};

}  // namespace

void read_body(GMimeObject* body, Message& message) {
  auto read = BodyReader{message}.read(body, 0);
  message.text = std::move(read.text);
  message.html = std::move(read.html);
}

}  // namespace casewire::sim::mail
