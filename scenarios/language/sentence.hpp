#pragma once
// One row of the vocabulary: everything there is to know about a sentence. Nothing else in the program lists sentences; whoever
// wants to know what one means (the cast, the stage, the reports, the documentation) asks its row.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casewire::scenarios {

class Action;
class Stage;
struct Played;

enum class Group { staging, fault, deed, check };

/// What may be true of a scenario at some point, as far as its sentences tell.
enum class Fact {
  org,             ///< an org was named
  rep,             ///< a rep was introduced
  recording,       ///< both systems answer from a recording
  mail,            ///< somebody has written a mail
  person_active,   ///< a person works on a conversation
  bridge_down,     ///< the script has taken the bridge down
  operator_asked,  ///< the operator has run a command
};

/// A fact about whom a slot names, or about the whole scenario when `slot` is empty. A claim whose slot is left out in a sentence
/// is about anybody.
struct Claim {
  Fact fact;
  std::string_view slot{};
};

/// The person in `who` works, from here on, on what `where` names: a case or a customer's conversation. The AI is then silent there.
struct WorkOn {
  std::string_view who{"rep"};
  std::string_view where{};
};

/// What a sentence means to those that follow it and to whoever shows a run.
struct Traits {
  std::vector<std::string_view> introduces{};  ///< slots whose value gets its meaning here
  std::vector<Claim> needs{};                  ///< must be true before
  std::vector<Claim> excludes{};               ///< must not be true before
  std::vector<Claim> makes{};                  ///< is true from here on
  std::vector<Claim> ends{};                   ///< is not true from here on
  std::optional<WorkOn> activity{};
  bool hands_back = false;     ///< nobody is active any more on what the sentence names
  bool needs_control = false;  ///< cannot be exercised with a bridge that the harness cannot ask and whose clock it cannot move
  bool house = false;          ///< what our bridge promises and the vendor's page does not
};

struct Sentence {
  std::string_view form;
  std::string_view example;
  std::string_view meaning;  ///< for the documentation
  Traits traits{};
  /// Stages, does or checks what the sentence says.
  Played (*play)(Stage& stage, const Action& action) = nullptr;
  Group group = Group::staging;  ///< its family's
  std::string_view window{};     ///< its family's
};

/// Sentences that are read together.
struct Family {
  Group group;
  std::string_view title;
  std::vector<Sentence> sentences;
  /// Of checks: the part of the world they look at, for whoever shows it: "mailbox", "conversation", "case"; empty: another.
  std::string_view window{};
};

}  // namespace casewire::scenarios
