#include "scenarios/cli/tag_expression.hpp"

#include <algorithm>
#include <optional>

namespace casewire::scenarios {

struct TagExpression::Node {
  enum class Kind { everything, tag, negation, conjunction, disjunction };
  Kind kind = Kind::everything;
  std::string tag{};
  std::shared_ptr<const Node> left{}, right{};
};

namespace {

using Node = TagExpression::Node;
using NodePointer = std::shared_ptr<const Node>;

struct Word {
  enum class Kind { tag, left, right, conjunction, disjunction, negation };
  Kind kind;
  std::string text;
};

Result<std::vector<Word>, std::string> words_of(std::string_view text) {
  std::vector<Word> words;
  std::string word;
  bool escaped_something = false;
  const auto end_word = [&] {
    if (word.empty()) return;
    const bool plain = !escaped_something;
    const Word::Kind kind = plain && word == "and"   ? Word::Kind::conjunction
                            : plain && word == "or"  ? Word::Kind::disjunction
                            : plain && word == "not" ? Word::Kind::negation
                                                     : Word::Kind::tag;
    words.push_back({kind, std::move(word)});
    word.clear();
    escaped_something = false;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\') {
      if (i + 1 == text.size() || std::string_view("()\\ ").find(text[i + 1]) == std::string_view::npos) {
        return fail(std::string("a \\ stands before a parenthesis, a blank or another \\"));
      }
      word += text[++i];
      escaped_something = true;
    } else if (c == ' ' || c == '\t') {
      end_word();
    } else if (c == '(' || c == ')') {
      end_word();
      words.push_back({c == '(' ? Word::Kind::left : Word::Kind::right, std::string(1, c)});
    } else if (c == '~' && word.empty()) {
      words.push_back({Word::Kind::negation, "~"});
    } else {
      word += c;
    }
  }
  end_word();
  return words;
}

/// Recursive descent: or < and < not < tag. The first thing that is wrong is kept.
class Parser {
 public:
  explicit Parser(std::vector<Word> words) : words_(std::move(words)) {}

  Result<NodePointer, std::string> parse() {
    NodePointer root = words_.empty() ? std::make_shared<Node>() : disjunction(0);
    if (!problem_ && next_ < words_.size()) problem_ = "did not expect \"" + words_[next_].text + "\" there";
    if (problem_) return fail(std::move(*problem_));
    return root;
  }

 private:
  bool take(Word::Kind kind) {
    if (next_ < words_.size() && words_[next_].kind == kind) return ++next_, true;
    return false;
  }
  static NodePointer joined(Node::Kind kind, NodePointer left, NodePointer right = {}) {
    return std::make_shared<Node>(Node{kind, {}, std::move(left), std::move(right)});
  }
  NodePointer disjunction(int depth) {
    NodePointer left = conjunction(depth);
    while (!problem_ && take(Word::Kind::disjunction)) left = joined(Node::Kind::disjunction, left, conjunction(depth));
    return left;
  }
  NodePointer conjunction(int depth) {
    NodePointer left = negation(depth);
    while (!problem_ && take(Word::Kind::conjunction)) left = joined(Node::Kind::conjunction, left, negation(depth));
    return left;
  }
  NodePointer negation(int depth) {
    if (problem_) return {};
    if (depth > TagExpression::kDepthMax) return problem_ = "it is nested too deeply", NodePointer{};
    if (take(Word::Kind::negation)) return joined(Node::Kind::negation, negation(depth + 1));
    if (take(Word::Kind::left)) {
      NodePointer inner = disjunction(depth + 1);
      if (!problem_ && !take(Word::Kind::right)) problem_ = "a parenthesis is not closed";
      return inner;
    }
    if (next_ < words_.size() && words_[next_].kind == Word::Kind::tag) {
      const std::string& word = words_[next_++].text;
      return std::make_shared<Node>(Node{Node::Kind::tag, word.starts_with('@') ? word : "@" + word});
    }
    problem_ = next_ < words_.size() ? "expected a tag, found \"" + words_[next_].text + "\"" : "expected a tag at its end";
    return {};
  }

  std::vector<Word> words_;
  std::size_t next_ = 0;
  std::optional<std::string> problem_;
};

/// `@pending` means `@pending(feed-posts-are-not-read)` too.
bool is_meant(const std::string& tag, const std::string& name) {
  return tag.starts_with(name) && (tag.size() == name.size() || tag[name.size()] == '(');
}

bool holds(const Node& node, const std::vector<std::string>& tags) {
  switch (node.kind) {
    case Node::Kind::everything: return true;
    case Node::Kind::tag:
      return std::any_of(tags.begin(), tags.end(), [&](const std::string& tag) { return is_meant(tag, node.tag); });
    case Node::Kind::negation: return !holds(*node.left, tags);
    case Node::Kind::conjunction: return holds(*node.left, tags) && holds(*node.right, tags);
    case Node::Kind::disjunction: return holds(*node.left, tags) || holds(*node.right, tags);
  }
  return false;
}

}  // namespace

Result<TagExpression, std::string> TagExpression::parse(std::string_view text) {
  const auto told = [&](const std::string& problem) { return "the tag expression \"" + std::string(text) + "\": " + problem; };
  if (text.size() > kCharactersMax) return fail(std::string("a tag expression has at most 4000 characters"));
  auto words = words_of(text);
  if (!words) return fail(told(words.error()));
  auto root = Parser(std::move(*words)).parse();
  if (!root) return fail(told(root.error()));
  return TagExpression(std::move(*root));
}

bool TagExpression::matches(const std::vector<std::string>& tags) const { return holds(*root_, tags); }

}  // namespace casewire::scenarios
