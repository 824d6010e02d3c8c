#include "sim/salesforce/search/term.hpp"

#include <algorithm>

#include "base/text/strings.hpp"

namespace casewire::sim::salesforce::search {

struct Term::Node {
  enum class Kind { phrase, all, any, without } kind = Kind::phrase;
  std::vector<std::string> words{};                  ///< of a phrase; may hold * and ?
  std::vector<std::shared_ptr<const Node>> parts{};  ///< of `without`: what must be there, what must not
};

namespace {

using Node = Term::Node;
using NodePtr = std::shared_ptr<const Node>;

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// `*` any run, `?` any one character; both in linear time for the patterns that fit a term.
bool fits(std::string_view pattern, std::string_view word) {
  std::size_t p = 0, w = 0, star = std::string_view::npos, from = 0;
  while (w < word.size()) {
    if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == word[w])) {
      ++p, ++w;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = p++, from = w;
    } else if (star != std::string_view::npos) {
      p = star + 1, w = ++from;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool holds_phrase(const std::vector<std::string>& text, const std::vector<std::string>& phrase) {
  return std::search(text.begin(), text.end(), phrase.begin(), phrase.end(),
                     [](const auto& word, const auto& pattern) { return fits(pattern, word); }) != text.end();
}

bool holds(const Node& node, const IndexedTexts& texts) {
  const auto of_part = [&](const NodePtr& part) { return holds(*part, texts); };
  switch (node.kind) {
    case Node::Kind::phrase:
      return std::any_of(texts.begin(), texts.end(), [&](const auto& text) { return holds_phrase(text, node.words); });
    case Node::Kind::all: return std::all_of(node.parts.begin(), node.parts.end(), of_part);
    case Node::Kind::any: return std::any_of(node.parts.begin(), node.parts.end(), of_part);
    case Node::Kind::without: return of_part(node.parts.front()) && !of_part(node.parts.back());
  }
  return false;
}

NodePtr joined(Node::Kind kind, std::vector<NodePtr> parts) {
  if (parts.size() == 1) return parts.front();
  return std::make_shared<Node>(Node{.kind = kind, .parts = std::move(parts)});
}

// any := all (OR all)*; all := one ([AND] one | AND NOT one)*; one := ( any ) | "phrase" | word
class TermReader {
 public:
  explicit TermReader(std::string_view text) : rest_(text) {}

  Result<NodePtr, std::string> read() {
    auto node = any(0);
    if (problem_.empty() && !rest_.empty()) problem_ = "unexpected token: " + std::string{rest_.substr(0, 1)};
    if (!problem_.empty()) return fail(problem_);
    if (!node) return fail(std::string{"search term must be longer than one character: "});
    return node;
  }

 private:
  void skip_blanks() {
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t' || rest_.front() == '\n' || rest_.front() == '\r'))
      rest_.remove_prefix(1);
  }
  bool take_word(std::string_view word) {
    skip_blanks();
    if (rest_.size() < word.size() || !equals_ignoring_case(rest_.substr(0, word.size()), word)) return false;
    if (rest_.size() > word.size() && is_word_byte(rest_[word.size()])) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  bool at_end() {
    skip_blanks();
    return !problem_.empty() || rest_.empty() || rest_.front() == ')';
  }

  bool at_operator() {
    const auto before = rest_;
    const bool found = take_word("AND") || take_word("OR");
    rest_ = before;
    return found;
  }
  // An operator without a term on either side. That it is refused, and the words, are assumed.
  NodePtr lonely_operator() {
    skip_blanks();
    const auto end = std::min(rest_.size(), std::max<std::size_t>(1, rest_.find_first_of(" \t\r\n)")));
    if (problem_.empty()) problem_ = "unexpected token: " + (end == 0 ? std::string{"<EOF>"} : std::string{rest_.substr(0, end)});
    return nullptr;
  }

  NodePtr any(std::size_t depth) {
    std::vector<NodePtr> parts;
    if (auto first = all(depth)) parts.push_back(std::move(first));
    for (auto before = rest_; take_word("OR"); before = rest_) {
      if (parts.empty()) return rest_ = before, lonely_operator();
      auto more = all(depth);
      if (!more) return lonely_operator();
      parts.push_back(std::move(more));
    }
    return parts.empty() ? nullptr : joined(Node::Kind::any, std::move(parts));
  }
  NodePtr all(std::size_t depth) {
    std::vector<NodePtr> parts;
    while (!at_end()) {
      const auto before = rest_;
      if (take_word("OR")) {
        rest_ = before;
        break;
      }
      const bool joined_by_and = take_word("AND");
      if (joined_by_and && parts.empty()) return rest_ = before, lonely_operator();
      const bool negated = joined_by_and && take_word("NOT");
      if (joined_by_and && (at_end() || at_operator())) return lonely_operator();
      auto part = one(depth);
      if (!part) continue;
      if (negated && !parts.empty()) {
        auto wanted = joined(Node::Kind::all, std::move(parts));
        parts = {std::make_shared<Node>(Node{.kind = Node::Kind::without, .parts = {std::move(wanted), std::move(part)}})};
      } else {
        parts.push_back(std::move(part));
      }
    }
    return parts.empty() ? nullptr : joined(Node::Kind::all, std::move(parts));
  }
  NodePtr one(std::size_t depth) {
    skip_blanks();
    if (rest_.empty()) return nullptr;
    if (rest_.front() == '(') {
      if (depth == kTermDepthMax) return problem_ = "the search term is nested too deeply", nullptr;
      rest_.remove_prefix(1);
      auto inside = any(depth + 1);
      skip_blanks();
      if (rest_.empty() || rest_.front() != ')') return problem_ = "unexpected token: <EOF>", nullptr;
      rest_.remove_prefix(1);
      return inside;
    }
    if (rest_.front() == '"') {
      std::size_t end = 1;
      while (end < rest_.size() && rest_[end] != '"') end += rest_[end] == '\\' ? 2 : 1;
      if (end >= rest_.size()) return problem_ = "unexpected token: <EOF>", nullptr;
      auto node = phrase(rest_.substr(1, end - 1));
      rest_.remove_prefix(end + 1);
      return node;
    }
    std::string word;
    while (!rest_.empty() && std::string_view{" \t\r\n()\""}.find(rest_.front()) == std::string_view::npos) {
      if (rest_.front() == '\\') rest_.remove_prefix(1);
      if (rest_.empty()) break;
      word += rest_.front();
      rest_.remove_prefix(1);
    }
    return phrase(word);
  }
  // Signs inside a word part it: an address is the phrase of its parts.
  NodePtr phrase(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    std::size_t letters = 0;
    const auto end_word = [&] {
      if (word.find_first_not_of("*?") != std::string::npos) words.push_back(word);
      word.clear();
    };
    for (const char c : text) {
      if (is_word_byte(c)) ++letters;
      if (is_word_byte(c) || c == '*' || c == '?')
        word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      else
        end_word();
    }
    end_word();
    if (letters < 2) {
      problem_ = "search term must be longer than one character: " + std::string{text};
      return nullptr;
    }
    return std::make_shared<Node>(Node{.words = std::move(words)});
  }

  std::string_view rest_;
  std::string problem_;
};

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    if (is_word_byte(c)) {
      word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

Result<Term, std::string> Term::parse(std::string_view text) {
  if (text.size() > kTermBytesMax) return fail(std::string{"the search term is too long"});
  auto root = TermReader{text}.read();
  if (!root) return fail(root.error());
  Term term;
  term.root_ = std::move(*root);
  return term;
}

bool Term::is_in(const IndexedTexts& texts) const { return holds(*root_, texts); }

}  // namespace casewire::sim::salesforce::search
