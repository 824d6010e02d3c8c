#include "scenarios/tape/tape_writer.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <string_view>
#include <utility>

#include "base/recording/har_entry.hpp"
#include "base/recording/har_text.hpp"
#include "base/recording/private_file.hpp"

namespace casewire::scenarios {

namespace fs = std::filesystem;

namespace {

fs::path bodies_of(const std::string& file) {
  return fs::path(file).parent_path() / (fs::path(file).stem().string() + ".bodies");
}

}  // namespace

std::unique_ptr<TapeWriter> TapeWriter::begin(const std::string& file, const Json& log) {
  std::unique_ptr<TapeWriter> writer(new TapeWriter(file));
  ::unlink(writer->part().c_str());  // what somebody else may have made readable
  writer->out_ = ::open(writer->part().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (writer->out_ < 0 || !writer->put(recording::har_head(log))) return nullptr;
  return writer;
}

TapeWriter::~TapeWriter() {
  if (out_ < 0) return;
  ::close(out_);
  ::unlink(part().c_str());
  std::error_code error;
  for (const std::string& name : made_) fs::remove(bodies_of(file_) / name, error);
  if (!made_.empty()) fs::remove(bodies_of(file_), error);  // if nothing else is in it
}

bool TapeWriter::put(const std::string& text) {
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto written = ::write(out_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool TapeWriter::add(const recording::Exchange& exchange) {
  const fs::path folder = bodies_of(file_);
  recording::SideBodies beside{.folder = folder.filename().string()};
  const Json entry = recording::har_entry(exchange, &beside);
  std::error_code error;
  if (!beside.files.empty() && fs::create_directories(folder, error)) fs::permissions(folder, fs::perms::owner_all, error);
  for (const auto& [name, bytes] : beside.files) {
    if (!used_.insert(name).second || fs::exists(folder / name, error)) continue;  // what has this name has these bytes
    if (!recording::write_private((folder / name).string(), bytes)) return false;
    made_.insert(name);
  }
  return put(recording::har_piece(entry, std::exchange(is_first_, false)));
}

bool TapeWriter::finish() {
  if (!put(recording::har_foot(is_first_))) return false;
  const bool is_whole = ::close(std::exchange(out_, -1)) == 0 && std::rename(part().c_str(), file_.c_str()) == 0;
  if (!is_whole) {
    ::unlink(part().c_str());
    return false;
  }
  std::error_code error;
  const fs::path folder = bodies_of(file_);
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (!used_.contains(entry->path().filename().string())) fs::remove(entry->path(), error);
  }
  if (used_.empty()) fs::remove(folder, error);
  return true;
}

}  // namespace casewire::scenarios
