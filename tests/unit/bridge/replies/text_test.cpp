#include "bridge/replies/text.hpp"

#include <gtest/gtest.h>

namespace casewire::bridge::replies {
namespace {

struct HtmlCase {
  const char* name;
  std::string html;
  std::string want;
};

class TextOfHtml : public testing::TestWithParam<HtmlCase> {};
TEST_P(TextOfHtml, ShowsWhatAReaderSees) { EXPECT_EQ(text_of_html(GetParam().html), GetParam().want); }
INSTANTIATE_TEST_SUITE_P(, TextOfHtml,
                         testing::ValuesIn(std::vector<HtmlCase>{
                             {"Plain", "Hello", "Hello"},
                             {"Paragraphs", "<p>One</p><p>Two</p>", "One\n\nTwo"},
                             {"Breaks", "a<br>b<BR/>c", "a\nb\nc"},
                             {"Divs", "<div>a</div><div><br></div><div>b</div>", "a\n\nb"},
                             {"Inline", "a <b>bold</b> word", "a bold word"},
                             {"References", "&lt;&amp;&#228;&#xe4;&auml;&nbsp;x&unknown;",
                              "<&\xC3\xA4\xC3\xA4\xC3\xA4 x&unknown;"},
                             {"F56Script", "<style>p{}</style>a<script>var x='<b>';</script>b", "ab"},
                             {"Comment", "a<!-- <b> -->b", "ab"},
                             {"BlanksFold", "a \n\t b", "a b"},
                             {"Unclosed", "a<b", "a"},
                             {"NoSurrogates", "&#xD800;x", "&#xD800;x"},
                             {"List", "<ul><li>a</li><li>b</li></ul>", "a\nb"}}),
                         [](const auto& row) { return std::string{row.param.name}; });

TEST(HostileHtml, TakesLinearTime) {
  std::string html;
  for (int i = 0; i < 200'000; ++i) html += "&<p>";
  EXPECT_FALSE(text_of_html(html).empty());
}

TEST(ReplyText, PrefersTheTextBody) {
  EXPECT_EQ(reply_text("plain", "<p>html</p>"), "plain");
  EXPECT_EQ(reply_text(" \n", "<p>html</p>"), "html");
}

// F54
TEST(Pack, SendsWhatFitsAndNamesTheRest) {
  const auto parcel = pack({{"068a", "a.pdf", 6}, {"068b", "b.pdf", 6}, {"068c", "c.pdf", 4}}, 10);
  ASSERT_EQ(parcel.sent.size(), 2u);
  EXPECT_EQ(parcel.sent[1].name, "c.pdf");
  ASSERT_EQ(parcel.left_out.size(), 1u);
  const auto text = with_notes("Here.", {{"068b", "b.pdf", 12u << 20}}, false);
  EXPECT_NE(text.find("\"b.pdf\" (12.0 MB)"), std::string::npos);
}

TEST(AgentNumber, IsStablePositiveAndTheSameForBothFormsOfAnId) {
  EXPECT_EQ(agent_number("005VE000000abcDEAA"), agent_number("005VE000000abcD"));
  EXPECT_NE(agent_number("005VE000000abcD"), agent_number("005VE000000abcE"));
  EXPECT_GT(agent_number(""), 0);
}

}  // namespace
}  // namespace casewire::bridge::replies
