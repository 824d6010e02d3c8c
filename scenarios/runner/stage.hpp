#pragma once
// A scenario as it is being played: the ring it plays in, what the script's names have come to stand for, and what the script
// itself has said and done. What a sentence does is its own row's affair (scenarios/vocabulary).

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "scenarios/language/action.hpp"
#include "scenarios/language/fixtures.hpp"
#include "scenarios/runner/played.hpp"
#include "scenarios/runner/ring.hpp"
#include "scenarios/runner/waiting.hpp"
#include "sim/world/invariants.hpp"

namespace casewire::scenarios {

class Stage {
 public:
  /// `before`: what is staged before the script says anything.
  Stage(Ring& ring, const Fixtures& fixtures, Staging before);

  /// Stages, does or checks what the step says. The world is quiet when it returns.
  Played act(const Action& action);
  /// What holds at the end of every scenario: the work that was promised is done, and nothing else comes of it. Fails when the
  /// world does not become quiet, or the bridge has ended by itself. `is_cut_short`: the script did not come to its end, so that
  /// what it promised is not waited for where that takes real time.
  Played finish(bool is_cut_short);
  bool is_open() const { return open_; }
  /// The invariants that are broken as things stand.
  std::vector<sim::Violation> violations();

  Ring& ring() { return ring_; }
  World& world() { return ring_.world(); }
  const Fixtures& fixtures() const { return fixtures_; }
  /// Throws HarnessFault when it is not there: that it is was checked before anything ran.
  std::string fixture(std::string_view folder, std::string_view name) const;
  /// A file of the fixtures, or one that the script has made.
  std::string file(const std::string& name) const;
  /// `content` is asked whenever somebody wants the file: a background may make large ones for scenarios that do not.
  void make_file(const std::string& name, std::function<std::string()> content) { made_files_[name] = std::move(content); }
  Staging& staging() { return staging_; }

  // What a name stands for. Each throws HarnessFault for one that nobody introduced: the cast has checked that before anything ran.
  const std::string& address_of(const std::string& customer) const { return known(staging_.customers, customer); }
  /// What stands before her address in her mails: the script's name for her, unless it says otherwise.
  std::string display_name_of(const std::string& customer) const {
    const auto found = display_names_.find(customer);
    return found == display_names_.end() ? customer : found->second;
  }
  void call(const std::string& customer, std::string name) { display_names_[customer] = std::move(name); }
  sim::mail::Mailbox& mailbox_of(const std::string& customer) { return world().exchange().mailbox(address_of(customer)); }
  const std::string& rep_id(const std::string& rep) { return known(world().rep_ids(), rep); }
  /// Record id by the script's name for it.
  std::map<std::string, std::string>& cases() { return cases_; }
  const std::string& case_id(const std::string& case_name) const { return known(cases_, case_name); }
  /// How often a check with the same key has held so far; the next one needs one more occurrence.
  std::size_t& times_checked(const std::string& key) { return times_checked_[key]; }

  /// What the operator's last command said.
  const std::string& operator_has_read() const { return operator_reads_; }
  void operator_reads(std::string text) { operator_reads_ = std::move(text); }

  /// Who wrote the newest mail that the script knows; empty before the first.
  const std::string& last_writer() const { return last_writer_; }
  void wrote(const std::string& customer) { last_writer_ = customer; }

  /// What somebody on our side has said, and to which conversation: where an answer to the customer belongs.
  struct Utterance {
    std::string text;
    std::string case_name;  ///< empty: not said on a Case
    std::string session;    ///< empty: not known when it was said
  };
  void said(Utterance utterance) { utterances_.push_back(std::move(utterance)); }
  const std::vector<Utterance>& utterances() const { return utterances_; }

  /// A person works on a case, or on a customer's conversation in the Inbox, since the conversations had so many entries each.
  struct Active {
    std::string case_name, customer;                   ///< one of them is empty
    std::map<std::string, std::size_t> history_then;   ///< by session id; a session that is not there had none
    std::map<std::string, std::size_t> handed_back{};  ///< the same, of those in which nobody is active any more
  };
  const std::vector<Active>& active() const { return active_; }
  /// That conversation is the AI's again.
  void end_activity(const std::string& session_id);

  /// Waits for `holds`, up to the horizon or for so long, and says what was found if it never does.
  Played expect(const std::string& expected, const std::function<bool()>& holds, const std::function<std::string()>& found,
                milliseconds limit = Quiescence::kHorizon);
  /// For what must not happen, or must stay: judged at quiescence (waiting.hpp).
  Played expect_settled(const std::string& expected, const std::function<bool()>& holds,
                        const std::function<std::string()>& found);

  /// Nobody acts twice within a second: time stamps of whole seconds tell two deeds apart, as they mostly do among people.
  static constexpr milliseconds kDeedTime{1'000};
  /// But for the next `deeds`, the one that says so among them: no time passes between them.
  void hurry(std::size_t deeds) { deeds_at_once_ = deeds; }

 private:
  static const std::string& known(const std::map<std::string, std::string>& names, const std::string& name) {
    const auto found = names.find(name);
    if (found == names.end()) throw HarnessFault("nothing is known of " + name);
    return found->second;
  }
  Played play(const Action& action);
  Played open_world();
  /// What it has parked goes into the journal, for the invariants.
  void ask_the_bridge();
  void note_activity(const Action& action);
  /// The deed that was just done is one of several in one second, and not the last of them.
  bool keeps_the_second();
  /// The first request that a recording does not hold; what the bridge does after it is not what was recorded either.
  std::optional<std::string> departure_from_recording();

  Ring& ring_;
  const Fixtures& fixtures_;
  Staging staging_;
  bool open_ = false;
  Quiescence quiescence_;
  std::size_t deeds_at_once_ = 0;
  bool is_owed_undecided_ = false;  ///< what is missing at the end may lie where time did not reach
  sim::Watch watch_;
  std::map<std::string, std::string> cases_, display_names_;
  std::map<std::string, std::function<std::string()>> made_files_;
  std::map<std::string, std::size_t> times_checked_;
  std::string last_writer_, operator_reads_;
  std::vector<Utterance> utterances_;
  std::vector<Active> active_;
};

/// Turns a wait that ended badly into a failure.
Played played(const Waited& waited);

}  // namespace casewire::scenarios
