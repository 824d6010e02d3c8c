#include "scenarios/tape/tape_files.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/recording/private_file.hpp"

namespace casewire::scenarios {

namespace fs = std::filesystem;

bool save_tape(const std::string& file, const Tape& tape, std::size_t dropped) {
  SideBodies beside{.folder = fs::path(file).stem().string() + ".bodies"};
  const std::string text = write_har(tape, dropped, &beside);
  const fs::path folder = fs::path(file).parent_path() / beside.folder;
  std::error_code error;
  if (!beside.files.empty()) {
    fs::create_directories(folder, error);
    fs::permissions(folder, fs::perms::owner_all, error);
  }
  for (const auto& [name, bytes] : beside.files) {
    // What has this name has these bytes.
    if (!fs::exists(folder / name, error) && !recording::write_private((folder / name).string(), bytes)) return false;
  }
  // The bodies first, so that whoever reads the tape finds them.
  if (!recording::write_private(file, text)) return false;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (!beside.files.contains(entry->path().filename().string())) fs::remove(entry->path(), error);
  }
  if (beside.files.empty()) fs::remove(folder, error);
  return true;
}

std::string too_large(const std::string& file) {
  std::error_code error;
  const auto bytes = fs::file_size(file, error);
  if (error || bytes <= kHarBytesMax) return {};
  return file + " has " + std::to_string(bytes >> 20) + " MB, and a recording at most " + std::to_string(kHarBytesMax >> 20) +
         " MB and " + std::to_string(Recorder::kExchangesMax) + " exchanges; cut it by time or by conversation";
}

bool for_each_exchange(const std::string& file, const std::function<void(Exchange)>& what) {
  std::ifstream in(file, std::ios::binary);
  const BesideTape beside = beside_tape(file);
  std::string entry;
  bool is_inside = false;
  // Of a tidied file the lines of one entry are those that are moved in by six blanks and more.
  constexpr std::string_view kBegin = "      {", kEnd = "      }";
  for (std::string line; std::getline(in, line);) {
    is_inside = is_inside || line == kBegin;
    if (!is_inside) continue;
    const bool is_end = line.starts_with(kEnd) && line.size() <= kEnd.size() + 1;
    entry += is_end ? std::string(kEnd) : line + "\n";
    if (!is_end) continue;
    auto tape =
        read_har(R"({"log": {"version": "1.2", "creator": {"name": "casewire", "version": "1"}, "entries": [)" + entry + "]}}",
                 file, beside);
    if (!tape || tape->exchanges.size() != 1) return false;
    what(std::move(tape->exchanges.front()));
    entry.clear();
    is_inside = false;
  }
  return in.eof() && !is_inside;
}

BesideTape beside_tape(const std::string& file) {
  return [folder = fs::path(file).parent_path()](std::string_view name) -> std::optional<std::string> {
    const fs::path path(name);
    if (path.is_absolute() || path.lexically_normal().string().starts_with("..")) return std::nullopt;
    std::ifstream in(folder / path, std::ios::binary);
    if (!in.is_open()) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
}

}  // namespace casewire::scenarios
