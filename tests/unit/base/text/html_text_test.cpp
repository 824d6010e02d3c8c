#include "base/text/html_text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/text/rng.hpp"
#include "base/text/utf8.hpp"

namespace casewire {
namespace {

struct HtmlCase {
  const char* name;
  std::string html;
  std::string want;
};

class TextOfHtml : public testing::TestWithParam<HtmlCase> {};
TEST_P(TextOfHtml, ShowsWhatAReaderSees) { EXPECT_EQ(text_of_html(GetParam().html), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(
    Words, TextOfHtml,
    testing::ValuesIn(std::vector<HtmlCase>{
        {"Plain", "Hello", "Hello"},
        {"Nothing", "", ""},
        {"Inline", "a <b>bold</b> word", "a bold word"},
        {"BlanksFold", "a \n\t b", "a b"},
        {"LessThanIsText", "<p>Your limit is 5 < 6 and more follows.</p>", "Your limit is 5 < 6 and more follows."},
        {"Heart", "I <3 it, x<=y, <> and </> and < b", "I <3 it, x<=y, <> and and < b"},
        {"GreaterThanInAnAttribute", "<a title=\"a > b\">x</a>", "x"},
        {"NoBreakSpaceIsABlank", "<p>&nbsp;</p><p>1&nbsp;000\xC2\xA0 EUR</p>", "1 000 EUR"},
        {"NoBreakSpacesDoNotFold", "a &nbsp;&nbsp;b<br>&nbsp; c&nbsp;<br>", "a   b\n c"},
        {"Comments", "a<!-- <b> -->b<!-->c<!--->d<!-- x --!>e<![if !mso]>f<![endif]>g<?xml x?>h", "abcdefgh"},
        {"OfficeComment", "<!--[if mso]><p>no</p><![endif]-->yes", "yes"},
        {"F56ScriptsAndStyles", "<style>p{}</STYLE >a<script>var x='<b>';if(1<2)y</scripts></script>b<title>t&amp;</title>c",
         "abc"},
        {"HeadWithoutBody", "<html><head><meta charset=x><title>T</title><p>kept", "kept"},
        {"NeverEndingTag", "kept <b>this <a href='x", "kept this"},
        {"NeverEndingComment", "kept<!-- gone", "kept"},
        {"Controls",
         std::string{"a\0b\x07"
                     "c",
                     5},
         "abc"},
        {"BrokenBytesStay", "a\xFF<b>\xC3</b>", "a\xFF\xC3"},
        {"RaisedNumbers", "10<sup>6</sup> of 5 m<sup>2</sup> for 30<sup> 99</sup> EUR, 10<sup>-3</sup>",
         "10⁶ of 5 m² for 30⁹⁹ EUR, 10⁻³"},
        {"RaisedLetters", "the 1<sup>st</sup> and <sup><a href='#n'>3</a></sup>H<sub>2</sub>O<sup></sup>", "the 1st and 3H2O"},
        {"Quotation", "<q>so</q>, she said</q>", "\"so\", she said"},
        {"OfficeParagraph", "<p class=MsoNormal>a<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p>b</p>", "a\n\nb"},
    }),
    [](const auto& row) { return std::string{row.param.name}; });

INSTANTIATE_TEST_SUITE_P(References, TextOfHtml,
                         testing::ValuesIn(std::vector<HtmlCase>{
                             {"Named", "R&amp;D &lt;5 &#8364; &#x20AC; &auml; &Zcaron;&hearts;&nvlt;", "R&D <5 € € ä Ž♥<⃒"},
                             {"WithoutSemicolon", "&copy2026 &notit; &amp", "©2026 ¬it; &"},
                             {"Unknown", "&unknown; & &; &#; &#x; &x", "&unknown; & &; &#; &#x; &x"},
                             {"Windows1252", "&#147;a&#x94; &#150;", "“a” –"},
                             {"NoCharacters", "&#0;&#xD800;&#x110000;&#99999999999;", "\uFFFD\uFFFD\uFFFD\uFFFD"},
                             {"InAnAddress", "<a href='https://x.test/?a=1&copy=2&amp;lt=3'>go</a>",
                              "go (https://x.test/?a=1&copy=2&lt=3)"},
                             {"NotInRawElements", "<xmp>&amp;</xmp>", "&amp;"},
                         }),
                         [](const auto& row) { return std::string{row.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    Blocks, TextOfHtml,
    testing::ValuesIn(std::vector<HtmlCase>{
        {"Paragraphs", "<p>One</p><p>Two</p>", "One\n\nTwo"},
        {"ParagraphThenText", "<p>Hello  <b>Dana</b>,</p>\n<p>one<br>two</p>three", "Hello Dana,\n\none\ntwo\n\nthree"},
        {"Breaks", "a<br>b<BR/>c<br><br><br>d", "a\nb\nc\n\nd"},
        {"BlocksByTheirStyle",
         "<span style='display: block'>Size <span>2</span> l</span><span style='DISPLAY:flex'>30 EUR</span>"
         "<a style='display:block' href=#>Yes</a><a style='display:block' href=#>No</a><i style='display:inline-block'>,</i> a",
         "Size 2 l\n30 EUR\nYes\nNo, a"},
        {"Divs", "<div>a</div><div><br></div><div>b</div>", "a\n\nb"},
        {"Headings", "<h1>Title</h1>text", "Title\n\ntext"},
        {"Preformatted", "<pre>\n  if x:\n\n\n    y  \n</pre>after", "  if x:\n\n\n    y\n\nafter"},
        {"BlanksKeptByStyle", "<div style='white-space: pre-wrap'>a  b<div>c</div>  d<br><br><br>e</div>f  g",
         "a  b\nc\n  d\n\n\ne\nf g"},
        {"Quote", "He said<blockquote><p>a</p><p>b<br>c</p></blockquote>no", "He said\n\n> a\n>\n> b\n> c\n\nno"},
        {"QuoteInQuote", "<blockquote>a<blockquote>b</blockquote>c</blockquote>", "> a\n>\n> > b\n>\n> c"},
        {"Image", "<img src=x alt='Our house'> is <img alt=''>here<img src=y>", "Our house is here"},
        {"Definition", "<dl><dt>Lid<dd>round<dt>Pot<dd>blue</dl>", "Lid\n  round\nPot\n  blue"},
        {"Form", "<button>Send</button> <input value='Dana'><input type=hidden value=no>", "Send Dana"},
        {"Rule", "a<hr>b", "a\nb"},
    }),
    [](const auto& row) { return std::string{row.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    Lists, TextOfHtml,
    testing::ValuesIn(std::vector<HtmlCase>{
        {"Bullets", "<ul><li>one</li><li>two</li></ul>", "- one\n- two"},
        {"Numbers", "<p>Do</p><ol start=9><li>one<li>two<li value=20>three</ol>then", "Do\n\n9. one\n10. two\n20. three\n\nthen"},
        {"Letters", "<ol type=a start=26><li>x<li>y</ol><ol type=I start=4><li>z</ol>", "z. x\naa. y\n\nIV. z"},
        {"Reversed", "<ol reversed start=2><li>b<li>a</ol>", "2. b\n1. a"},
        {"ReversedByItsItems", "<ol reversed><li>c<ul><li>x</ul><li>b<li>a</ol><ol reversed><li>y",
         "3. c\n   - x\n2. b\n1. a\n\n1. y"},
        {"Nested", "<ol><li>a<ul><li>b<br>more</li><li>c</li></ul></li><li>d</li></ol>", "1. a\n   - b\n     more\n   - c\n2. d"},
        {"ParagraphsInItems", "<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n  b"},
        {"ItemWithoutList", "<li>a<li>b", "- a\n- b"},
        {"StrayEnds", "a</li></ul></ol></blockquote></td></tr></table></pre>b", "a\n\nb"},
    }),
    [](const auto& row) { return std::string{row.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    Tables, TextOfHtml,
    testing::ValuesIn(std::vector<HtmlCase>{
        {"CellsStayApart", "<table><tr><td>Size</td><td>Price</td></tr><tr><td>2 l</td><td>30 EUR</td></tr></table>",
         "Size | Price\n2 l | 30 EUR"},
        {"WithoutEndTags", "<table><tr><th>Size<th>Price<tr><td>2 l<td>30 EUR</table>", "Size | Price\n2 l | 30 EUR"},
        {"ParagraphsInCells", "<table><tr><td><p>Size</p></td><td><p>Price</p></td></tr><tr><td><p>2</p></td></tr></table>",
         "Size | Price\n2"},
        {"RowsOfParagraphs", "<table><tr><td><p>a</p></td></tr><tr><td><p>b</p><p>c</p></td></tr></table><p>d</p>",
         "a\nb\n\nc\n\nd"},
        {"EmptyCellKeepsItsPlace", "<table><tr><td>a</td><td>&nbsp;</td><td>c</td><td></td></tr></table>", "a |  | c"},
        {"CellOfSeveralLines", "<table><tr><td>a<br>b</td><td>c</td></tr></table>", "a\nb\nc"},
        {"TableInACell", "<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td><td>c</td></tr></table>", "a | b | c"},
        {"CellsWithoutRow", "<td>a</td><td>b</td>", "a | b"},
    }),
    [](const auto& row) { return std::string{row.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    Links, TextOfHtml,
    testing::ValuesIn(std::vector<HtmlCase>{
        {"WithItsAddress", "See <a href=\"https://x.test/a\">our page</a>.", "See our page (https://x.test/a)."},
        {"ThatShowsItsAddress", "<a href='https://x.test/'>x.test</a> <a href='http://www.y.test/a'>www.y.test/A</a>",
         "x.test www.y.test/A"},
        {"Mail", "<a href='mailto:a@x.test?subject=b'>Ann</a> <a href='mailto:a@x.test'>a@x.test</a>", "Ann (a@x.test) a@x.test"},
        {"ThatLeadsNowhere", "<a href='#x'>a</a> <a href='javascript:x()'>b</a> <a name=c>c</a>", "a b c"},
        {"AroundABlock", "<a href='https://x.test'><div>go</div></a><p>on</p>", "go (https://x.test)\n\non"},
        {"AroundAPicture", "<a href='https://x.test'><img src=y></a>", "(https://x.test)"},
        {"ThatDoesNotEnd", "<a href='https://x.test'>go <a href='https://y.test'>there",
         "go (https://x.test) there (https://y.test)"},
    }),
    [](const auto& row) { return std::string{row.param.name}; });

INSTANTIATE_TEST_SUITE_P(Hidden, TextOfHtml,
                         testing::ValuesIn(std::vector<HtmlCase>{
                             {"Preheader", "<div style='color:red; DISPLAY : none'>no <div>no</div></div>yes", "yes"},
                             {"Attribute", "a<span hidden>b</span>c<template><p>d</p></template>e", "ace"},
                             {"WithoutItsEndIsShown", "<div style='display:none'>all of it", "all of it"},
                         }),
                         [](const auto& row) { return std::string{row.param.name}; });

// ---- properties

/// Random HTML of nested elements with every kind of end, which knows its visible words, in order.
class RandomHtml {
 public:
  explicit RandomHtml(std::uint64_t seed) : rng_(seed) {}
  std::string html{};
  std::vector<std::string> seen{};
  std::vector<std::string> unseen{};

  void grow(int depth) {
    const auto pieces = 1 + rng_.below(4);
    for (std::uint64_t piece = 0; piece < pieces; ++piece) {
      switch (rng_.below(8)) {
        case 0: element(depth); break;
        case 1: element(depth); break;
        case 2: hidden(); break;
        case 3:
          html +=
              pick({"<br>", "<hr/>", "<wbr>", "<!-- c -->", "<p>", "</p>", "</div>", "</ul>", "<li>", "</td>", "<td>", "<tr>"});
          break;
        case 4: html += pick({" 5 < 6 ", " & ", "&nbsp;", "\n", "<o:p>", "&#32;", " <3 "}); break;
        case 5: html += "<img alt=\"" + word(seen) + "\">"; break;
        default: html += word(seen) + (rng_.below(2) ? " " : "&amp; "); break;
      }
    }
  }

 private:
  std::string pick(std::vector<std::string> of) { return of[rng_.below(of.size())]; }
  std::string word(std::vector<std::string>& of) {
    of.push_back("w" + std::to_string(++words_) + "x");
    return " " + of.back();
  }
  void element(int depth) {
    if (depth == 0) return;
    const auto name = pick({"p", "div", "ul", "ol", "li", "table", "tr", "td", "blockquote", "pre", "a", "b", "q", "dl", "dd",
                            "h2", "center", "textarea"});
    if (name == "textarea") {
      html += "<textarea>" + word(seen) + "</textarea>";
      return;
    }
    html += "<" + name + pick({"", " href='https://l.test/'", " class=\"a>b\"", " start=7 type=a", " hidden=\"\""}) + ">";
    const bool is_hidden = html.ends_with(" hidden=\"\">");
    if (is_hidden) {
      html += word(unseen) + "</" + name + ">";
      return;
    }
    grow(depth - 1);
    if (rng_.below(4) != 0) html += "</" + name + ">";
  }
  void hidden() {
    html += pick({"<script>", "<style>", "<title>"});
    const auto name = html.substr(html.rfind('<') + 1, html.size() - html.rfind('<') - 2);
    html += word(unseen) + " <p> </" + name + ">";
  }

  SeededRng rng_;
  int words_ = 0;
};

TEST(AnyHtml, LosesNoVisibleWordAndShowsNoHiddenOne) {
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    RandomHtml page{seed};
    page.grow(6);
    const auto text = text_of_html(page.html);
    std::size_t at = 0;
    for (const auto& word : page.seen) {
      const auto found = text.find(word, at);
      ASSERT_NE(found, std::string::npos) << "seed " << seed << " lost " << word << " of\n" << page.html << "\nin\n" << text;
      at = found + word.size();
    }
    for (const auto& word : page.unseen) ASSERT_EQ(text.find(word), std::string::npos) << "seed " << seed << "\n" << page.html;
    ASSERT_EQ(text.find(" \n"), std::string::npos) << "seed " << seed << "\n" << page.html;
  }
}

std::string repeated(std::string_view piece, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += piece;
  return all;
}

class HostileHtml : public testing::TestWithParam<const char*> {};
TEST_P(HostileHtml, CostsLinearTimeAndRoom) {
  const auto html = repeated(GetParam(), 100'000) + "word";
  const auto text = text_of_html(html);
  EXPECT_LE(text.size(), 32 * html.size());
}
INSTANTIATE_TEST_SUITE_P(, HostileHtml,
                         testing::Values("&<p>", "<ul><li>", "<blockquote>x", "<table><tr><td>x", "<td>x", "</li></td></ul>",
                                         "<div hidden>", "<a href=x>y", "<ol reversed><li>", "<i style='display:block'>x",
                                         "<sup>1", "<ol><li>x<p>", "<!-", "<p a=1 b=2 c", "&CounterClockwiseContourIntegra",
                                         "<q>", "<pre>\n x", "<a href='https://x.test/aaaaaaaaaaaaaaaaaaaaaaaaaa'>h"));

}  // namespace
}  // namespace casewire
