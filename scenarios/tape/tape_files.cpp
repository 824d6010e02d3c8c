#include "scenarios/tape/tape_files.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "scenarios/tape/masking.hpp"
#include "scenarios/tape/own_folder.hpp"
#include "scenarios/tape/tape_writer.hpp"

namespace casewire::scenarios {

namespace fs = std::filesystem;

bool save_tape(const std::string& file, const Tape& tape, std::size_t dropped) {
  const auto writer = TapeWriter::begin(file, log_json(tape.head, tape.fates, dropped));
  if (!writer) return false;
  for (const Exchange& exchange : masked(tape.exchanges)) {
    if (!writer->add(exchange)) return false;
  }
  return writer->finish();
}

BesideTape beside_tape(const std::string& file) {
  return [folder = fs::path(file).parent_path()](std::string_view name) -> std::optional<std::string> {
    const fs::path path(name);
    if (path.is_absolute() || !lies_within(folder, folder / path)) return std::nullopt;
    std::ifstream in(folder / path, std::ios::binary);
    if (!in.is_open()) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
}

}  // namespace casewire::scenarios
