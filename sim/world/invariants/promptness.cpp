#include <chrono>
#include <functional>

#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

constexpr std::chrono::seconds kPrompt{10};
constexpr std::chrono::seconds kWithFile{45};

class Promptness {
 public:
  explicit Promptness(const History& history) : history_(history) {}

  std::vector<Find> found() {
    if (!history_.bridge_is_ours) return {};
    for (const SessionMoment& event : history_.session_events) {
      if (is_handoff(event)) judge_handoff(event);
    }
    for (const SessionMoment* said : owed_to_cases(history_)) judge_message(*said);
    for (const Utterance& reply : history_.rep_replies) judge_reply(reply);
    return std::move(out_);
  }

 private:
  /// `done` is when it was; nullopt: not yet. Only a good day, and what the bridge was told of, are judged.
  void judge(const std::string& what, std::uint64_t entry, std::chrono::seconds limit, std::optional<WallTime> done) {
    const auto told = history_.told_at.find(entry);
    if (told == history_.told_at.end()) return;
    const WallTime due = told->second + limit;
    if (done.value_or(history_.last_at) <= due) return;
    if (history_.disturbed_at && *history_.disturbed_at <= due) return;
    out_.push_back({what + (done ? " took longer than " : " is not done after ") + std::to_string(limit.count()) + " s", entry});
  }
  void judge_handoff(const SessionMoment& event) {
    const std::string customer = customer_of(history_, event.session);
    if (customer.empty()) return;
    const auto hers = history_.cases_of(customer);
    // Who takes a conversation in the Inbox says nothing that a Case which is open already would lack.
    const auto is_open = [&](const std::string& id) { return history_.case_stories.at(id).is_open_at(event.entry); };
    if (event.text.empty() && std::any_of(hers.begin(), hers.end(), is_open)) return;
    std::optional<WallTime> done;
    for (const CaseText* text : texts_on(history_, hers)) {
      if (text->entry > event.entry && !done) done = text->at;
    }
    judge("the Case for the handoff " + quoted(event.text), event.entry, kPrompt, done);
  }
  void judge_message(const SessionMoment& said) {
    if (said.sender != "contact" || said.text.size() < kSearchedBytesMin) return;
    const auto hers = history_.cases_of(customer_of(history_, said.session));
    // Without an open Case there is nothing to do before the handoff.
    if (std::none_of(hers.begin(), hers.end(),
                     [&](const std::string& id) { return history_.case_stories.at(id).is_open_at(said.entry); }))
      return;
    std::optional<WallTime> done;
    for (const CaseText* text : texts_on(history_, hers)) {
      if (!done && text->entry > said.entry && says(text->text, said.text)) done = text->at;
    }
    // Long ones are cut into parts, and I12 finds what is missing.
    if (done) judge("the customer's message " + quoted(said.text) + " to the Case", said.entry, kPrompt, done);
  }
  void judge_reply(const Utterance& reply) {
    if (is_before_our_part(history_, reply) || was_withdrawn_at_once(reply)) return;
    const std::string to = addressee(history_, reply);
    std::optional<WallTime> done;
    for (const Mail& mail : history_.mails) {
      const bool is_hers = to.empty() || mail.to == to;
      if (!done && mail.entry > reply.entry && is_hers && is_outbound(history_, mail) && says(mail.text, reply.text))
        done = mail.at;
    }
    judge("the rep's reply " + quoted(reply.text), reply.entry, kWithFile, done);
  }

  const History& history_;
  std::vector<Find> out_;
};

}  // namespace

const Invariant rows::kPrompt{
    .id = "I15",
    .title = "What was announced is done at once",
    .shown =
        "Of our own bridge, while no fault has struck, no call of it was refused and it was never down: what an acknowledged webhook told of is "
        "done within 10 s of virtual time, a reply within 45 s, as a file of it may be awaited. The latency of another bridge is its own affair.",
    .source = "this house",
    .make_judge = [] { return Judge([](const History& history) { return Promptness(history).found(); }); }};

}  // namespace casewire::sim
