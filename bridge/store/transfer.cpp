#include "bridge/store/transfer.hpp"

#include <memory>

namespace casewire::bridge {
namespace {

Diagnostic obstacle(std::string problem, std::string hint = {}) {
  return {.where = {"move", {}}, .problem = std::move(problem), .hint = std::move(hint)};
}

Result<std::map<std::string, std::int64_t>> take_over(StoreRows& from, StoreRows& to, const TransferOptions& options) {
  for (auto* side : {&from, &to}) {
    if (const auto owner = side->used_by(options.bridge_name, options.now); !owner.empty()) {
      return fail(
          obstacle("the bridge \"" + owner + "\" works on that store",
                   "stop every bridge on it; what one holds that was killed ends by itself, after sweep_every and 5 min"));
    }
  }
  if (const auto filled = first_filled_table(to); !filled.empty()) {
    return fail(obstacle("there is something in the target already (" + filled + ")",
                         "name an empty store; one that a move has left unfinished is to be dropped"));
  }
  const auto sums = copy_rows(from, to);
  if (!sums) return fail(obstacle(sums.error().where.file + ": " + sums.error().problem));
  std::map<std::string, std::int64_t> counts;
  for (const auto& [table, sum] : *sums) counts[table] = sum.rows;
  return counts;
}

}  // namespace

Result<std::map<std::string, std::int64_t>> transfer_store(const TransferOptions& options) {
  try {
    const auto from = open_rows(options.from);
    if (!from) return fail(from.error());
    const auto to = open_rows(options.to);
    if (!to) return fail(to.error());
    return take_over(**from, **to, options);
  } catch (const StoreFailure& failure) {
    return fail(obstacle(failure.what()));
  }
}

}  // namespace casewire::bridge
