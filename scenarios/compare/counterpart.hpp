#pragma once
// Both models under one seed, in the place of the systems of a tape: people do in them what the tape shows, and what the bridge asked is
// asked of them, with the ids, tokens and hosts that stand here for those of the tape.

#include <memory>
#include <string>
#include <vector>

#include "scenarios/compare/deeds.hpp"
#include "scenarios/runner/ring.hpp"
#include "scenarios/tape/binding.hpp"

namespace casewire::scenarios {

class Counterpart {
 public:
  /// The error is for people.
  static Result<std::unique_ptr<Counterpart>, std::string> open(const std::string& org_json, const std::string& org_file,
                                                                WallTime start, std::uint64_t seed);

  /// `files`: the bytes of deed.files. What could not be done is in troubles().
  void let(const Deed& deed, const std::vector<std::string>& files);

  struct Answer {
    std::vector<std::string> operations;  ///< in the model's words; empty: it knows none
    http::Response response;
    std::vector<std::string> not_modelled;
  };
  /// `exchange` is to Salesforce or to OpenCX.
  Answer ask(const Exchange& exchange);

  void pass_until(WallTime when);
  /// How far deeds were done from when they were, since the tape's order comes first.
  milliseconds latest() const { return latest_; }

  Bindings& bindings() { return bindings_; }
  const std::vector<std::string>& troubles() const { return troubles_; }

 private:
  explicit Counterpart(std::unique_ptr<Ring> ring) : ring_(std::move(ring)) {}

  void write(const Deed& deed, const std::vector<std::string>& files);
  void make_row(const Deed& deed, const std::vector<std::string>& files);
  void trouble(const Deed& deed, const std::string& why);
  std::string here(const std::string& id) const;
  std::string rep(const std::string& name);
  http::Request translated(const Exchange& exchange);
  void let_in(const Exchange& exchange, http::Request& request);
  std::string session_token();
  World& world() { return ring_->world(); }

  static constexpr std::size_t kTroublesMax = 1'000;  ///< nobody reads more of them

  std::unique_ptr<Ring> ring_;
  Bindings bindings_;
  milliseconds latest_{0};
  std::vector<std::string> troubles_;
  std::size_t mails_ = 0;
  std::string token_;
};

}  // namespace casewire::scenarios
