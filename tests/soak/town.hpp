#pragma once
// The people around the bridge: customers who write, reps who answer, comment, take and close Cases, agents in the Inbox, and the AI that
// hands off. Each customer has a life of her own, a few seconds between two acts, all at once.

#include <map>
#include <optional>
#include <queue>
#include <string>
#include <vector>

#include "base/text/rng.hpp"
#include "scenarios/runner/ring.hpp"
#include "tests/soak/books.hpp"

namespace casewire::soak {

/// Who the world must know before it opens.
std::vector<Customer> inhabitants(std::size_t count);
inline const std::map<std::string, std::string> kReps{{"Chen", "Support"}, {"Ruiz", "Support"}};

class Town {
 public:
  struct Pace {
    milliseconds arrivals;               ///< the lives of all begin within them
    milliseconds longest_pause{12'000};  ///< between two acts of one life
  };
  /// `ring` is open; it and `rng` outlive the town.
  Town(std::vector<Customer> customers, Pace pace, scenarios::Ring& ring, Rng& rng);

  /// When somebody acts next, from the town's beginning; nullopt: all lives are over.
  std::optional<milliseconds> next() const;
  /// Lets everybody act who is due at `now`.
  void live(milliseconds now);

  const std::vector<Customer>& customers() const { return customers_; }
  std::size_t conversations() const { return conversations_; }
  std::size_t acts() const { return acts_; }
  /// Who wrote, or was handed off, and got no open Case within five minutes.
  const std::vector<std::string>& without_case() const { return without_case_; }

 private:
  enum class Next { first_mail, hand_off, find_case, act };
  struct Life {
    Next next = Next::first_mail;
    std::uint64_t acts_left = 0;
    std::string session{}, open_case{};
    bool was_closed = false;
    int looks = 0;  ///< for an open Case
  };

  milliseconds pause();
  /// What she does next happens after the returned time; nullopt: nothing more.
  std::optional<milliseconds> act(std::size_t who);
  void anything(std::size_t who);
  Promise& promise(std::size_t who, To to, bool may_have_file);
  /// Whether it went into a thread: who got no mail yet has none to answer.
  bool mail(std::size_t who, bool as_answer);
  void reply(std::size_t who);
  std::string find_session(std::size_t who) const;
  std::string find_open_case(std::size_t who) const;
  const std::string& some_rep();

  std::vector<Customer> customers_;
  std::vector<Life> lives_;
  milliseconds longest_pause_;
  scenarios::Ring& ring_;
  scenarios::World& world_;
  Rng& rng_;
  using Due = std::pair<milliseconds, std::size_t>;
  std::priority_queue<Due, std::vector<Due>, std::greater<>> due_;
  std::size_t conversations_ = 0, acts_ = 0;
  std::vector<std::string> without_case_{};
};

}  // namespace casewire::soak
