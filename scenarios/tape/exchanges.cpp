#include "scenarios/tape/exchanges.hpp"

#include "scenarios/tape/plain_bodies.hpp"

namespace casewire::scenarios {

Exchanges::Exchanges(std::vector<Exchange> all) {
  held_.reserve(all.size());
  for (Exchange& exchange : all) held_.push_back(std::make_shared<const Exchange>(std::move(exchange)));
}

std::shared_ptr<const Exchange> Exchanges::at(std::size_t place) const {
  if (!tape_) return held_[place];
  const std::lock_guard lock(mutex_);
  Kept& kept = kept_[place % kept_.size()];
  if (kept.exchange && kept.place == place) return kept.exchange;
  Exchange exchange;
  exchange.started = tape_->started(place);
  auto read = tape_->exchange(place);
  if (read) exchange = *std::move(read);
  if (!read && !trouble_) trouble_ = read.error();
  if (bodies_ == Bodies::plain) make_bodies_plain(exchange);
  kept = {place, std::make_shared<const Exchange>(std::move(exchange))};
  return kept.exchange;
}

std::optional<Diagnostic> Exchanges::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

LongTape::LongTape(Tape tape)
    : exchanges(std::make_shared<const Exchanges>(std::move(tape.exchanges))),
      fates(std::move(tape.fates)),
      head(std::move(tape.head)) {}

LongTape::LongTape(TapeReader tape) : fates(tape.fates()), head(tape.head()) {
  exchanges = std::make_shared<const Exchanges>(std::move(tape));
}

Result<LongTape> LongTape::of_file(const std::string& file) {
  auto tape = TapeReader::of_file(file);
  if (!tape) return fail(std::move(tape.error()));
  if (tape->size() > kPlayedMax)
    return fail(Diagnostic{
        {file, {}},
        "it has " + std::to_string(tape->size()) + " exchanges, and one that is played may have " + std::to_string(kPlayedMax),
        "cut it by time or by conversation"});
  return LongTape(*std::move(tape));
}

}  // namespace casewire::scenarios
