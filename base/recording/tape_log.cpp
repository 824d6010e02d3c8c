#include "base/recording/tape_log.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace casewire::recording {

Result<std::unique_ptr<TapeLog>> TapeLog::open(TapeLogOptions options, std::function<WallTime()> now, Prepare prepare,
                                               std::function<void(const std::string& why)> on_end) {
  std::error_code error;
  const bool is_new = std::filesystem::create_directories(options.folder, error);
  if (is_new) std::filesystem::permissions(options.folder, std::filesystem::perms::owner_all, error);
  std::unique_ptr<TapeLog> log(new TapeLog(std::move(options), std::move(now), std::move(prepare), std::move(on_end)));
  const std::lock_guard lock(log->mutex_);
  if (auto opened = log->next_file(); !opened) return fail(opened.error());
  return log;
}

TapeLog::TapeLog(TapeLogOptions options, std::function<WallTime()> now, Prepare prepare,
                 std::function<void(const std::string& why)> on_end)
    : Keeper(std::move(now)), options_(std::move(options)), prepare_(std::move(prepare)), on_end_(std::move(on_end)) {
  books_.files = options_.former;
}

std::uint64_t TapeLog::begin(Exchange exchange) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t number = ++begun_;
  UnderWay& here = under_way_[number];
  here.exchange = std::move(exchange);
  if (!has_ended_) write_begun(number, here);
  return number;
}

void TapeLog::write_begun(std::uint64_t number, UnderWay& here) {
  here.slot.reset();
  const auto text = text_of(number, here.exchange);
  if (!text) return;
  TapeFile::Slot slot;
  if (!file_->append(*text, slot)) return give_up();
  here.slot = slot;
}

void TapeLog::end(std::uint64_t place, const std::function<void(Exchange&)>& with) {
  const std::lock_guard lock(mutex_);
  const auto found = under_way_.find(place);
  if (found == under_way_.end()) return;
  UnderWay here = std::move(found->second);
  under_way_.erase(found);
  const auto lose = [&] { ++books_.lost; };
  if (has_ended_) return lose();
  with(here.exchange);
  const auto text = text_of(place, here.exchange);
  if (has_ended_) return lose();
  if (!text) {
    if (here.slot) file_->blank(*here.slot);
    ++books_.withheld;
    return;
  }
  TapeFile::Slot slot = here.slot.value_or(TapeFile::Slot{});
  if (!(here.slot ? file_->replace(slot, *text) : file_->append(*text, slot))) {
    give_up();
    return lose();
  }
  file_->settle(slot);
  ++books_.kept;
  if (here.exchange.response.status == 0 || here.exchange.wire != http::Wire::intact) ++books_.unanswered;
  const std::size_t bytes = file_->text_bytes() + (options_.files_max == 0 ? 0 : file_->bodies_bytes());
  const bool is_full = ++entries_ >= options_.file_exchanges_max || bytes >= options_.file_bytes_max;
  if (is_full && !next_file()) give_up();
}

std::optional<std::string> TapeLog::text_of(std::uint64_t number, const Exchange& exchange) {
  const auto prepared = prepare_(exchange);
  if (!prepared) return std::nullopt;
  SideBodies beside{.folder = file_->bodies_folder()};
  Json entry = har_entry(*prepared, &beside);
  entry["_casewire"]["number"] = number;
  if (file_->keep_bodies(beside)) return sorted_text(entry);
  give_up();
  return std::nullopt;
}

Result<void> TapeLog::next_file() {
  auto next = TapeFile::make(options_.folder + "/" + options_.file_name(++file_number_), options_.title);
  if (!next) return fail(next.error());
  const auto former = std::exchange(file_, *std::move(next));
  entries_ = 0;
  books_.files.push_back(file_->path());
  // Calls that are under way move with it.
  for (auto& [number, here] : under_way_) {
    const auto slot = here.slot;
    write_begun(number, here);
    if (slot && here.slot) former->blank(*slot);
  }
  if (former) tidy(*former, {});
  while (options_.files_max != 0 && books_.files.size() > options_.files_max) {
    remove_tape(books_.files.front());
    books_.files.erase(books_.files.begin());
  }
  return {};
}

void TapeLog::tidy(TapeFile& file, const TapeFile::LastLook& look) {
  if (!options_.is_tidied) return;
  const std::size_t lacking = books_.lost + books_.withheld;
  const std::string comment = lacking == 0 ? "" : std::to_string(lacking) + " exchanges were not recorded";
  is_all_tidy_ = file.tidy(look, comment) && is_all_tidy_;
}

TapeLog::Books TapeLog::books() const {
  const std::lock_guard lock(mutex_);
  Books books = books_;
  for (const auto& [number, here] : under_way_) {
    ++(here.slot ? books.kept : books.lost);
    books.unanswered += here.slot ? 1 : 0;
  }
  return books;
}

bool TapeLog::finish(const TapeFile::LastLook& look) {
  const std::lock_guard lock(mutex_);
  if (file_) tidy(*file_, look);
  has_ended_ = true;
  return is_all_tidy_;
}

void TapeLog::give_up() {
  if (std::exchange(has_ended_, true)) return;
  on_end_(std::strerror(errno));
}

}  // namespace casewire::recording
