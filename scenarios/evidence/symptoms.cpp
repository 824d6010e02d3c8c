#include "scenarios/evidence/symptoms.hpp"

#include <algorithm>

#include "base/text/strings.hpp"
#include "sim/world/invariants.hpp"

namespace casewire::scenarios {
namespace {

constexpr const char* kInDoubt = "a call of the bridge was never answered, and what it did is not known";

std::string need(bool has, const char* what) { return has ? std::string() : std::string(what); }

/// What is missing, and what of it was there and could not be used.
std::string need_rows(bool has, const char* what, const Story& story, const char* object) {
  const std::string gap = has ? std::string() : story.testimony.gap_of_rows(object);
  return has ? std::string() : what + (gap.empty() ? gap : " (" + gap + ")");
}

std::string no_reach(const Story& story) {
  return need(story.has_mailbox() || story.has_history, "neither a mail nor a history of OpenCX shows what reached the customer");
}

std::string no_replies(const Story& story) {
  if (std::string lack = no_reach(story); !lack.empty()) return lack;
  if (!story.has_replies) return need_rows(false, "no EmailMessage row shows what a rep wrote", story, "EmailMessage");
  return need(!story.is_in_doubt || story.has_mailbox(), kInDoubt);
}

std::string no_handoffs(const Story& story) {
  if (!story.has_history) return "no history of OpenCX shows a handoff";
  if (story.is_in_doubt) return kInDoubt;
  return need(story.has_cases || story.has_calls, "neither rows of Salesforce nor calls of the bridge show what became of it");
}

std::string no_case_texts(const Story& story) {
  if (!story.has_history) return "no history of OpenCX shows what she wrote";
  if (story.is_in_doubt) return kInDoubt;
  return need(story.has_case_texts || story.has_calls, "no comment or mail on a Case shows what the bridge wrote there");
}

std::string no_cases(const Story& story) { return need_rows(story.has_cases, "no row of a Case is in it", story, "Case"); }

std::string no_history(const Story& story) { return need(story.has_history, "no history of OpenCX shows who spoke"); }

std::string no_internal(const Story& story) {
  if (std::string lack = no_reach(story); !lack.empty()) return lack;
  return need_rows(story.has_internal, "no row of an internal comment is in it", story, "CaseComment");
}

std::string no_files(const Story& story) {
  const bool has_version =
      std::any_of(story.rows.begin(), story.rows.end(), [](const auto& one) { return one.second.object == "ContentVersion"; });
  if (has_version && !story.has_files_of_case) return "no ContentDocumentLink says on which Case a file is";
  return need(story.has_files_of_case && story.has_files_of_conversation,
              "no file is there on both sides: on a Case, and in a mail or a history of OpenCX");
}

std::string no_threads(const Story& story) {
  return need(story.has_mailbox(), "only mails as the customer has them show their thread");
}

}  // namespace

const std::vector<Symptom>& symptoms() {
  static const std::vector<Symptom> all{
      {"two cases", {"I3"}, no_cases, weigh_two_cases, two_cases_left_open},
      {"reply twice", {"I2"}, no_replies, weigh_reply_twice, reply_twice_left_open},
      {"reply lost", {"I1"}, no_replies, weigh_reply_lost, reply_lost_left_open},
      {"AI spoke", {"I6"}, no_history, weigh_ai, histories_left_open},
      {"internal comment", {"I7"}, no_internal, weigh_internal, internal_left_open},
      {"file damaged", {"I13"}, no_files, weigh_file, files_left_open},
      {"case missing", {"I11", "I18"}, no_handoffs, weigh_case_missing, histories_left_open},
      {"customer mail lost", {"I12"}, no_case_texts, weigh_mail_lost, histories_left_open},
      {"wrong conversation", {"I5", "I16"}, no_threads, weigh_conversation, conversation_left_open},
      {"wrong order", {"I4"}, no_case_texts, weigh_order, reply_twice_left_open},
  };
  return all;
}

const Symptom* symptom_named(std::string_view name) {
  const auto& all = symptoms();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Symptom& symptom) { return symptom.name == name; });
  return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> claimed_in(std::string_view ticket) {
  struct Phrase {
    std::string_view symptom, words;
  };
  // Blanks and line ends are one blank here, capitals none.
  static constexpr Phrase kPhrases[] = {
      {"two cases", "two cases"},
      {"two cases", "duplicate case"},
      {"two cases", "second case"},
      {"two cases", "2 cases"},
      {"reply twice", "reply twice"},
      {"reply twice", "same reply"},
      {"reply twice", "answer twice"},
      {"reply twice", "mail twice"},
      {"reply twice", "duplicate repl"},
      {"reply lost", "reply lost"},
      {"reply lost", "never got"},
      {"reply lost", "never arrived"},
      {"reply lost", "did not arrive"},
      {"reply lost", "never received"},
      {"reply lost", "got no answer"},
      {"reply lost", "got no reply"},
      {"AI spoke", "ai spoke"},
      {"AI spoke", "bot answered"},
      {"AI spoke", "ai answered"},
      {"AI spoke", "bot kept"},
      {"AI spoke", "bot interrupted"},
      {"internal comment", "internal comment"},
      {"internal comment", "internal note"},
      {"file damaged", "file damaged"},
      {"file damaged", "damaged"},
      {"file damaged", "corrupt"},
      {"file damaged", "does not open"},
      {"case missing", "case missing"},
      {"case missing", "no case"},
      {"case missing", "case was never"},
      {"customer mail lost", "customer mail lost"},
      {"customer mail lost", "not on the case"},
      {"wrong conversation", "wrong conversation"},
      {"wrong conversation", "wrong thread"},
      {"wrong conversation", "new thread"},
      {"wrong order", "wrong order"},
  };
  std::string text;
  for (const char c : lowercase(ticket)) {
    const bool is_blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!is_blank || !text.ends_with(' ')) text += is_blank ? ' ' : c;
  }
  std::vector<std::string> claimed;
  for (const Phrase& phrase : kPhrases) {
    const bool is_new = std::find(claimed.begin(), claimed.end(), phrase.symptom) == claimed.end();
    if (is_new && text.find(phrase.words) != std::string::npos) claimed.emplace_back(phrase.symptom);
  }
  return claimed;
}

