#include "sim/salesforce/records/file_shelf.hpp"

#include <sys/types.h>

#include <utility>

namespace casewire::sim::salesforce {

namespace {

bool go_to(std::FILE* file, std::size_t at) { return ::fseeko(file, static_cast<off_t>(at), SEEK_SET) == 0; }

}  // namespace

void FileShelf::put(const std::string& id, std::string bytes) {
  erase(id);
  Place& place = places_[id];
  const std::size_t at = end_;
  if (in_memory_ + bytes.size() > kInMemoryMax && put_aside(bytes)) {
    place.at = at;
    place.put_aside = bytes.size();
  } else {
    in_memory_ += bytes.size();
    place.bytes = std::move(bytes);
  }
}

std::optional<std::string> FileShelf::find(const std::string& id) const {
  const auto found = places_.find(id);
  if (found == places_.end()) return std::nullopt;
  const Place& place = found->second;
  if (place.put_aside == 0) return place.bytes;
  std::string bytes(place.put_aside, '\0');
  const bool is_read = go_to(file_.get(), place.at) && std::fread(bytes.data(), 1, bytes.size(), file_.get()) == bytes.size();
  return is_read ? std::optional(std::move(bytes)) : std::nullopt;
}

void FileShelf::erase(const std::string& id) {
  const auto found = places_.find(id);
  if (found == places_.end()) return;
  in_memory_ -= found->second.bytes.size();
  places_.erase(found);
}

bool FileShelf::put_aside(std::string_view bytes) {
  if (!file_) file_.reset(std::tmpfile());
  const bool is_written = file_ && go_to(file_.get(), end_) &&
                          std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) == bytes.size() &&
                          std::fflush(file_.get()) == 0;
  end_ += is_written ? bytes.size() : 0;
  return is_written;
}

}  // namespace casewire::sim::salesforce
