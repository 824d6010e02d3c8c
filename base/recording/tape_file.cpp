#include "base/recording/tape_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "base/recording/har_text.hpp"
#include "base/recording/private_file.hpp"
#include "base/recording/pseudonyms.hpp"
#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/utf8.hpp"

namespace casewire::recording {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFoot = "\n],\"version\":\"1.2\"}}\n";

std::string head_of(const TapeTitle& title) {
  Json ours = title.ours;
  ours["format"] = kTapeFormat;
  return R"({"log":{"_casewire":)" + sorted_text(ours) + R"(,"creator":{"name":")" + title.creator +
         R"(","version":"1"},"entries":[)";
}

bool write_all(int file, std::string_view text, std::size_t at) {
  while (!text.empty()) {
    const auto written = ::pwrite(file, text.data(), text.size(), static_cast<off_t>(at));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
    at += static_cast<std::size_t>(written);
  }
  return true;
}

fs::path bodies_path(const std::string& tape) { return fs::path(tape).replace_extension(".bodies"); }

/// The entry in a line of the file; empty: there is none.
std::string_view entry_in(std::string_view line) {
  while (!line.empty() && (line.front() == ',' || line.front() == ' ')) line.remove_prefix(1);
  while (!line.empty() && line.back() == ' ') line.remove_suffix(1);
  return line.starts_with("{\"_casewire\":{") ? line : std::string_view();
}

/// No string of JSON holds a quote as it is, so that this is the member.
std::uint64_t number_of(std::string_view entry) {
  constexpr std::string_view kMember = "\"number\":";
  const std::size_t at = std::min(entry.find(kMember), entry.size() - kMember.size()) + kMember.size();
  std::uint64_t number = 0;
  std::from_chars(entry.data() + at, entry.data() + entry.size(), number);
  return number;
}

void look_at_strings(Json& json, const TapeFile::LastLook& look) {
  if (json.is_string()) {
    json = look(json.get_ref<const std::string&>());
  } else if (json.is_structured()) {
    for (auto& child : json) look_at_strings(child, look);
  }
}

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

Result<std::unique_ptr<TapeFile>> TapeFile::make(std::string path, TapeTitle title) {
  std::unique_ptr<TapeFile> file(new TapeFile(std::move(path), std::move(title)));
  remove_tape(file->path_);  // what somebody else may have made readable
  file->out_ = ::open(file->path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  const std::string head = head_of(file->title_);
  if (file->out_ < 0 || !write_all(file->out_, head + std::string(kFoot), 0))
    return fail(Diagnostic{{file->path_, {}}, std::string("the recording cannot be written: ") + std::strerror(errno)});
  file->end_ = head.size();
  file->length_ = head.size() + kFoot.size();
  return file;
}

TapeFile::~TapeFile() { rest(); }

void TapeFile::rest() {
  if (const int out = std::exchange(out_, -1); out >= 0) ::close(out);
  last_.clear();
  bodies_.clear();
}

std::string TapeFile::bodies_folder() const { return bodies_path(path_).filename().string(); }

bool TapeFile::keep_bodies(const SideBodies& beside) {
  if (beside.files.empty()) return true;
  const fs::path folder = bodies_path(path_);
  std::error_code error;
  if (fs::create_directories(folder, error)) fs::permissions(folder, fs::perms::owner_all, error);
  for (const auto& [name, bytes] : beside.files) {
    if (bodies_.contains(name)) continue;
    if (!write_private((folder / name).string(), bytes)) return false;
    bodies_.insert(name);
    bodies_bytes_ += bytes.size();
  }
  return true;
}

bool TapeFile::append(const std::string& entry, Slot& slot) {
  const bool is_first = !has_settled_ && standing_.empty();
  const std::string line = (is_first ? "\n " : "\n,") + entry;
  if (!put(line, end_)) return false;
  slot = {end_ - line.size() + 1, line.size() - 1};
  if (!has_settled_) standing_.insert(slot.at);
  return true;
}

bool TapeFile::replace(Slot& slot, const std::string& entry) {
  if (slot.at + slot.length == end_) {
    const bool is_first = !has_settled_ && *standing_.begin() == slot.at;
    if (!put((is_first ? " " : ",") + entry, slot.at)) return false;
    slot.length = 1 + entry.size();
    return true;
  }
  Slot other;
  if (!append(entry, other)) return false;
  blank(slot);  // until then both stand there, and the second counts
  slot = other;
  return true;
}

void TapeFile::blank(const Slot& slot) {
  std::string blanks(slot.length, ' ');
  if (!has_settled_ && *standing_.begin() == slot.at && standing_.size() > 1) {
    const std::size_t next = *std::next(standing_.begin());
    blanks += '\n' + std::string(next - slot.at - slot.length, ' ');  // with its comma
  }
  standing_.erase(slot.at);
  overwrite(blanks, slot.at);
}

/// Of what stands there: its blocks are there, so that nothing refuses.
void TapeFile::overwrite(std::string_view text, std::size_t at) {
  (void)write_all(out_, text, at);
  const std::size_t begin = end_ - last_.size();
  for (std::size_t i = std::max(at, begin); i < std::min(at + text.size(), end_); ++i) last_[i - begin] = text[i - at];
}

void TapeFile::settle(const Slot& slot) {
  if (has_settled_ || *standing_.begin() != slot.at) return;
  has_settled_ = true;
  standing_.clear();
}

/// `text` with the foot behind it, at the end or over the last entry.
bool TapeFile::put(const std::string& text, std::size_t at) {
  const auto up_to_the_end = [&](std::string_view before) {
    std::string whole;
    whole.reserve(std::max(before.size() + kFoot.size(), length_ - at));
    whole.append(before).append(kFoot);
    if (at + whole.size() < length_) whole.append(length_ - at - whole.size(), ' ');
    return whole;
  };
  const std::string whole = up_to_the_end(text);
  if (!write_all(out_, whole, at)) {
    const int why = errno;
    (void)write_all(out_, up_to_the_end(std::string_view(last_).substr(last_.size() - (end_ - at))), at);
    (void)(::ftruncate(out_, static_cast<off_t>(length_)) == 0);
    errno = why;
    return false;
  }
  length_ = at + whole.size();
  end_ = at + text.size();
  last_ = text;
  return true;
}

std::vector<TapeFile::Line> TapeFile::lines_in_order() const {
  std::vector<Line> lines;
  std::ifstream in(path_, std::ios::binary);
  std::size_t at = 0;
  for (std::string line; std::getline(in, line); at += line.size() + 1) {
    if (const std::string_view entry = entry_in(line); !entry.empty()) lines.push_back({number_of(entry), at});
  }
  std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.number < b.number; });
  std::vector<Line> last;
  for (const Line& line : lines) {
    if (!last.empty() && last.back().number == line.number) last.pop_back();
    last.push_back(line);
  }
  return last;
}

