#include "sim/salesforce/api/xml.hpp"

#include <cstdint>
#include <optional>

#include "base/text/utf8.hpp"

namespace casewire::sim::salesforce {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
         c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

std::string quoted(std::string_view text) { return '"' + std::string{text} + '"'; }

std::string_view local(std::string_view name) {
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

void append_utf8(std::string& text, std::uint32_t code) {
  const auto byte = [&](std::uint32_t bits) { text += static_cast<char>(bits); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | code >> 6), byte(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    byte(0xE0 | code >> 12), byte(0x80 | ((code >> 6) & 0x3F)), byte(0x80 | (code & 0x3F));
  } else {
    byte(0xF0 | code >> 18), byte(0x80 | ((code >> 12) & 0x3F)), byte(0x80 | ((code >> 6) & 0x3F)), byte(0x80 | (code & 0x3F));
  }
}

std::optional<std::uint32_t> character_reference(std::string_view digits) {
  std::uint32_t base = 10, code = 0;
  if (digits.starts_with('x')) base = 16, digits.remove_prefix(1);
  if (digits.empty() || digits.size() > 8) return std::nullopt;
  for (const char c : digits) {
    const int digit = c >= '0' && c <= '9'                 ? c - '0'
                      : base == 16 && c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : base == 16 && c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                           : -1;
    if (digit < 0) return std::nullopt;
    code = code * base + static_cast<std::uint32_t>(digit);
    if (code > 0x10FFFF) return std::nullopt;
  }
  const bool allowed = code == 0x9 || code == 0xA || code == 0xD || (code >= 0x20 && (code < 0xD800 || code > 0xDFFF));
  return allowed ? std::optional{code} : std::nullopt;
}

// Reads the text from the front to the back; after the first problem nothing more is read.
class XmlReader {
 public:
  explicit XmlReader(std::string_view text) : rest_(text) {}

  Result<XmlElement, std::string> document() {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
    skip_misc();
    XmlElement root;
    if (rest_.empty())
      problem("Premature end of file.");
    else if (!rest_.starts_with("<"))
      problem("Content is not allowed in prolog.");
    else
      element(root, 0);
    skip_misc();
    if (rest_.starts_with("<"))
      problem("The markup in the document following the root element must be well-formed.");
    else if (!rest_.empty())
      problem("Content is not allowed in trailing section.");
    if (!problem_.empty()) return fail(problem_);
    return root;
  }

 private:
  void problem(std::string what) {
    if (problem_.empty()) problem_ = std::move(what);
  }
  bool failed() const { return !problem_.empty(); }
  void skip_blanks() {
    while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
  }
  // Up to and with `end`; false when it never comes.
  bool skip_past(std::string_view end) {
    const auto at = rest_.find(end);
    if (at == std::string_view::npos) {
      problem("the markup is not closed by " + std::string{end});
      return false;
    }
    rest_.remove_prefix(at + end.size());
    return true;
  }
  // Blanks, comments and processing instructions.
  void skip_misc() {
    while (!failed()) {
      skip_blanks();
      if (rest_.starts_with("<?")) {
        skip_past("?>");
      } else if (rest_.starts_with("<!--")) {
        skip_past("-->");
      } else if (rest_.starts_with("<!")) {
        problem("a document type is not allowed");
      } else {
        return;
      }
    }
  }
  std::string_view name() {
    std::size_t length = 0;
    while (length < rest_.size() && is_name_character(rest_[length])) ++length;
    const auto found = rest_.substr(0, length);
    rest_.remove_prefix(length);
    if (found.empty()) problem("The content of elements must consist of well-formed character data or markup.");
    return found;
  }
  // True when the tag of `element` closed itself.
  bool rest_of_tag(std::string_view element) {
    while (!failed()) {
      skip_blanks();
      if (rest_.starts_with("/>")) {
        rest_.remove_prefix(2);
        return true;
      }
      if (rest_.starts_with(">")) {
        rest_.remove_prefix(1);
        return false;
      }
      const auto attribute = quoted(name());
      skip_blanks();
      if (!rest_.starts_with("="))
        return problem("Attribute name " + attribute + " associated with an element type " + quoted(element) +
                       " must be followed by the ' = ' character."),
               false;
      rest_.remove_prefix(1);
      skip_blanks();
      if (rest_.empty() || (rest_.front() != '"' && rest_.front() != '\''))
        return problem("Open quote is expected for attribute " + attribute + " associated with an  element type  " +
                       quoted(element) + "."),
               false;
      const std::string quote(1, rest_.front());
      rest_.remove_prefix(1);
      skip_past(quote);
    }
    return false;
  }
  void entity(std::string& text) {
    std::size_t end = 1;
    while (end < rest_.size() && (is_name_character(rest_[end]) || (end == 1 && rest_[end] == '#'))) ++end;
    const auto word = rest_.substr(1, end - 1);
    if (word.empty()) return problem("The entity name must immediately follow the '&' in the entity reference.");
    if (end == rest_.size() || rest_[end] != ';')
      return problem("The reference to entity " + quoted(word) + " must end with the ';' delimiter.");
    rest_.remove_prefix(end + 1);
    if (word == "amp") {
      text += '&';
    } else if (word == "lt") {
      text += '<';
    } else if (word == "gt") {
      text += '>';
    } else if (word == "quot") {
      text += '"';
    } else if (word == "apos") {
      text += '\'';
    } else {
      const auto code = word.starts_with('#') ? character_reference(word.substr(1)) : std::nullopt;
      if (!code) return problem("The entity " + quoted(word) + " was referenced, but not declared.");
      append_utf8(text, *code);
    }
  }
  void element(XmlElement& into, std::size_t depth) {
    if (depth == kXmlDepthMax) return problem("the elements are nested too deeply");
    rest_.remove_prefix(1);
    const auto full = name();
    into.name = std::string{local(full)};
    if (failed() || rest_of_tag(full)) return;
    while (!failed()) {
      const auto text = rest_.substr(0, rest_.find_first_of("<&"));
      into.text += text;
      rest_.remove_prefix(text.size());
      if (rest_.empty()) return problem("XML document structures must start and end within the same entity.");
      if (rest_.front() == '&') {
        entity(into.text);
      } else if (rest_.starts_with("</")) {
        rest_.remove_prefix(2);
        if (name() != full)
          return problem("The element type " + quoted(full) + " must be terminated by the matching end-tag \"</" +
                         std::string{full} + ">\".");
        skip_blanks();
        if (!rest_.starts_with(">")) return problem("a closing tag is not closed");
        rest_.remove_prefix(1);
        return;
      } else if (rest_.starts_with("<![CDATA[")) {
        rest_.remove_prefix(9);
        const auto end = rest_.find("]]>");
        if (end == std::string_view::npos) return problem("a CDATA section is not closed");
        into.text += rest_.substr(0, end);
        rest_.remove_prefix(end + 3);
      } else if (rest_.starts_with("<!--")) {
        skip_past("-->");
      } else if (rest_.starts_with("<?")) {
        skip_past("?>");
      } else if (rest_.starts_with("<!")) {
        return problem("a declaration is not allowed inside an element");
      } else {
        into.children.emplace_back();
        element(into.children.back(), depth + 1);
      }
    }
  }

  std::string_view rest_;
  std::string problem_;
};

}  // namespace

const XmlElement* XmlElement::child(std::string_view wanted) const {
  for (const auto& one : children)
    if (one.name == wanted) return &one;
  return nullptr;
}

std::string_view XmlElement::text_of(std::string_view wanted) const {
  const auto* one = child(wanted);
  return one ? std::string_view{one->text} : std::string_view{};
}

Result<XmlElement, std::string> parse_xml(std::string_view text) {
  if (text.size() > kXmlBytesMax) return fail(std::string{"the document is too long"});
  if (!is_valid_utf8(text)) return fail(std::string{"the document is no UTF-8"});
  return XmlReader{text}.document();
}

std::string xml_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '&')
      escaped += "&amp;";
    else if (c == '<')
      escaped += "&lt;";
    else if (c == '>')
      escaped += "&gt;";
    else if (c == '"')
      escaped += "&quot;";
    else if (c == '\'')
      escaped += "&apos;";
    else if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r')
      escaped += "\xEF\xBF\xBD";
    else
      escaped += c;
  }
  return escaped;
}

}  // namespace casewire::sim::salesforce
