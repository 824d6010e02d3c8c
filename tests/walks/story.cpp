#include "story.hpp"

#include <array>
#include <string_view>

#include "base/text/rng.hpp"

namespace casewire::walks {
namespace {

constexpr int kActionsMax = 9;
constexpr int kFaultsMax = 3;

class Walk {
 public:
  explicit Walk(std::uint64_t number) : rng_(number + 1), name_("walk " + std::to_string(number)) {}

  Story story() {
    maybe_fault();
    say("When Dana emails help@acme.test about \"Lamp\"" + maybe_file() + ": \"" + word() + "\"");
    maybe_fault();
    say("When the AI hands off: \"A lamp flickers\"");
    say("Then case A opens from opencx with the summary \"A lamp flickers\"");
    const auto actions = 2 + rng_.below(kActionsMax - 1);
    for (std::uint64_t i = 0; i < actions; ++i) {
      maybe_fault();
      act();
    }
    if (is_down_) start();
    say("When 3 hours pass");
    for (const auto& check : checks_) say("Then " + check);
    say("Then the bridge has nothing left to do");
    return {name_, steps_};
  }

 private:
  void act() {
    switch (rng_.below(12)) {
      case 0:
      case 1: {
        const auto text = word();
        say("When Ruiz replies on case A" + maybe_file() + ": \"" + text + "\"");
        checks_.push_back("Dana receives \"" + text + "\"");
        break;
      }
      case 2: say("When Ruiz writes the internal comment on case A: \"" + word() + "\""); break;
      case 3: say("When Ruiz takes case A"); break;
      case 4:
        say("When Ruiz closes case A");
        is_open_ = false;
        break;
      case 5:
        if (is_open_) break;
        // A Case that was reopened while another may be under way is for the invariants alone.
        say("When Ruiz sets case A to \"Working\"");
        is_sure_ = false;
        is_open_ = true;
        break;
      case 6:
      case 7: write_anew(false); break;
      case 8: write_anew(true); break;
      case 9: say("When " + std::string(kTimes[rng_.below(kTimes.size())])); break;
      case 10:
        if (is_down_) {
          start();
        } else {
          say("Given the bridge is killed");
          is_down_ = true;
        }
        break;
      default: say("When 20 minutes pass"); break;
    }
  }

  /// A new mail joins the open Case whoever keeps the conversation. After a closing only a handoff opens one.
  void write_anew(bool is_handed_off) {
    const auto text = word();
    say("When Dana emails help@acme.test about \"" + word() + "\"" + maybe_file() + ": \"" + text + "\"");
    if (is_handed_off) say("When the AI hands off: \"" + word() + "\"");
    if (is_handed_off && !is_open_) is_sure_ = false;
    if (is_open_ && is_sure_ && !is_handed_off && !is_down_) {
      say("When 20 minutes pass");
      checks_.push_back("case A gains the comment \"" + text + "\"");
    }
  }

  void maybe_fault() {
    if (faults_ == kFaultsMax || rng_.below(4) != 0) return;
    ++faults_;
    const auto lost = [&](std::string_view system, std::string_view operation) {
      say("Given " + std::string(system) + " accepts the next " + std::string(operation) + " but loses the answer");
    };
    switch (rng_.below(6)) {
      case 0: lost("Salesforce", kSalesforce[rng_.below(kSalesforce.size())]); break;
      case 1: lost("OpenCX", kOpenCx[rng_.below(kOpenCx.size())]); break;
      case 2:
        say("Given OpenCX answers the next " + std::to_string(1 + rng_.below(3)) + " session reads with status " +
            std::string(kStatuses[rng_.below(kStatuses.size())]));
        break;
      case 3: say("Given the next webhook from " + std::string(rng_.below(2) == 0 ? "OpenCX" : "Salesforce") + " is lost"); break;
      case 4:
        say("Given the next webhook from " + std::string(rng_.below(2) == 0 ? "OpenCX" : "Salesforce") + " arrives twice");
        break;
      default:
        if (is_down_) break;
        say("Given the bridge crashes " + std::string(rng_.below(2) == 0 ? "before" : "after") + " its " +
            std::string(kOrdinals[rng_.below(kOrdinals.size())]) + " call");
        break;
    }
  }

  void start() {
    say("Given the bridge starts again");
    is_down_ = false;
  }

  std::string maybe_file() { return rng_.below(5) == 0 ? " with the file \"notes.txt\"" : ""; }
  /// No text holds another, and none is short enough to stand somewhere by chance.
  std::string word() { return "words number " + std::to_string(++words_) + " of this walk."; }
  void say(const std::string& step) { steps_ += "    " + step + "\n"; }

  static constexpr std::array<std::string_view, 4> kTimes{"1 second passes", "7 seconds pass", "6 minutes pass", "2 hours pass"};
  static constexpr std::array<std::string_view, 5> kSalesforce{"Case create", "CaseComment create", "file create", "query",
                                                               "token"};
  static constexpr std::array<std::string_view, 4> kOpenCx{"message send", "session read", "session update", "history read"};
  static constexpr std::array<std::string_view, 3> kStatuses{"404", "503", "500"};
  static constexpr std::array<std::string_view, 8> kOrdinals{"1st", "2nd", "3rd", "4th", "5th", "6th", "8th", "11th"};

  SeededRng rng_;
  std::string name_;
  std::string steps_{};
  std::vector<std::string> checks_{};
  int faults_ = 0;
  int words_ = 0;
  bool is_open_ = true;
  bool is_sure_ = true;  ///< case A is the only one that can be open
  bool is_down_ = false;
};

}  // namespace

Story random_story(std::uint64_t number) { return Walk(number).story(); }

Story random_fleet_story(std::uint64_t number) {
  using scenarios::Misfortune;
  constexpr std::size_t kBridges = 3;
  constexpr std::array<Misfortune::Kind, 4> kKinds{Misfortune::Kind::killed, Misfortune::Kind::stands_still,
                                                   Misfortune::Kind::cut_off, Misfortune::Kind::store_down};
  constexpr std::uint64_t kMisfortunesMax = 12;
  // Leases last 30 s. Mostly while people write, some in the hours behind it.
  constexpr std::uint64_t kSoonMs = 300'000, kLateMs = 9'000'000, kLongMs = 120'000, kStepsMax = 20;
  Story story = random_story(number);
  story.name = "fleet " + story.name;
  story.fleet.bridges = kBridges;
  story.fleet.workers_each = 2;
  SeededRng rng(number + 1'000'003);
  for (auto left = 2 + rng.below(kMisfortunesMax - 1); left > 0; --left) {
    const auto kind = kKinds[rng.below(kKinds.size())];
    const auto bridge = static_cast<std::size_t>(rng.below(kBridges));
    const milliseconds after(rng.below(rng.below(4) == 0 ? kLateMs : kSoonMs));
    const milliseconds lasts(1'000 + rng.below(kLongMs));
    story.fleet.misfortunes.push_back({kind, bridge, after, lasts, 1 + static_cast<int>(rng.below(kStepsMax))});
  }
  return story;
}

}  // namespace casewire::walks
