#pragma once
// What a Case's job reads of the org: the Case, and the rows on it that may be replies.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/config.hpp"
#include "bridge/replies/selection.hpp"
#include "bridge/replies/text.hpp"
#include "bridge/salesforce/client.hpp"

namespace casewire::bridge {

struct CaseState {
  bool is_closed = false;
  bool is_from_opencx = false;
  std::string closed_at;  ///< ClosedDate as Salesforce wrote it
  std::string handoff;    ///< OpenCX_Handoff__c
  std::string owner_id;   ///< a user's (005...) or a queue's (00G...)
  std::string system_modstamp;
};

struct ReplyReading {
  std::optional<CaseState> state;  ///< nullopt: no such Case
  std::vector<replies::Row> rows;
  std::vector<std::string> merged_away;  ///< Cases whose rows stand on this one since somebody merged them into it
};

/// `with_posts`: those of the Case's feed too. An org without digital experiences has no public ones, and would refuse the question.
Outcome<ReplyReading> read_replies(salesforce::Client& client, const std::string& case_id, bool with_posts,
                                   std::string_view trace);

/// What people post in a feed for everybody. Source: Object Reference, "FeedItem", fields Type and Visibility. FeedItem.Parent is a
/// polymorphic relationship, so a query names the bridge's Cases by a semi-join.
inline constexpr std::string_view kPublicPosts = "Type IN ('TextPost', 'LinkPost', 'ContentPost') AND Visibility = 'AllUsers'";
inline constexpr std::string_view kPostsOnOurCases = "ParentId IN (SELECT Id FROM Case WHERE Case_From__c = 'opencx')";

/// Which rows on a Case are replies by the settings, since the bridge has a part in it. `links` are the Case's.
replies::Policy reply_policy(const Config::Salesforce& settings, std::string own_user_id, const std::vector<Link>& links);

/// From when on the replies on a Case are also for a conversation that joins those of `links`: as for its customer's others there, or as for whoever came last.
/// nullopt: it joins nobody.
std::optional<WallTime> replies_since(const std::vector<Link>& links, std::string_view conversation);

/// One row of that kind, as far as the query named its fields.
replies::Row reply_row(const Json& json, replies::Kind kind);

/// The files that are linked to a record, such as an EmailMessage.
Outcome<std::vector<replies::FileOnCase>> read_files(salesforce::Client& client, const std::string& record_id,
                                                     std::string_view trace);
/// The file that a post shows.
Outcome<std::vector<replies::FileOnCase>> read_shown_file(salesforce::Client& client, const std::string& version_id,
                                                          std::string_view trace);

}  // namespace casewire::bridge
