#include "scenarios/language/tokens.hpp"

namespace casewire::scenarios {

namespace {

constexpr std::string_view kTypographicQuotes[] = {"\u201C", "\u201D", "\u201E"};
constexpr std::string_view kNoBreakSpace = "\u00A0";  // word processors and chats put it where a blank was typed

class Tokeniser {
 public:
  Tokeniser(const Located& sentence, Mistakes& mistakes) : sentence_(sentence), text_(sentence.text()), mistakes_(mistakes) {}

  std::vector<Token> tokens() {
    while (next_ < text_.size()) {
      if (text_[next_] == ' ' || text_[next_] == '\t') {
        ++next_;
      } else if (!(text_[next_] == '"' ? quoted() : word())) {
        return {};
      }
    }
    return std::move(tokens_);
  }

 private:
  bool quoted() {
    const std::size_t begin = next_++;
    std::string content;
    for (; next_ < text_.size() && text_[next_] != '"'; ++next_) {
      content += text_[next_] == '\\' && next_ + 1 < text_.size() ? escaped() : std::string(1, text_[next_]);
    }
    if (next_ == text_.size()) {
      mistakes_.add(sentence_.at(begin), sentence_.width(begin, text_.size()),
                    {"the text that begins here is not closed", "end it with a \"; a \" inside a text is written \\\""});
      return false;
    }
    ++next_;
    add(Token::Kind::quoted, std::move(content), begin, next_);
    return true;
  }

  /// Leaves next_ on the last byte of the escape. An unknown one stays as it is: it may be a path.
  std::string escaped() {
    const char c = text_[next_ + 1];
    switch (c) {
      case '"':
      case '\\': ++next_; return {c};
      case 'n': ++next_; return "\n";
      case 'r': ++next_; return "\r";
      case 't': ++next_; return "\t";
      default: return "\\";
    }
  }

  bool word() {
    const std::size_t begin = next_;
    for (const std::string_view quote : kTypographicQuotes) {
      if (std::string_view(text_).substr(begin).starts_with(quote)) {
        mistakes_.add(sentence_.at(begin), 1,
                      {"this is a typographic quotation mark", "write texts between straight quotes: \"...\""});
        return false;
      }
    }
    next_ = std::min(text_.find_first_of(" \t\"", begin), text_.size());
    if (const std::size_t blank = std::string_view(text_).substr(0, next_).find(kNoBreakSpace, begin);
        blank != std::string::npos) {
      mistakes_.add(sentence_.at(blank), 1, {"this is a no-break space", "write an ordinary blank"});
      return false;
    }
    std::size_t end = next_;
    const bool colon = text_[end - 1] == ':';
    if (colon) {
      --end;
    }
    std::size_t stem = end;
    for (const std::string_view ending : {std::string_view("'s"), std::string_view("\u2019s")}) {
      if (end - begin > ending.size() && std::string_view(text_).substr(begin, end - begin).ends_with(ending)) {
        stem = end - ending.size();
      }
    }
    if (stem > begin) {
      add(Token::Kind::word, text_.substr(begin, stem - begin), begin, stem);
    }
    if (stem < end) {
      add(Token::Kind::possessive, "'s", stem, end);
    }
    if (colon) {
      add(Token::Kind::colon, ":", end, end + 1);
    }
    return true;
  }

  void add(Token::Kind kind, std::string text, std::size_t begin, std::size_t end) {
    tokens_.push_back({kind, std::move(text), sentence_.at(begin), sentence_.width(begin, end)});
  }

  const Located& sentence_;
  const std::string& text_;
  Mistakes& mistakes_;
  std::size_t next_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokens_of(const Located& sentence, Mistakes& mistakes) { return Tokeniser(sentence, mistakes).tokens(); }

std::string in_straight_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
      case '\\': out += {'\\', c}; break;
      case '\n': out += "\\n"; break;
      case '\t': out += "\\t"; break;
      default: out += c;
    }
  }
  return out + "\"";
}

}  // namespace casewire::scenarios
