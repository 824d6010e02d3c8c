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
  if (log->options_.ends_waiting_max != 0) log->writer_ = std::thread([&self = *log] { self.write_ends(); });
  return log;
}

TapeLog::~TapeLog() {
  {
    const std::lock_guard lock(waiting_mutex_);
    is_closing_ = true;
  }
  has_waiting_.notify_all();
  if (writer_.joinable()) writer_.join();
}

TapeLog::TapeLog(TapeLogOptions options, std::function<WallTime()> now, Prepare prepare,
                 std::function<void(const std::string& why)> on_end)
    : Keeper(std::move(now)), options_(std::move(options)), prepare_(std::move(prepare)), on_end_(std::move(on_end)) {
  books_.files = options_.former;
}

std::uint64_t TapeLog::begin(Exchange exchange) {
  const std::uint64_t number = [&] {
    const std::lock_guard lock(mutex_);
    return ++begun_;
  }();
  UnderWay here{.exchange = std::move(exchange)};
  here.begun = prepare_(here.exchange, nullptr);
  Text text;
  if (here.begun) {
    text = empty_text();
    here.request = har_request(here.begun->exchange, &text.beside);
    here.request_file = text.file;
    text.entry = har_entry(here.begun->exchange, here.request, number, &text.beside);
  }
  const std::lock_guard lock(mutex_);
  if (!has_ended_ && here.begun && !write(std::move(text), number, *here.begun, here.slot)) give_up();
  under_way_.emplace(number, std::move(here));
  return number;
}

void TapeLog::end(std::uint64_t place, const std::function<void(Exchange&)>& with) {
  UnderWay* const here = [&]() -> UnderWay* {
    const std::lock_guard lock(mutex_);
    const auto found = under_way_.find(place);
    return found == under_way_.end() ? nullptr : &found->second;
  }();
  if (here == nullptr) return;
  with(here->exchange);
  const std::size_t bytes = here->exchange.request.body.size() + here->exchange.response.body.size();
  {
    const std::lock_guard lock(waiting_mutex_);
    if (waiting_.size() < options_.ends_waiting_max && waiting_bytes_ + bytes <= kWaitingBytesMax) {
      waiting_.push_back({place, bytes});
      waiting_bytes_ += bytes;
      if (!is_writing_) has_waiting_.notify_one();
      return;
    }
  }
  write_end(place);
}

