#include "bridge/cases/delivery_report.hpp"

#include <gtest/gtest.h>

namespace casewire::bridge::cases {
namespace {

using Addresses = std::vector<std::string>;

// F52
TEST(DeliveryReport, IsSentInTheNameOfAServer) {
  EXPECT_TRUE(is_mail_server("MAILER-DAEMON@mx.example.test"));
  EXPECT_TRUE(is_mail_server("Postmaster@example.test"));
  EXPECT_FALSE(is_mail_server("dana@mailer-daemon.test"));
  EXPECT_FALSE(is_mail_server(""));
}

TEST(DeliveryReport, IsKnownByItsSubject) {
  const auto report = [](const char* subject) {
    opencx::HistoryItem item;
    item.subject = subject;
    return is_delivery_report(item);
  };
  for (const auto* subject : {"Undeliverable: Order", " Undelivered Mail Returned to Sender", "Mail delivery failed: returning",
                              "Returned mail: see transcript", "failure notice", "Delivery Status Notification (Failure)"}) {
    EXPECT_TRUE(report(subject)) << subject;
  }
  EXPECT_FALSE(report("Re: Undeliverable"));
  EXPECT_FALSE(report("Automatic reply"));
}

TEST(DeliveryReport, NamesAddresses) {
  EXPECT_EQ(addresses_named_in(
                "could not be delivered to Dana@Example.test. Final-Recipient: rfc822; <dana@example.test>, o'hara@x.test"),
            (Addresses{"dana@example.test", "o'hara@x.test"}));
  EXPECT_EQ(addresses_named_in("@ a@ @b.test a@b me@x..."), (Addresses{}));
  std::string many;
  for (int i = 0; i < 100; ++i) many += "a" + std::to_string(i) + "@x.test ";
  EXPECT_EQ(addresses_named_in(many).size(), kReportedMax);
}

TEST(DeliveryReport, TellsTheServersOwnWords) {
  opencx::HistoryItem item;
  item.text = std::string(5'000, 'x');
  const auto text = text_of_report(item, "dana@example.test");
  EXPECT_NE(text.find("A mail to dana@example.test came back"), std::string::npos);
  EXPECT_LT(text.size(), 1'300u);
}

}  // namespace
}  // namespace casewire::bridge::cases
