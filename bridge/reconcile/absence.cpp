#include "bridge/reconcile/absence.hpp"

namespace casewire::bridge {
namespace {

std::string absence_mark(const std::string& what) { return "absent:" + what; }

}  // namespace

bool is_gone_for_good(const Context& context, const std::string& what) {
  const auto now = context.runtime.now();
  const auto noted = context.store.mark(absence_mark(what));
  const auto since = noted && !noted->empty() ? parse_iso8601(*noted) : std::nullopt;
  if (since && *since <= now) return now - *since >= kAbsenceBelievedAfter;
  context.store.commit({.at = now, .marks = {{absence_mark(what), iso8601(now), now}}});
  return false;
}

void is_there(const Context& context, const std::string& what) {
  const auto noted = context.store.mark(absence_mark(what));
  if (!noted || noted->empty()) return;
  const auto now = context.runtime.now();
  context.store.commit({.at = now, .marks = {{absence_mark(what), {}, now}}});
}

Failure judged(const Context& context, const std::string& what, Failure failure) {
  if (failure.code != "404") return failure;
  failure.kind = is_gone_for_good(context, what) ? Failure::Kind::permanent : Failure::Kind::transient;
  return failure;
}

}  // namespace casewire::bridge
