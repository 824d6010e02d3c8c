#pragma once
// In what the models answer otherwise than the systems of a tape did. Each recorded request is put to the models twice, under two seeds:
// what these two differ in is noise, the rest is drift, grouped by operation and cause. The tape is what is expected; the model is
// what is found.
// Not compared: what was never answered, refusals that a model has no reason for (429, 5xx), headers that say nothing about what was
// asked, and webhooks.

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text/result.hpp"
#include "scenarios/tape/exchanges.hpp"

namespace casewire::scenarios {

/// One way in which answers to one operation differ.
struct Drift {
  std::string operation;           ///< "Case create"
  std::string cause;               ///< "member /id: on the tape only"; stars stand for places in lists
  std::size_t count = 0;           ///< of answers
  std::size_t entry = 0;           ///< the first, as people count the entries of the file
  std::string recorded, modelled;  ///< there
  bool is_known = false;           ///< by the baseline
};

struct Compared {
  std::map<std::string, std::size_t> answers;          ///< of each operation, how many were compared
  std::vector<Drift> drifts;                           ///< by operation, the most frequent first
  std::map<std::string, std::size_t> noise;            ///< "Case create: member /x", how often
  std::size_t passed_over = 0;                         ///< requests without an answer that could be compared
  std::vector<std::string> troubles;                   ///< deeds that the models could not be let do
  std::set<std::pair<std::string, std::string>> gone;  ///< known drift that is no more

  bool has_news() const;
};

struct CompareOptions {
  std::string org_json, org_file;
  std::uint64_t seed = 1;
  bool is_redacted = false;  ///< a word of the tape may stand for any other of its shape, and a number for any other
};

/// The error is for people: the models could not be opened.
Result<Compared, std::string> compare_with_models(const Exchanges& all, const CompareOptions& options);

/// Known drift: {"known": [{"operation": ..., "cause": ...}]}.
using Baseline = std::set<std::pair<std::string, std::string>>;
Result<Baseline> read_baseline(std::string_view text, std::string_view file);
/// Of what was found; sorted.
std::string write_baseline(const Compared& compared);
void mark_known(Compared& compared, const Baseline& baseline);

}  // namespace casewire::scenarios
