#pragma once
// Which rows of a Case go to the customer, and which must not. The default is to deny. Pure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/time.hpp"

namespace casewire::bridge::replies {

enum class Kind { mail, comment, post };

/// An outgoing EmailMessage; a CaseComment or a FeedItem where the configuration counts public ones as replies.
struct Row {
  std::string id;
  Kind kind = Kind::mail;
  std::string created_by_id;
  std::string created_by_name;
  WallTime created_at{};
  std::string version{};  ///< SystemModstamp
  std::string text;       ///< TextBody, CommentBody, or a post's Body; of a rich post it is in `html`
  std::string html;
  // EmailMessage
  bool is_incoming = false;
  std::string status;              ///< "3" is Sent, "5" a draft
  std::string message_identifier;  ///< set: Salesforce itself transmitted it
  bool has_attachment = false;
  std::string to;  ///< ToAddress: one or more, as the rep's composer wrote them
  // FeedItem
  std::string file_version{};  ///< the ContentVersion that it shows
  // CaseComment: IsPublished; FeedItem: Visibility is AllUsers
  bool is_published = false;
  bool is_deleted = false;  ///< stands in the recycle bin
};

/// Why a row does not go out; nullopt: it goes.
enum class Refusal {
  own_writing,  ///< by the integration user (F44): who wrote it tells, never what it says
  incoming,
  not_sent,            ///< a draft, or any other status than Sent
  sent_by_salesforce,  ///< the customer has it already (F43)
  internal,            ///< a comment or a post for the org's people (F46)
  comments_stay,       ///< a public comment, and the configuration does not count those
  posts_stay,          ///< likewise
  before_the_link,     ///< older than the bridge's part in this Case
};
std::string_view name_of(Refusal refusal);

struct Policy {
  std::string own_user_id;
  bool public_comments_are_replies = false;
  bool public_posts_are_replies = false;
  struct Since {
    std::string address;
    WallTime at{};  ///< of the link
  };
  std::vector<Since> since{};  ///< of each conversation on the Case
};

/// Those in a list as Salesforce keeps it: "a@x; b@y", "Dana <a@x>, b@y".
std::vector<std::string> addresses_in(std::string_view list);

/// Whether one of those in `list` is this one.
bool is_addressed_to(std::string_view list, std::string_view address);

std::optional<Refusal> refusal_of(const Row& row, const Policy& policy);
struct RefusedRow {
  Row row;
  Refusal why;
};
struct Selection {
  std::vector<Row> chosen;  ///< by (created_at, id): equal times are settled by the id (F58)
  std::vector<RefusedRow> refused;
  std::vector<Row> deleted;
};
Selection select_replies(std::vector<Row> rows, const Policy& policy);

}  // namespace casewire::bridge::replies
