#include "bridge/operation/given_up.hpp"

namespace casewire::bridge {
namespace {

std::string name_of_mark(const std::string& subject) { return "given up:" + subject; }

}  // namespace

Mark given_up_mark(const Job& job, WallTime now) {
  // Without a time of its own: it stays.
  return {name_of_mark(job.subject), iso8601(now) + " " + job.problem, std::nullopt};
}

std::optional<GivenUp> given_up(Store& store, const std::string& subject) {
  const auto value = store.mark(name_of_mark(subject));
  if (!value) return std::nullopt;
  const auto space = value->find(' ');
  const auto at = parse_iso8601(value->substr(0, space));
  if (!at || space == std::string::npos) return std::nullopt;
  return GivenUp{*at, value->substr(space + 1)};
}

}  // namespace casewire::bridge
