#include "scenarios/evidence/symptoms.hpp"

#include <algorithm>

#include "base/text/strings.hpp"
#include "sim/world/invariants.hpp"

namespace casewire::scenarios {
namespace {

constexpr const char* kInDoubt = "a call of the bridge was never answered, and what it did is not known";

std::string need(bool has, const char* what) { return has ? std::string() : std::string(what); }

std::string no_reach(const Story& story) {
  return need(story.has_mailbox || story.has_history, "neither a mail nor a history of OpenCX shows what reached the customer");
}

std::string no_replies(const Story& story) {
  if (std::string lack = no_reach(story); !lack.empty()) return lack;
  if (!story.has_replies) return "no EmailMessage row shows what a rep wrote";
  return need(!story.is_in_doubt || story.has_mailbox, kInDoubt);
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

std::string all_rows(const Story& story) { return need(story.has_exports, "an export of Salesforce would show all there are"); }
std::string all_mails(const Story& story) { return need(story.has_mailbox, "her mailbox would show all that she got"); }

bool has_exports(const Story& story) { return story.has_exports; }
bool has_mailbox(const Story& story) { return story.has_mailbox; }

}  // namespace

const std::vector<Symptom>& symptoms() {
  static const std::vector<Symptom> all{
      {"two cases",
       {"I3"},
       [](const Story& story) { return need(story.has_cases, "no row of a Case is in it"); },
       nullptr,
       all_rows},
      {"reply twice", {"I2"}, no_replies, nullptr, all_mails},
      {"reply lost", {"I1"}, no_replies, has_mailbox, all_rows},
      {"AI spoke", {"I6"}, [](const Story& story) { return need(story.has_history, "no history of OpenCX shows who spoke"); }},
      {"internal comment",
       {"I7"},
       [](const Story& story) {
         if (std::string lack = no_reach(story); !lack.empty()) return lack;
         return need(story.has_internal, "no row of an internal comment is in it");
       },
       nullptr,
       all_mails},
      {"file damaged",
       {"I13"},
       [](const Story& story) {
         return need(story.has_files_of_case && (story.has_files_of_session || story.has_mailbox),
                     "no file is there on both sides: on a Case, and in a mail or a history of OpenCX");
       },
       nullptr,
       [](const Story& story) {
         return need(!story.has_likened_files, "of some files only name and size are there, and damage need not change those");
       }},
      {"case missing", {"I11", "I18"}, no_handoffs, has_exports},
      {"customer mail lost", {"I12"}, no_case_texts, has_exports},
      {"wrong conversation",
       {"I5", "I16"},
       [](const Story& story) { return need(story.has_mailbox, "only mails as the customer has them show their thread"); }},
      {"wrong order", {"I4"}, no_case_texts, nullptr, all_rows},
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

Judgement judge(const Story& story) {
  Judgement judgement;
  const auto broken = sim::Watch::broken(story.entries);
  for (const Symptom& symptom : symptoms()) {
    if (const std::string lack = symptom.lacks(story); !lack.empty()) {
      judgement.untold.push_back(std::string(symptom.name) + ": " + lack);
      continue;
    }
    for (const sim::Violation& violation : broken) {
      if (std::find(symptom.invariants.begin(), symptom.invariants.end(), violation.invariant) == symptom.invariants.end())
        continue;
      const auto origin = story.origins.find(violation.entry);
      judgement.exhibits.push_back({.symptom = std::string(symptom.name),
                                    .invariant = violation.invariant,
                                    .what = violation.what,
                                    .where = origin == story.origins.end() ? std::string() : origin->second.text(),
                                    .is_proved = symptom.proves_absence == nullptr || symptom.proves_absence(story)});
    }
  }
  return judgement;
}

}  // namespace casewire::scenarios
