#include "scenarios/evidence/bundle.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/http/content_coding.hpp"
#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf16.hpp"
#include "base/text/utf8.hpp"
#include "base/text/windows1252.hpp"
#include "scenarios/evidence/archive.hpp"
#include "scenarios/evidence/csv.hpp"
#include "scenarios/evidence/material.hpp"
#include "scenarios/tape/other_formats.hpp"
#include "scenarios/tape/own_folder.hpp"

namespace casewire::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr JsonLimits kJsonLimits{.bytes_max = std::size_t{512} << 20, .depth_max = 64};

std::string_view without_mark(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  return text.starts_with(kMark) ? text.substr(kMark.size()) : text;
}

/// In which order the bytes of UTF-16 stand, as the mark that is at its beginning or should be; empty: it is none.
std::string_view mark_of_utf16(std::string_view text) {
  constexpr std::string_view kLittle = "\xFF\xFE", kBig = "\xFE\xFF";
  for (const std::string_view mark : {kLittle, kBig}) {
    if (text.starts_with(mark)) return mark;
  }
  // Without a mark: letters of ours have a zero on one side.
  const std::string_view begin = text.substr(0, 64);
  std::size_t even = 0, odd = 0;
  for (std::size_t i = 0; i < begin.size(); ++i) {
    if (begin[i] == '\0') ++(i % 2 == 0 ? even : odd);
  }
  const std::size_t half = begin.size() / 2;
  if (half < 4 || text.size() % 2 != 0) return {};
  return odd == half && even == 0 ? kLittle : even == half && odd == 0 ? kBig : std::string_view{};
}

bool looks_like_mail(std::string_view text) {
  for (const std::string_view line : split(text.substr(0, 4096), '\n')) {
    const std::string_view head = line.substr(0, line.find(':'));
    for (const std::string_view name :
         {"From", "Received", "Return-Path", "Delivered-To", "MIME-Version", "Message-ID", "Date", "To", "Subject"}) {
      if (equals_ignoring_case(head, name) && head.size() < line.size()) return true;
    }
    if (trimmed(line).empty()) return false;
  }
  return false;
}

/// A ticket's own words: short, printable, and with blanks between them.
bool looks_like_prose(std::string_view text) {
  constexpr std::size_t kLongest = 20'000;
  const auto blanks = std::count(text.begin(), text.end(), ' ');
  return text.size() <= kLongest && blanks >= 2 && is_valid_utf8(text) && text.find_first_of("{}<>;=") == std::string_view::npos;
}

/// What a command printed before its answer (a warning, "Querying Data... done") is left out. Nullopt: no JSON follows.
std::optional<std::string_view> json_behind_words(std::string_view text) {
  constexpr std::size_t kLongestWords = 4096;
  for (const std::string_view begin : {"\n{", "\n["}) {
    const std::size_t at = text.substr(0, kLongestWords).find(begin);
    if (at != std::string_view::npos && parse_json(text.substr(at + 1), {}, kJsonLimits)) return text.substr(at + 1);
  }
  return std::nullopt;
}

/// Records one to a line, as bulk tools write them.
std::optional<Json> list_of_lines(std::string_view text) {
  Json list = Json::array();
  for (const std::string_view line : split(text, '\n')) {
    if (trimmed(line).empty()) continue;
    auto one = parse_json(line, {}, kJsonLimits);
    if (!one || !one->is_object()) return std::nullopt;
    list.push_back(*std::move(one));
  }
  return list.size() > 1 ? std::optional(std::move(list)) : std::nullopt;
}

/// A file of the bundle: on disk, where it may be larger than the memory, or out of an archive.
struct Content {
  fs::path on_disk{};
  std::shared_ptr<const std::string> unpacked{};

  std::unique_ptr<std::istream> open() const {
    if (unpacked) return stream_over(*unpacked);
    auto in = std::make_unique<std::ifstream>(on_disk, std::ios::binary);
    return in->is_open() ? std::move(in) : nullptr;
  }
  static constexpr std::size_t kBeginning = 4096;
  std::string beginning() const {
    const auto in = open();
    return in ? text_at(*in, {0, kBeginning}) : std::string();
  }
  /// Nullopt: it cannot be read.
  std::optional<std::string> bytes() const {
    if (unpacked) return *unpacked;
    const auto in = open();
    if (!in) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>(*in), {}};
  }
};

