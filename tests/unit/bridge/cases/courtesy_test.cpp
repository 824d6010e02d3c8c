#include "bridge/cases/courtesy.hpp"

#include <gtest/gtest.h>

#include "tests/unit/bridge/history.hpp"

namespace casewire::bridge::cases {
namespace {

using namespace std::chrono_literals;

// F60
TEST(IsAutomatic, BySubjectAsProgramsWriteIt) {
  for (const auto* subject : {"Automatic reply: Order 1182", "Out of Office: away until Monday", "Abwesenheitsnotiz: Lampe",
                              "R\xC3\xA9ponse automatique : Lampe", "Undeliverable: Re: Order", "AUTO: I am away",
                              "Delivery Status Notification (Failure)"}) {
    EXPECT_TRUE(is_automatic(mail(subject, "I am back on Monday."))) << subject;
  }
  for (const auto* subject : {"Re: Order 1182", "", "My automatic door is broken", "Returned goods"}) {
    EXPECT_FALSE(is_automatic(mail(subject, "It broke."))) << subject;
  }
}

TEST(IsMereThanks, WhenEveryWordThanks) {
  for (const auto* text :
       {"Thank you!", "Thanks a lot :-)", "Vielen Dank!", "Merci beaucoup", "Great, thank you very much for your help.",
        "Thank you!\n\nOn Mon, 5 Jan 2026 Support wrote:\n> It left the depot on the 4th. Anything else?"}) {
    EXPECT_TRUE(is_mere_thanks(mail("Re: Order", text))) << text;
  }
  for (const auto* text : {"Thank you, but it is still broken.", "Thanks. Where is the second one?", "Order 1182", "", "Great",
                           "Thank you, and now for something else", "No thanks, I want my money"}) {
    EXPECT_FALSE(is_mere_thanks(mail("Re: Order", text))) << text;
  }
  auto with_file = mail("Re: Order", "Thank you!");
  with_file.attachments.push_back({.id = "a", .name = "a.pdf", .media_type = {}, .url = {}});
  EXPECT_FALSE(is_mere_thanks(with_file));
}

// F74: the policy has a number.
TEST(WaitsForNobody, ThanksForThreeDaysAndMachinesForEver) {
  EXPECT_TRUE(waits_for_nobody(mail("Re: Order", "Thank you!"), kNine - kThanksWithin));
  EXPECT_FALSE(waits_for_nobody(mail("Re: Order", "Thank you!"), kNine - kThanksWithin - 1ms));
  EXPECT_TRUE(waits_for_nobody(mail("Out of Office", "Back on Monday."), kNine - 10 * kThanksWithin));
}

}  // namespace
}  // namespace casewire::bridge::cases