void TapeLog::write_ends() {
  std::unique_lock lock(waiting_mutex_);
  for (;;) {
    has_waiting_.wait(lock, [&] { return is_closing_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    is_writing_ = true;
    while (!waiting_.empty()) {
      const Waiting next = waiting_.front();
      lock.unlock();
      write_end(next.place);
      lock.lock();
      waiting_.pop_front();
      waiting_bytes_ -= next.bytes;
    }
    is_writing_ = false;
    is_settled_.notify_all();
  }
}

/// Until all that has ended is written.
void TapeLog::settle() const {
  std::unique_lock lock(waiting_mutex_);
  is_settled_.wait(lock, [&] { return waiting_.empty(); });
}

void TapeLog::write_end(std::uint64_t place) {
  // It stays under way until it is written: the next file may come meanwhile, and takes what it was when it began.
  UnderWay* const here = [&]() -> UnderWay* {
    const std::lock_guard lock(mutex_);
    const auto found = under_way_.find(place);
    return found == under_way_.end() || has_ended_ ? nullptr : &found->second;
  }();
  std::optional<Masked> masked;
  Text text;
  if (here != nullptr) {
    masked = prepare_(here->exchange, here->begun ? &*here->begun : nullptr);
  }
  if (masked) {
    text = empty_text();
    // Where nothing was learned since, the request stands as it stood when it began.
    const bool is_told = here->begun && here->begun->known == masked->known && here->request_file == text.file;
    if (!is_told) here->request = har_request(masked->exchange, &text.beside);
    text.entry = har_entry(masked->exchange, here->request, place, &text.beside);
  }
  const std::lock_guard lock(mutex_);
  auto done = under_way_.extract(place);
  if (done.empty()) return;
  if (has_ended_) {
    ++books_.lost;
    return;
  }
  auto& slot = done.mapped().slot;
  if (!masked) {
    if (slot) file_->blank(*slot);
    ++books_.withheld;
    return;
  }
  if (!write(std::move(text), place, *masked, slot)) {
    give_up();
    ++books_.lost;
    return;
  }
  file_->settle(*slot);
  ++books_.kept;
  const Exchange& exchange = masked->exchange;
  if (exchange.response.status == 0 || exchange.wire != http::Wire::intact) ++books_.unanswered;
  const std::size_t bytes = file_->text_bytes() + (options_.files_max == 0 ? 0 : file_->bodies_bytes());
  const bool is_full = ++entries_ >= options_.file_exchanges_max || bytes >= options_.file_bytes_max;
  if (is_full && !next_file()) give_up();
}

TapeLog::Text TapeLog::empty_text() const {
  const std::lock_guard lock(mutex_);
  return {.file = file_number_, .beside = {.folder = file_->bodies_folder()}};
}

bool TapeLog::write(Text text, std::uint64_t number, const Masked& masked, std::optional<TapeFile::Slot>& slot) {
  if (text.file != file_number_) {  // the next one has come since it was made
    text.beside = {.folder = file_->bodies_folder()};
    text.entry = har_entry(masked.exchange, har_request(masked.exchange, &text.beside), number, &text.beside);
  }
  if (!file_->keep_bodies(text.beside)) return false;
  if (slot) return file_->replace(*slot, text.entry);
  TapeFile::Slot fresh;
  if (!file_->append(text.entry, fresh)) return false;
  slot = fresh;
  return true;
}

Result<void> TapeLog::next_file() {
  auto next = TapeFile::make(options_.folder + "/" + options_.file_name(file_number_ + 1), options_.title);
  if (!next) return fail(next.error());
  ++file_number_;
  auto former = std::exchange(file_, *std::move(next));
  entries_ = 0;
  books_.files.push_back(file_->path());
  if (former) move_under_way(*former);
  if (former && options_.is_tidied) {
    former->rest();
    full_.push_back(std::move(former));
  }
  while (options_.files_max != 0 && books_.files.size() > options_.files_max) {
    remove_tape(books_.files.front());
    books_.files.erase(books_.files.begin());
  }
  return {};
}

/// Calls that are under way stand in the newest file.
void TapeLog::move_under_way(TapeFile& former) {
  for (auto& [number, here] : under_way_) {
    if (!here.slot) continue;
    std::optional<TapeFile::Slot> slot;
    if (!write({}, number, *here.begun, slot)) return give_up();
    former.blank(*here.slot);
    here.slot = slot;
  }
}

bool TapeLog::tidy(TapeFile& file, const TapeFile::LastLook& look) const {
  const std::size_t lacking = books_.lost + books_.withheld;
  return file.tidy(look, lacking == 0 ? "" : std::to_string(lacking) + " exchanges were not recorded");
}

TapeLog::Books TapeLog::books() const {
  settle();
  const std::lock_guard lock(mutex_);
  Books books = books_;
  for (const auto& [number, here] : under_way_) {
    ++(here.slot ? books.kept : books.lost);
    books.unanswered += here.slot ? 1 : 0;
  }
  return books;
}

bool TapeLog::finish(const TapeFile::LastLook& look) {
  settle();
  const std::lock_guard lock(mutex_);
  has_ended_ = true;
  if (!options_.is_tidied) return true;
  bool is_good = tidy(*file_, look);
  for (const auto& file : full_) is_good = tidy(*file, look) && is_good;
  return is_good;
}

void TapeLog::give_up() {
  if (std::exchange(has_ended_, true)) return;
  on_end_(std::strerror(errno));
}

}  // namespace casewire::recording