/// One that is cut off may end within a letter.
bool reads_as_utf8(std::string_view text) {
  constexpr std::size_t kLongestLetter = 4;
  for (std::size_t left = 0; left < std::min(kLongestLetter, text.size() + 1); ++left) {
    if (is_valid_utf8(text.substr(0, text.size() - left))) return true;
  }
  return false;
}

bool is_mailbox(std::string_view text) { return text.starts_with("From ") && text.find("\nFrom:") != std::string_view::npos; }

/// As Windows saves texts in the west, and the Data Export does where it is asked for ISO-8859-1; nullopt: it is something else. A mail says itself
/// how its letters are written.
std::optional<std::string> text_of_windows(std::string_view text) {
  if (reads_as_utf8(text) || is_mailbox(text) || looks_like_mail(text)) return std::nullopt;
  std::string plain = utf8_of_windows1252(text);
  const std::string_view begin = trimmed(std::string_view(plain).substr(0, 64));
  const bool is_material = begin.starts_with('{') || begin.starts_with('[') || start_of_records(plain) ||
                           looks_like_table(plain) || looks_like_prose(plain);
  return is_material ? std::optional(std::move(plain)) : std::nullopt;
}

void read_text(const std::string& name, std::string_view text, const Hosts& hosts, const BesideTape& beside, Evidence& evidence) {
  if (const auto plain = text_of_windows(text)) {
    evidence.guess("how the letters of " + name + " are written: it is no UTF-8, and was taken for Windows-1252");
    evidence.guessed_letters.insert(name);
    return read_text(name, *plain, hosts, beside, evidence);
  }
  const std::string_view begin = trimmed(text.substr(0, 64));
  if (const auto other = other_format(name, text.substr(0, Content::kBeginning))) {
    evidence.unused.push_back(name + ": " + std::string(other->what) + "; " + std::string(other->way));
    return;
  }
  if (looks_like_bridge_log(text)) return read_bridge_log(name, text, evidence);
  if (const auto body = body_shown_by_curl(text)) {
    if (!trimmed(*body).empty()) return read_text(name, *body, hosts, beside, evidence);
    evidence.unused.push_back(name + ": an answer without a body");
    return;
  }
  if (begin.starts_with('{') || begin.starts_with('[')) {
    // Its exchanges are read again when they are written.
    const auto recording = [&](std::string har) {
      const Content kept{.unpacked = std::make_shared<const std::string>(std::move(har))};
      return read_recording({.file = name, .open = [kept] { return kept.open(); }, .hosts = hosts, .beside = beside}, evidence);
    };
    if (recording(std::string(text))) return;
    const auto json = parse_json(text, name, kJsonLimits);
    const auto lines = json ? std::nullopt : list_of_lines(text);
    if (lines && read_json_material(name, *lines, evidence)) return;
    if (!json) {
      evidence.unused.push_back(name + ": no JSON: line " + std::to_string(json.error().where.position.line) + ", " +
                                json.error().problem);
      evidence.testimony.lacks_file(name + " is broken, or cut off");
    } else if (auto har = har_of_postman(*json)) {
      recording(*std::move(har));
    } else if (!read_json_material(name, *json, evidence)) {
      evidence.unused.push_back(name + ": JSON, but neither a recording nor records of Salesforce nor a history of OpenCX");
    }
    return;
  }
  if (is_mailbox(text)) {
    const std::size_t before = evidence.clues.size();
    read_mailbox(name, text, evidence);
    evidence.read.push_back(name + ": a mailbox, " + std::to_string(evidence.clues.size() - before) + " mails");
  } else if (looks_like_mail(text)) {
    const std::size_t before = evidence.clues.size();
    read_mail(name, {}, text, evidence);
    if (evidence.clues.size() != before) evidence.read.push_back(name + ": a mail");
  } else if (const auto json = json_behind_words(text)) {
    if (text.substr(0, text.size() - json->size()).find("missing") != std::string_view::npos)
      evidence.testimony.lacks_rows({}, name + " says itself that records are missing");
    read_text(name, *json, hosts, beside, evidence);
  } else if (start_of_records(text)) {
    read_table(name, text, evidence);
  } else if (looks_like_table(text)) {
    evidence.unused.push_back(name +
                              ": a table, and none of its heads is Id; export it with the fields' API names, Id among them");
    evidence.testimony.lacks_rows({}, name + " is a table that was not used");
  } else if (looks_like_prose(text)) {
    evidence.tickets.emplace(name, text);
    evidence.read.push_back(name + ": what somebody wrote about it");
  } else {
    evidence.unused.push_back(
        name +
        ": not understood; mails, mailboxes, HAR, tables and records of Salesforce, histories of OpenCX and logs of casewire-bridge are");
  }
}