bool TapeFile::look_at_body(Json& holder, const LastLook& look, std::set<std::string>& used) {
  const std::string file = string_member(holder, "_file");
  if (file.empty()) return true;
  const fs::path folder = fs::path(path_).parent_path();
  std::string bytes = bytes_of(folder / file);
  std::string name = fs::path(file).filename().string();
  if (is_valid_utf8(bytes)) {
    if (const std::string seen = look(bytes); seen != bytes) {
      name = hex(sha256(seen));
      if (!write_private((bodies_path(path_) / name).string(), seen)) return false;
      holder["_file"] = bodies_folder() + "/" + name;
    }
  }
  used.insert(name);
  return true;
}

bool TapeFile::tidy(const LastLook& look, const std::string& comment) {
  const std::string part = path_ + ".part";
  ::unlink(part.c_str());
  const int out = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (out < 0) return false;
  std::size_t written = 0;
  bool is_good = true;
  const auto write = [&](const std::string& text) {
    is_good = is_good && write_all(out, text, written);
    written += text.size();
  };
  Json log{{"_casewire", title_.ours}, {"creator", {{"name", title_.creator}, {"version", "1"}}}};
  log["_casewire"]["format"] = kTapeFormat;
  if (!comment.empty()) log["comment"] = comment;
  write(har_head(log));
  std::set<std::string> used;
  std::ifstream in(path_, std::ios::binary);
  bool is_first = true;
  for (const Line& line : lines_in_order()) {
    std::string text;
    in.clear();
    in.seekg(static_cast<std::streamoff>(line.at));
    std::getline(in, text);
    constexpr JsonLimits kOwn{.bytes_max = std::size_t{1} << 30, .depth_max = 64};
    auto entry = parse_json(entry_in(text), path_, kOwn);
    if (!entry) continue;  // torn by a power failure
    (*entry)["_casewire"].erase("number");
    if (look) {
      look_at_strings(*entry, look);
    }
    if ((*entry)["request"].contains("postData"))
      is_good = look_at_body((*entry)["request"]["postData"], look ? look : [](const std::string& same) { return same; }, used) &&
                is_good;
    is_good = look_at_body((*entry)["response"]["content"], look ? look : [](const std::string& same) { return same; }, used) &&
              is_good;
    write(har_piece(*entry, is_first));
    is_first = false;
    if (!is_good) break;
  }
  write(har_foot(is_first));
  is_good = ::close(out) == 0 && is_good && ::rename(part.c_str(), path_.c_str()) == 0;
  if (!is_good) {
    ::unlink(part.c_str());
    return false;
  }
  std::error_code error;
  for (fs::directory_iterator entry(bodies_path(path_), error), end; !error && entry != end; entry.increment(error)) {
    if (!used.contains(entry->path().filename().string())) fs::remove(entry->path(), error);
  }
  if (used.empty()) fs::remove(bodies_path(path_), error);
  return true;
}

void remove_tape(const std::string& path) {
  std::error_code error;
  fs::remove(path, error);
  fs::remove_all(bodies_path(path), error);
}

}  // namespace casewire::recording
