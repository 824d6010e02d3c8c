#pragma once
// What those who weigh look up in a story.

#include <string>
#include <vector>

#include "scenarios/evidence/row_facts.hpp"
#include "scenarios/evidence/weighing.hpp"

namespace casewire::scenarios {

inline Weight proved() { return {}; }
inline Weight unknown(std::string why) { return {Weight::Kind::unknown, std::move(why)}; }
/// With a doubt it is suggested, without one proved.
inline Weight unless(std::string doubt) { return doubt.empty() ? proved() : Weight{Weight::Kind::suggested, std::move(doubt)}; }

const sim::Entry& entry_of(const Story& story, const sim::Violation& violation);
/// The entry stands in the bundle, and was not made up for another one that does.
bool is_in_material(const Story& story, const sim::Entry& entry);

struct CaseRow {
  std::string id;
  const OrgRow* row = nullptr;
};
/// Her Cases, as far as the material says whose they are.
std::vector<CaseRow> cases_of(const Story& story, const std::string& customer);
/// Why some Case of the material may be hers, or one of this channel, though no column says so; empty: none may.
std::string doubt_about_owners(const Story& story, const std::string& customer);
/// Why it is not known until when the Case was open; empty: it is.
std::string doubt_about_closing(const Story& story, const CaseRow& a_case);
/// Why the texts that the bridge wrote on these Cases up to `when` may not all be there.
std::string doubt_about_texts(const Story& story, const std::vector<CaseRow>& cases, WallTime when);
/// The row is one of these Cases, or stands on one.
bool is_on(const std::string& id, const OrgRow& row, const std::vector<CaseRow>& cases);
/// Some field of the row has these words.
bool has_text(const OrgRow& row, const std::string& words);
/// A row of somebody else than the bridge on these Cases that has these words; nullptr: none has.
const OrgRow* strangers_row_with(const Story& story, const std::vector<CaseRow>& cases, const std::string& words);

/// Letters and digits alone: programs put other quotation marks, dashes and blanks for those that were typed.
std::string letters_of(std::string_view text);
/// A row on these Cases that has the words as HTML writes them, with other signs, or up to where it was cut off; nullptr: none has.
const OrgRow* row_like(const Story& story, const std::vector<CaseRow>& cases, std::string_view words);

/// A reply or a comment of a rep, with the customer whom its Case is with; empty: nobody knows her.
struct Written {
  const sim::Entry* entry = nullptr;
  const sim::RecordChange* record = nullptr;
  std::string customer;
  std::string text;  ///< white space folded
};
std::vector<Written> replies_of(const Story& story);
std::vector<Written> internal_comments_of(const Story& story);

/// What is shorter stands in other texts by chance.
inline constexpr std::size_t kWordsByChance = 12;
/// A mail to her that has these words and a date a little earlier, as clocks differ: "reply.eml holds its words and is dated before it".
std::string mail_before(const Story& story, const Written& written);

bool is_to(const sim::MailPassage& mail, const std::string& address);
/// All that came in the mail, what it quotes too; white space folded.
std::string whole_text(const Story& story, const sim::Entry& entry);

}  // namespace casewire::scenarios