/// Byte by byte, since both may be larger than the memory.
bool is_same(const Content& a, const Content& b) {
  if (a.beginning() != b.beginning()) return false;
  const auto one = a.open(), other = b.open();
  return one && other && std::equal(std::istreambuf_iterator<char>(*one), {}, std::istreambuf_iterator<char>(*other), {});
}

bool is_workbook(const std::string& name) {
  const std::string lower = lowercase(name);
  return lower.ends_with(".xlsx") || lower.ends_with(".xls") || lower.ends_with(".ods") || lower.ends_with(".numbers");
}

using Files = std::map<std::string, Content>;  ///< by name

/// Reads file by file; what a recording keeps beside itself is read with it.
class Unwrapping {
 public:
  Unwrapping(Files files, const Hosts& hosts, Evidence& evidence)
      : files_(std::make_shared<const Files>(std::move(files))), hosts_(hosts), evidence_(evidence) {}

  void read(const TableTerms& tables) {
    std::vector<std::pair<std::string, Content>> recordings;
    for (const auto& [name, content] : *files_) {
      if (!is_recording(content)) continue;
      const auto same = std::find_if(recordings.begin(), recordings.end(),
                                     [&, &one = content](const auto& other) { return is_same(other.second, one); });
      if (same != recordings.end()) {
        evidence_.read.push_back(name + ": the same recording as " + same->first);
        continue;
      }
      recordings.emplace_back(name, content);
      read_recorded(name, content);
    }
    for (const auto& [name, content] : *files_) {
      if (!is_recording(content) && !beside_->contains(name)) read_file(name, content);
    }
    read_local_tables(tables, evidence_);
    read_homeless_histories(evidence_);
    note_undated_rows(evidence_);
    note_several_writers(evidence_);
  }

 private:
  static bool is_recording(const Content& content) {
    const std::string begin = content.beginning();
    const auto has = [&](std::string_view member) { return begin.find(member) != std::string::npos; };
    return has("\"log\"") && (has("\"creator\"") || has("\"_casewire\"") || has("\"entries\""));
  }

  void read_recorded(const std::string& name, const Content& content) {
    const auto open = [content] { return content.open(); };
    if (!read_recording({.file = name, .open = open, .hosts = hosts_, .beside = beside(name)}, evidence_))
      read_file(name, content);
  }

  void read_file(const std::string& name, const Content& content) {
    const auto bytes = content.bytes();
    if (bytes && read_version_bytes(name, *bytes, evidence_)) return;
    if (bytes) return read_bytes(name, *bytes);
    evidence_.unused.push_back(name + ": cannot be read");
    evidence_.testimony.lacks_file(name + " cannot be read");
  }

