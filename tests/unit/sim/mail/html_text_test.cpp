#include "sim/mail/html_text.hpp"

#include <gtest/gtest.h>

namespace casewire::sim::mail {
namespace {

TEST(TextOfHtml, TurnsParagraphsAndBreaksIntoLines) {
  EXPECT_EQ(text_of_html("<html><body><p>Hello  <b>Dana</b>,</p>\n<p>one<br>two</p></body></html>"), "Hello Dana,\n\none\ntwo");
}
TEST(TextOfHtml, LeavesOutScriptsStylesAndComments) {
  EXPECT_EQ(text_of_html("a<!-- no --><style>p{}</STYLE><script>if (1<2) x()</script>b"), "ab");
}
TEST(TextOfHtml, ReadsEntities) {
  EXPECT_EQ(text_of_html("R&amp;D &lt;5 &#8364; &#x20AC; &auml; &unknown; &"), "R&D <5 € € ä &unknown; &");
}
TEST(TextOfHtml, MarksListItems) { EXPECT_EQ(text_of_html("<ul><li>one</li><li>two</li></ul>"), "- one\n- two"); }
TEST(TextOfHtml, ReadsBrokenHtmlAsFarAsItGoes) { EXPECT_EQ(text_of_html("kept <b>this <a href='x"), "kept this"); }

}  // namespace
}  // namespace casewire::sim::mail
