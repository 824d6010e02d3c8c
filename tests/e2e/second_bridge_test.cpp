// An honest bridge of another style, written from docs/ alone: what it may do otherwise than ours, no scenario holds against it. And
// the same bridge with a fault: however it writes, that is found.

#include <gmock/gmock.h>

#include "tests/e2e/built_program.hpp"

namespace casewire::tests {
namespace {

using testing::HasSubstr;

constexpr const char* kDay = "tests/e2e/second_bridge/day.feature";

class SecondBridge : public testing::Test {
 protected:
  void SetUp() override {
    if (shell("command -v node").exit_code != 0) GTEST_SKIP() << "there is no node; ./dev test installs it";
  }
  static Ran play(const std::string& options, const std::string& scenarios) {
    return casewire("run --bridge 'node tests/e2e/second_bridge/bridge.mjs" + options + "' --bridge-control " + scenarios);
  }
};

TEST_F(SecondBridge, PlaysTheSmokeOfTheSuiteInVirtualTime) {
  const Ran ran = play("", "scenarios/suite -j 2 --tag '@smoke and not @house and not @recording'");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
}

TEST_F(SecondBridge, IsAtHomeInRealTimeToo) {
  const Ran ran = casewire("run --bridge 'node tests/e2e/second_bridge/bridge.mjs' scenarios/suite/replies/thread.feature:10");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
}

// ---- legitimate choices

class HonestChoice : public SecondBridge, public testing::WithParamInterface<const char*> {};

TEST_P(HonestChoice, ConvictsNobody) {
  const Ran ran = play(GetParam(), kDay);
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
}

std::string name_of(std::string text) {
  std::string name;
  for (const char c : text.substr(text.rfind(' ') + 1)) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) name += c;
  }
  return name.empty() ? "AsItIs" : name;
}

INSTANTIATE_TEST_SUITE_P(, HonestChoice,
                         testing::Values("", " --manner transcript=each", " --manner summary=comment-too",
                                         " --manner later-mail=comment", " --manner customer=supplied", " --manner customer=both",
                                         " --manner closing=leave", " --manner link=none", " --manner comments=public",
                                         " --manner agent=desk", " --manner news=sweep"),
                         [](const auto& choice) { return name_of(choice.param); });

// ---- faults

struct Defect {
  const char* name;
  const char* told;  ///< stands in the report
};

class Dishonest : public SecondBridge, public testing::WithParamInterface<Defect> {};

TEST_P(Dishonest, IsConvicted) {
  const Ran ran = play(std::string(" --defect ") + GetParam().name, kDay);
  EXPECT_EQ(ran.exit_code, 1) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr(GetParam().told));
}

INSTANTIATE_TEST_SUITE_P(
    , Dishonest,
    testing::Values(Defect{"drops-a-reply", "failed: Then Dana receives \"Of course. Send the old one back.\""},
                    Defect{"sends-a-reply-twice", "I2"},
                    Defect{"answers-in-the-wrong-thread", "failed: Then Dana receives \"Here is all of it.\" in the same thread"},
                    Defect{"leaves-the-ai-in-charge", "failed: Then the AI stays silent"}, Defect{"doubles-a-comment", "I2"},
                    Defect{"loses-what-she-says-later", "failed: Then case A tells \"Thank you, I will.\" 1 time"},
                    Defect{"opens-a-case-each-time", "failed: Then case A tells"},
                    Defect{"garbles-files", "failed: Then case A has the file \"broken-cup.png\""}),
    [](const auto& defect) { return name_of(defect.param.name); });

}  // namespace
}  // namespace casewire::tests