  void read_bytes(const std::string& name, const std::string& bytes) {
    const std::string_view text = without_mark(bytes);
    if (text.empty()) {
      evidence_.unused.push_back(name + ": is empty");
    } else if (const std::string_view mark = mark_of_utf16(text); !mark.empty()) {
      // What Windows calls Unicode, in which exports are saved there.
      const auto plain = utf8_of_utf16(text.starts_with(mark) ? std::string(text) : std::string(mark).append(text));
      if (plain) {
        read_bytes(name, *plain);
      } else {
        evidence_.unused.push_back(name + ": begins as UTF-16 and is none; save it as UTF-8");
        evidence_.testimony.lacks_file(name + " cannot be read");
      }
    } else if (name.ends_with(".msg") && text.starts_with("\xD0\xCF\x11\xE0")) {
      evidence_.unused.push_back(name + ": a mail as Outlook keeps it; save it as .eml");
      evidence_.testimony.lacks_mail(name + " was not used");
    } else if (text.find('\0') != std::string::npos && !other_format(name, text.substr(0, Content::kBeginning))) {
      // A file that hung on a mail or a Case: bytes to compare with.
      evidence_.keep_file(hex(sha256(text)), text);
      evidence_.read.push_back(name + ": a file of " + std::to_string(text.size()) + " bytes" +
                               (is_workbook(name) ? "; if it holds an export, save that as CSV (UTF-8)" : ""));
      if (is_workbook(name)) evidence_.testimony.lacks_rows({}, "what rows are in " + name + " is not known");
    } else {
      read_text(name, text, hosts_, beside(name), evidence_);
    }
  }

  /// What stands beside that recording, in its folder or its archive.
  BesideTape beside(const std::string& recording) const {
    return [files = files_, used = beside_,
            folder = recording.substr(0, recording.rfind('/') + 1)](std::string_view name) -> std::optional<std::string> {
      const auto found = files->find(folder + std::string(name));
      if (found == files->end()) return std::nullopt;
      used->insert(found->first);
      return found->second.bytes();
    };
  }

  const std::shared_ptr<const Files> files_;
  const std::shared_ptr<std::set<std::string>> beside_ = std::make_shared<std::set<std::string>>();  ///< names
  const Hosts& hosts_;
  Evidence& evidence_;
};

/// Office documents are zips too, and are kept as they are.
bool is_document(const std::vector<NamedBytes>& inside) {
  return std::any_of(inside.begin(), inside.end(), [](const NamedBytes& one) { return one.name == "[Content_Types].xml"; });
}

bool is_left_by_a_program(const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  return name.starts_with('.') || name == "Thumbs.db" || name.ends_with('~') || path.starts_with("__MACOSX/");
}

/// A text that was compressed by itself, `tape.har.gz` or what mitmproxy calls zhar: the name that it had, and how. Nullopt: it is none, also where it
/// may be somebody's file, whose bytes count as they are.
struct Packed {
  std::string name;
  const char* coding;
};
std::optional<Packed> packed_text(const std::string& name) {
  if (name.ends_with(".zhar")) return Packed{name.substr(0, name.size() - 4) + "har", "deflate"};
  if (!name.ends_with(".gz")) return std::nullopt;
  const std::string inner = name.substr(0, name.size() - 3);
  for (const char* kind : {".har", ".json", ".csv", ".mbox", ".eml", ".log"}) {
    if (inner.ends_with(kind)) return Packed{inner, "gzip"};
  }
  return std::nullopt;
}

/// What is in an archive, and in the archives in that: a recording of Playwright in a ticket's zip, say. Takes from `left` what it unpacks.
class Unpacking {
 public:
  Unpacking(Files& files, std::size_t& left, Evidence& evidence) : files_(files), left_(left), evidence_(evidence) {}

  void take(const std::string& name, const Content& content, int depth = 0) {
    constexpr int kDeepest = 4;
    if (other_format(name, content.beginning())) {
      files_.emplace(name, content);
    } else if (is_zip(content.beginning()) && depth < kDeepest) {
      take_archive(name, content, depth);
    } else if (const auto packed = packed_text(name)) {
      take_packed(name, content, *packed);
    } else {
      files_.emplace(name, content);
    }
  }

