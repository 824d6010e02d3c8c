#include "bridge/cases/delivery_report.hpp"

#include <algorithm>
#include <array>

#include "base/text/ascii.hpp"
#include "base/text/strings.hpp"
#include "base/text/time.hpp"
#include "base/text/utf8.hpp"

namespace casewire::bridge::cases {
namespace {

// As Exchange, Postfix, Exim, Sendmail, Gmail and qmail begin their subjects, lower case.
constexpr auto kReportSubjects =
    std::to_array<std::string_view>({"undeliverable", "undelivered mail", "delivery status notification", "mail delivery failed",
                                     "mail delivery failure", "returned mail", "failure notice"});
/// Enough to see why; the whole report stays in OpenCX.
constexpr std::size_t kQuotedCharactersMax = 1'000;

bool is_part_of_address(char c) {
  return is_alphanumeric(c) || (static_cast<unsigned char>(c) & 0x80) != 0 ||
         std::string_view("@.!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

}  // namespace

bool is_mail_server(std::string_view address) {
  const auto local = lowercase(address.substr(0, address.find('@')));
  return local == "mailer-daemon" || local == "postmaster";
}

bool is_delivery_report(const opencx::HistoryItem& message) {
  const auto subject = lowercase(trimmed(message.subject));
  return std::any_of(kReportSubjects.begin(), kReportSubjects.end(),
                     [&](std::string_view known) { return subject.starts_with(known); });
}

std::vector<std::string> addresses_named_in(std::string_view report) {
  std::vector<std::string> addresses;
  for (std::size_t at = 0; at < report.size() && addresses.size() < kReportedMax; ++at) {
    if (!is_part_of_address(report[at])) continue;
    auto end = at;
    while (end < report.size() && is_part_of_address(report[end])) ++end;
    auto word = report.substr(at, end - at);
    at = end;
    while (!word.empty() && word.back() == '.') word.remove_suffix(1);  // it ended a sentence
    const auto sign = word.find('@');
    if (sign == 0 || sign == std::string_view::npos || word.find('.', sign) == std::string_view::npos) continue;
    auto address = lowercase(word);
    if (std::find(addresses.begin(), addresses.end(), address) == addresses.end()) addresses.push_back(std::move(address));
  }
  return addresses;
}

std::string text_of_report(const opencx::HistoryItem& report, std::string_view address) {
  const auto words = cleaned_utf8(report.text);
  return "A mail to " + std::string(address) + " came back at " + iso8601(report.at).substr(0, 16) +
         "Z: she may not have what was last written to her. The mail server says:\n" +
         std::string(prefix_of_characters(trimmed(words), kQuotedCharactersMax));
}

}  // namespace casewire::bridge::cases
