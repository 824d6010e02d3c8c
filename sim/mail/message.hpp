#pragma once
// A mail as people see it, and its RFC 5322 / MIME text. GMime does the format; it is included in message/ only.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text/result.hpp"
#include "base/text/time.hpp"

namespace casewire::sim::mail {

struct Address {
  std::string name;     ///< display name, UTF-8; may be empty
  std::string address;  ///< as written; compare without case
  friend bool operator==(const Address&, const Address&) = default;
};

struct Attachment {
  std::string name;
  std::string media_type = "application/octet-stream";
  std::string content;           ///< decoded bytes
  std::string content_id{};      ///< without angle brackets; set for inline parts
  std::string name_as_mailed{};  ///< of a mail that was read: whatever its sender put there
};

struct Message {
  Address from;
  std::vector<Address> to{};
  std::vector<Address> cc{};
  std::string subject{};
  std::string message_id{};               ///< without angle brackets
  std::string in_reply_to{};              ///< without angle brackets
  std::vector<std::string> references{};  ///< oldest first, without angle brackets
  std::optional<WallTime> date{};
  /// What a person reads, LF line ends: of an alternative the last part with visible text, else text and HTML parts in order.
  std::string text{};
  std::string html{};  ///< the same with its looks; empty when no part that is read is HTML
  std::vector<Attachment> attachments{};
  std::vector<std::pair<std::string, std::string>> other_headers{};  ///< Auto-Submitted, Precedence, X-...
};

/// CRLF line ends, 7-bit clean, reproducible: the same message gives the same bytes.
std::string compose(const Message& message);
/// Tolerant as mail clients are: unknown charsets, bad base64 and missing boundaries lose nothing that can be read. An error only
/// when there is no header at all, or more than 32 nested multiparts or mails; `file` names the source in it. Line ends at the
/// end of a text are not kept.
Result<Message> parse(std::string_view rfc5322, std::string_view file = {});

}  // namespace casewire::sim::mail
