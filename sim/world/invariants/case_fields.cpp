#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

/// What a field can hold.
constexpr std::size_t kSubjectCharactersMax = 255;
constexpr std::size_t kSuppliedCharactersMax = 80;

class FieldsOfCase {
 public:
  FieldsOfCase(const History& history, const CaseChange& opened, std::vector<Find>& out)
      : history_(history), opened_(opened), out_(out) {}

  void judge() {
    const std::string handoff = field("OpenCX_Handoff__c");
    session_ = handoff.substr(0, handoff.rfind('#'));
    customer_ = session_.empty() ? std::string() : customer_of(history_, session_);
    if (customer_.empty()) return;
    judge_address();
    judge_subject();
  }

 private:
  std::string field(const char* name) const { return string_member(opened_.fields, name); }
  void find(const std::string& what) { out_.push_back({what, opened_.entry}); }
  /// The org did not take it, and the Case says so.
  bool is_told_of(const std::string& value) const {
    return std::any_of(history_.texts_by_bridge.begin(), history_.texts_by_bridge.end(), [&](const CaseText& text) {
      return text.case_id == opened_.id && text.object != "Case" && contains(lowercase(text.text), lowercase(value));
    });
  }

  void judge_address() {
    const std::string address = field("SuppliedEmail");
    if (address.empty() && (character_count(customer_) > kSuppliedCharactersMax || is_told_of(customer_))) return;
    if (lowercase(address) != customer_) find("the Case of " + customer_ + " is written with the address \"" + address + "\"");
  }
  /// That of the first of her mails that has one.
  void judge_subject() {
    for (const SessionMoment& event : history_.session_events) {
      if (event.session != session_ || !is_message(event) || event.sender != "contact" || event.entry > opened_.entry) continue;
      const auto mail =
          std::find_if(history_.mails.begin(), history_.mails.end(), [&](const Mail& one) { return one.entry == event.cause; });
      const std::string subject = mail == history_.mails.end() ? std::string() : folded(mail->subject);
      if (subject.empty()) continue;
      const std::string whole(prefix_of_characters(subject, kSubjectCharactersMax));
      const std::string written = folded(field("Subject"));
      if (written != folded(whole) && !is_told_of(whole))
        find("the Case about " + quoted(subject) + " has the subject " + quoted(written));
      return;
    }
  }

  const History& history_;
  const CaseChange& opened_;
  std::vector<Find>& out_;
  std::string session_{}, customer_{};
};

std::vector<Find> cases_say_whose_they_are(const History& history) {
  std::vector<Find> out;
  if (!history.bridge_is_ours) return out;
  for (const CaseChange& change : history.cases) {
    if (change.created && change.by_id == history.integration_user_id) FieldsOfCase(history, change, out).judge();
  }
  return out;
}

}  // namespace

const Invariant rows::kCaseFields{
    .id = "I22",
    .title = "A Case says who wrote and about what",
    .shown =
        "Each Case that our own bridge opens has the customer's address and the subject of her first mail that has one, cut "
        "to the field; what the org refused of it stands in a comment.",
    .source = "this house",
    .make_judge = [] { return Judge(cases_say_whose_they_are); }};

}  // namespace casewire::sim