 private:
  void take_archive(const std::string& name, const Content& archive, int depth) {
    auto inside = unpacked(archive.bytes().value_or(""), name, left_);
    if (!inside) {
      evidence_.unused.push_back(name + ": " + inside.error().problem);
      evidence_.testimony.lacks_file(name + " cannot be read");
      return;
    }
    if (is_document(*inside)) {
      files_.emplace(name, archive);
      return;
    }
    if (inside->empty()) evidence_.unused.push_back(name + ": an archive without a file in it");
    for (NamedBytes& one : *inside) {
      if (is_left_by_a_program(one.name)) continue;
      take(name + "/" + one.name, kept(std::move(one.bytes)), depth + 1);
    }
  }

  void take_packed(const std::string& name, const Content& content, const Packed& packed) {
    auto plain = http::uncoded({{"Content-Encoding", packed.coding}}, content.bytes().value_or(""), left_);
    if (plain) {
      files_.emplace(packed.name, kept(*std::move(plain)));
    } else {
      evidence_.unused.push_back(name + ": is damaged, or unpacks to more than " + std::to_string(left_ >> 20) + " MB");
      evidence_.testimony.lacks_file(name + " cannot be read");
    }
  }

  Content kept(std::string bytes) {
    left_ -= std::min(left_, bytes.size());
    return {.unpacked = std::make_shared<const std::string>(std::move(bytes))};
  }

  Files& files_;
  std::size_t& left_;
  Evidence& evidence_;
};

/// `tape.bodies/` beside `tape.har`: as many as the recording is long, and each is read with its exchange.
bool is_body_of_a_tape(const fs::path& file) {
  std::error_code error;
  const fs::path folder = file.parent_path();
  return folder.extension() == ".bodies" && fs::exists(fs::path(folder).replace_extension(".har"), error);
}

}  // namespace

Result<Evidence> open_bundle(const std::string& path, const Hosts& hosts, const BundleLimits& limits, const TableTerms& tables) {
  std::error_code error;
  const auto complain = [&](const std::string& problem, const std::string& hint = {}) {
    return fail(Diagnostic{.where = {path, {}}, .problem = problem, .hint = hint});
  };
  if (!fs::exists(path, error)) return complain("there is no such file or folder");
  std::vector<std::pair<std::string, fs::path>> found;
  std::size_t counted = 0;
  Evidence evidence;
  if (!fs::is_directory(path, error)) {
    found.emplace_back(fs::path(path).filename().string(), path);
  } else {
    for (fs::recursive_directory_iterator at(path, fs::directory_options::skip_permission_denied, error), end;
         !error && at != end; at.increment(error)) {
      const std::string name = at->path().lexically_relative(path).generic_string();
      if (is_left_by_a_program(name)) continue;
      if (at->is_symlink(error) && (at->is_directory(error) || !lies_within(path, at->path()))) {
        evidence.unused.push_back(name + ": is a link out of the folder, or to a folder, and is not followed");
        evidence.testimony.lacks_file(name + " was not followed");
        continue;
      }
      if (!at->is_regular_file(error)) continue;
      found.emplace_back(name, at->path());
      if (!is_body_of_a_tape(at->path()) && ++counted > limits.files_max)
        return complain("it holds more than " + std::to_string(limits.files_max) + " files");
    }
  }
  if (found.empty()) return complain("there is no file in it");

  Files files;
  std::size_t left = limits.bytes_max;
  const auto too_large = [&] {
    return complain("it is larger than " + std::to_string(limits.bytes_max >> 20) + " MB",
                    "leave out what has nothing to do with the ticket");
  };
  for (const auto& [name, file] : found) {
    const Content content{.on_disk = file};
    // A recording is never in memory as a whole, and neither are its bodies.
    const bool is_bounded = content.beginning().find("\"log\"") == std::string::npos && !is_body_of_a_tape(file);
    const std::size_t bytes = is_bounded ? fs::file_size(file, error) : 0;
    if (bytes > left) return too_large();
    left -= bytes;
    Unpacking(files, left, evidence).take(name, content);
  }
  Unwrapping(std::move(files), hosts, evidence).read(tables);
  return evidence;
}

}  // namespace casewire::scenarios
