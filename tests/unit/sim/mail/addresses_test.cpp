#include "sim/mail/addresses.hpp"

#include <gtest/gtest.h>

namespace casewire::sim::mail {
namespace {

struct AddressCase {
  const char* name;
  const char* header;
  std::vector<Address> want;
};

class AddressesIn : public testing::TestWithParam<AddressCase> {};
TEST_P(AddressesIn, ReadsThemAsMailProgramsDo) {
  const auto found = addresses_in(GetParam().header);
  ASSERT_EQ(found.size(), GetParam().want.size());
  for (std::size_t at = 0; at < found.size(); ++at) {
    EXPECT_EQ(found[at].name, GetParam().want[at].name);
    EXPECT_EQ(found[at].address, GetParam().want[at].address);
  }
}
INSTANTIATE_TEST_SUITE_P(
    , AddressesIn,
    testing::ValuesIn(std::vector<AddressCase>{
        {"Bare", "dana@x.test", {{"", "dana@x.test"}}},
        {"Named", "Dana Weber <dana@x.test>", {{"Dana Weber", "dana@x.test"}}},
        {"Quoted", "\"Weber, \\\"D\\\"\" <dana@x.test>", {{"Weber, \"D\"", "dana@x.test"}}},
        {"UnquotedComma", "Weber, Dana <dana@x.test>, help@acme.test", {{"Weber, Dana", "dana@x.test"}, {"", "help@acme.test"}}},
        {"DotsInTheLocalPart", "yuki..k.@x.test", {{"", "yuki..k.@x.test"}}},
        {"Brackets", "Jane [Sales] <jane@x.test>", {{"Jane [Sales]", "jane@x.test"}}},
        {"Parentheses", "Jane (Sales) <jane@x.test>", {{"Jane", "jane@x.test"}}},
        {"Comment", "dana@x.test (Dana \\) (W.))", {{"Dana \\) (W.)", "dana@x.test"}}},
        {"ALabel", "<a@xn--bcher-kva.example>", {{"", "a@xn--bcher-kva.example"}}},
        {"Unicode", "Jürgen <jürgen@bücher.example>", {{"Jürgen", "jürgen@bücher.example"}}},
        {"Group", "Team: a@x.test, B <b@x.test>;, c@x.test", {{"", "a@x.test"}, {"B", "b@x.test"}, {"", "c@x.test"}}},
        {"EmptyGroup", "undisclosed-recipients:;", {}},
        {"Route", "<@a.test,@b.test:dana@x.test>", {{"", "dana@x.test"}}},
        {"Semicolons", "a@x.test; b@x.test", {{"", "a@x.test"}, {"", "b@x.test"}}},
        {"IdleQuotes", "\"yuki..k.\"@x.test", {{"", "yuki..k.@x.test"}}},
        {"QuotedLocalPart", "\"dana weber\"@x.test", {{"", "\"dana weber\"@x.test"}}},
        {"AtInTheName", "dana@x.test <dana@x.test>", {{"", "dana@x.test"}}},
        {"OtherAddressAsName", "help@acme.test <no-reply@relay.test>", {{"help@acme.test", "no-reply@relay.test"}}},
        {"Blanks", " dana @ x.test ", {{"", "dana@x.test"}}},
        {"NoEnd", "Dana <dana@x.test", {{"Dana", "dana@x.test"}}},
        {"LoneQuote", "Dana \" <dana@x.test>", {{"Dana", "dana@x.test"}}},
        {"Literal", "dana@[192.0.2.1]", {{"", "dana@[192.0.2.1]"}}},
        {"NoAddress", "Dana Weber", {}},
        {"EmptyAngles", "dana@x.test <>", {{"", "dana@x.test"}}},
        {"Nothing", " , ;", {}},
    }),
    [](const auto& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace casewire::sim::mail
