#include "scenarios/cli/tag_expression.hpp"

#include <gtest/gtest.h>

#include <ostream>

namespace casewire::scenarios {
namespace {

struct TagCase {
  const char* name;
  const char* expression;
  std::vector<std::string> tags;
  bool matches;
};
void PrintTo(const TagCase& row, std::ostream* out) { *out << row.name; }

class TagExpressions : public testing::TestWithParam<TagCase> {};
TEST_P(TagExpressions, MatchAsCucumberSays) {
  const auto expression = TagExpression::parse(GetParam().expression);
  ASSERT_TRUE(expression) << expression.error();
  EXPECT_EQ(expression->matches(GetParam().tags), GetParam().matches);
}
INSTANTIATE_TEST_SUITE_P(, TagExpressions,
                         testing::ValuesIn(std::vector<TagCase>{
                             {"Empty", "", {"@x"}, true},
                             {"OneTag", "@a", {"@a", "@x"}, true},
                             {"OneTagMissing", "@a", {"@x"}, false},
                             {"WithoutAt", "a", {"@a"}, true},
                             {"Tilde", "~@a", {"@a"}, false},
                             {"And", "@a and @b", {"@a", "@b"}, true},
                             {"AndHalf", "@a and @b", {"@a"}, false},
                             {"Or", "@a or @b", {"@b"}, true},
                             {"Not", "@a and not @b", {"@a"}, true},
                             {"NotThere", "@a and not @b", {"@a", "@b"}, false},
                             {"AndBindsCloserThanOr", "@a or @b and @c", {"@a"}, true},
                             {"OrOfAnd", "@a and @b or @c", {"@c"}, true},
                             {"Parentheses", "(@a or @b) and @c", {"@a"}, false},
                             {"NotOfParentheses", "not (@a or @b)", {"@x"}, true},
                             {"NotNot", "not not @a", {"@a"}, true},
                             {"NotBindsClosest", "not @a or @b", {"@a", "@b"}, true},
                             {"ParenthesesWithoutBlanks", "(@a)or(@b)", {"@b"}, true},
                             {"EscapedParenthesis", "@pending\\(late\\)", {"@pending(late)"}, true},
                             {"EscapedBlank", "@a\\ b", {"@a b"}, true},
                             {"ColonsBelongToTags", "@promise:reply and not @F24", {"@promise:reply"}, true},
                         }),
                         [](const auto& row) { return std::string{row.param.name}; });

TEST(TagExpressionErrors, SayWhatIsWrong) {
  const auto problem = [](const std::string& text) {
    const auto expression = TagExpression::parse(text);
    return expression ? std::string("none") : expression.error();
  };
  EXPECT_EQ(problem("@a and"), "the tag expression \"@a and\": expected a tag at its end");
  EXPECT_EQ(problem("@a @b"), "the tag expression \"@a @b\": did not expect \"@b\" there");
  EXPECT_EQ(problem("(@a or @b"), "the tag expression \"(@a or @b\": a parenthesis is not closed");
  EXPECT_EQ(problem("@a)"), "the tag expression \"@a)\": did not expect \")\" there");
  EXPECT_EQ(problem("or @a"), "the tag expression \"or @a\": expected a tag, found \"or\"");
  EXPECT_EQ(problem("@a\\b"), "the tag expression \"@a\\b\": a \\ stands before a parenthesis, a blank or another \\");
  EXPECT_NE(problem(std::string(100, '(')).find("nested too deeply"), std::string::npos);
  EXPECT_EQ(problem(std::string(5000, 'a')), "a tag expression has at most 4000 characters");
}

}  // namespace
}  // namespace casewire::scenarios