namespace {

/// What is quoted leaves the org as well as what is said.
std::vector<sim::Violation> broken_in(const Story& story) {
  auto broken = sim::Watch::broken(story.entries);
  if (story.whole_texts.empty()) return broken;
  constexpr std::string_view kLeaving = "I7";
  std::erase_if(broken, [&](const sim::Violation& one) { return one.invariant == kLeaving; });
  std::vector<sim::Entry> whole = story.entries;
  for (sim::Entry& entry : whole) {
    const auto text = story.whole_texts.find(entry.sequence);
    if (auto* mail = std::get_if<sim::MailPassage>(&entry.event); mail != nullptr && text != story.whole_texts.end())
      mail->text = text->second;
  }
  for (sim::Violation& one : sim::Watch::broken(whole)) {
    if (one.invariant == kLeaving) broken.push_back(std::move(one));
  }
  return broken;
}

bool is_of(const Symptom& symptom, const sim::Violation& violation) {
  return std::find(symptom.invariants.begin(), symptom.invariants.end(), violation.invariant) != symptom.invariants.end();
}

/// A table of whole minutes does not tell what came first within one. Empty: nothing stands so near that it matters.
std::string doubt_of_order(const Story& story, const sim::Violation& violation) {
  constexpr std::chrono::minutes kWithin{1};
  if (story.without_seconds.empty() || violation.entry == 0) return {};
  const auto is_rounded = [&](const sim::Entry& entry) {
    const auto origin = story.origins.find(entry.sequence);
    return origin != story.origins.end() && story.without_seconds.contains(origin->second.file);
  };
  const sim::Entry& broken = story.entries.at(violation.entry - 1);
  for (const sim::Entry& other : story.entries) {
    if (other.sequence == broken.sequence || other.at <= broken.at - kWithin || other.at >= broken.at + kWithin) continue;
    const bool is_of_conversation = other.as<sim::SessionEvent>() != nullptr;
    if (!is_rounded(other) && (!is_rounded(broken) || is_of_conversation)) continue;
    const auto& rounded = is_rounded(other) ? other : broken;
    return "what came first within the minute is not in it: " + story.origins.at(rounded.sequence).file + " has no seconds";
  }
  return {};
}

/// What a row says in letters that may be others is not missed for sure where it is not found. Empty: its letters are known.
std::string doubt_of_letters(const Story& story, const sim::Violation& violation) {
  const auto origin = story.origins.find(violation.entry);
  if (origin == story.origins.end() || !story.guessed_letters.contains(origin->second.file)) return {};
  const auto* record = story.entries.at(violation.entry - 1).as<sim::RecordChange>();
  const bool has_others = record != nullptr && std::any_of(record->fields.begin(), record->fields.end(), [](const Json& value) {
                            const std::string text = value.is_string() ? value.get<std::string>() : std::string();
                            return std::any_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
                          });
  return has_others ? origin->second.file + " does not say how its letters are written" : std::string();
}

/// Puts its exhibits into the judgement; what the material cannot tell is added to `unknowns`.
void weigh_all(const Story& story, const Symptom& symptom, const std::vector<sim::Violation>& broken, Judgement& judgement,
               std::vector<std::string>& unknowns) {
  for (const sim::Violation& violation : broken) {
    if (!is_of(symptom, violation)) continue;
    Weight weight = symptom.weigh(story, violation);
    if (weight.kind == Weight::Kind::none) continue;
    std::string doubt = doubt_of_order(story, violation);
    if (doubt.empty()) doubt = doubt_of_letters(story, violation);
    if (weight.kind == Weight::Kind::proved && !doubt.empty()) weight = {Weight::Kind::suggested, std::move(doubt)};
    if (weight.kind == Weight::Kind::unknown) {
      unknowns.push_back(weight.why);
      continue;
    }
    const auto origin = story.origins.find(violation.entry);
    judgement.exhibits.push_back({.symptom = weight.kind == Weight::Kind::other ? std::string() : std::string(symptom.name),
                                  .invariant = violation.invariant,
                                  .what = violation.what,
                                  .where = origin == story.origins.end() ? std::string() : origin->second.text(),
                                  .doubt = weight.why});
  }
}

/// The invariants begin where OpenCX has the message.
void show_unheard_mails(const Story& story, Judgement& judgement) {
  for (const sim::Entry* entry : unheard_mails(story)) {
    judgement.exhibits.push_back({.symptom = "customer mail lost",
                                  .invariant = "I12",
                                  .what = "her mail \"" + entry->as<sim::MailPassage>()->subject +
                                          "\" stands in no history of OpenCX and on no Case of hers",
                                  .where = story.origins.at(entry->sequence).text(),
                                  .doubt = "whether it reached OpenCX is not in it"});
  }
}

Answer answer_of(const Story& story, const Symptom& symptom, const Judgement& judgement,
                 const std::vector<std::string>& unknowns) {
  using Degree = Answer::Degree;
  const Exhibit* spoken = nullptr;
  for (const Exhibit& exhibit : judgement.exhibits) {
    if (exhibit.symptom != symptom.name) continue;
    if (exhibit.is_proved()) return {Degree::shown, {}};
    if (spoken == nullptr) spoken = &exhibit;
  }
  if (spoken != nullptr) return {Degree::spoken_for, spoken->doubt};
  if (!unknowns.empty()) return {Degree::untold, unknowns.front()};
  const std::string open = symptom.leaves_open == nullptr ? std::string() : symptom.leaves_open(story);
  return open.empty() ? Answer{Degree::contradicted, {}} : Answer{Degree::left_open, open};
}

}  // namespace

Judgement judge(const Story& story) {
  Judgement judgement;
  const auto broken = broken_in(story);
  for (const Symptom& symptom : symptoms()) {
    std::vector<std::string> unknowns;
    if (std::string lack = symptom.lacks(story); !lack.empty()) {
      unknowns.push_back(std::move(lack));
    } else {
      weigh_all(story, symptom, broken, judgement, unknowns);
      if (symptom.name == "customer mail lost") show_unheard_mails(story, judgement);
    }
    const std::string name(symptom.name);
    std::sort(unknowns.begin(), unknowns.end());
    unknowns.erase(std::unique(unknowns.begin(), unknowns.end()), unknowns.end());
    for (const std::string& why : unknowns) judgement.untold.push_back(name + ": " + why);
    judgement.answers.emplace(name, answer_of(story, symptom, judgement, unknowns));
  }
  return judgement;
}

}  // namespace casewire::scenarios
