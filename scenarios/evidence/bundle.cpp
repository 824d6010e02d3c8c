#include "scenarios/evidence/bundle.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf16.hpp"
#include "base/text/utf8.hpp"
#include "scenarios/evidence/archive.hpp"
#include "scenarios/evidence/material.hpp"

namespace casewire::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr JsonLimits kJsonLimits{.bytes_max = std::size_t{512} << 20, .depth_max = 64};

std::string_view without_mark(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  return text.starts_with(kMark) ? text.substr(kMark.size()) : text;
}

/// What stands first in a file of text, in one line.
std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

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

bool looks_like_table(std::string_view text) {
  const std::string head = lowercase(first_line(text));
  return head.find(',') != std::string::npos &&
         (head.starts_with("id,") || head.starts_with("\"id\",") || head.find(",id,") != std::string::npos ||
          head.find("\"id\"") != std::string::npos || trimmed(head).ends_with(",id"));
}

/// A ticket's own words: short, printable, and with blanks between them.
bool looks_like_prose(std::string_view text) {
  constexpr std::size_t kLongest = 20'000;
  const auto blanks = std::count(text.begin(), text.end(), ' ');
  return text.size() <= kLongest && blanks >= 2 && is_valid_utf8(text) && text.find_first_of("{}<>;=") == std::string_view::npos;
}

void read_text(const std::string& name, std::string_view text, const Hosts& hosts, const Beside& beside, Evidence& evidence) {
  const std::string_view begin = trimmed(text.substr(0, 64));
  if (looks_like_bridge_log(text)) return read_bridge_log(name, text, evidence);
  if (begin.starts_with('{') || begin.starts_with('[')) {
    if (read_recording(name, text, hosts, beside, evidence)) return;
    const auto json = parse_json(text, name, kJsonLimits);
    if (!json) {
      evidence.unused.push_back(name + ": no JSON: line " + std::to_string(json.error().where.position.line) + ", " +
                                json.error().problem);
    } else if (const auto har = har_of_postman(*json)) {
      read_recording(name, *har, hosts, beside, evidence);
    } else if (!read_json_material(name, *json, evidence)) {
      evidence.unused.push_back(name + ": JSON, but neither a recording nor records of Salesforce nor a history of OpenCX");
    }
    return;
  }
  if (text.starts_with("From ") && text.find("\nFrom:") != std::string::npos) {
    const std::size_t before = evidence.clues.size();
    read_mailbox(name, text, evidence);
    evidence.read.push_back(name + ": a mailbox, " + std::to_string(evidence.clues.size() - before) + " mails");
  } else if (looks_like_mail(text)) {
    const std::size_t before = evidence.clues.size();
    read_mail(name, {}, text, evidence);
    if (evidence.clues.size() != before) evidence.read.push_back(name + ": a mail");
  } else if (looks_like_table(text)) {
    read_table(name, text, evidence);
  } else if (looks_like_prose(text)) {
    evidence.tickets.emplace(name, text);
    evidence.read.push_back(name + ": what somebody wrote about it");
  } else {
    evidence.unused.push_back(
        name +
        ": not understood; mails, mailboxes, HAR, tables and records of Salesforce, histories of OpenCX and logs of casewire-bridge are");
  }
}

using Files = std::map<std::string, std::string>;  ///< bytes by name

/// Reads file by file; what a recording keeps beside itself is read with it.
class Unwrapping {
 public:
  Unwrapping(const Files& files, const Hosts& hosts, Evidence& evidence) : files_(files), hosts_(hosts), evidence_(evidence) {}

  void read() {
    for (const auto& [name, bytes] : files_) {
      if (is_recording(bytes)) read_file(name, bytes);
    }
    for (const auto& [name, bytes] : files_) {
      if (!is_recording(bytes) && !beside_.contains(name)) read_file(name, bytes);
    }
  }

 private:
  static bool is_recording(std::string_view bytes) {
    const std::string_view begin = bytes.substr(0, 4096);
    const auto has = [&](std::string_view member) { return begin.find(member) != std::string_view::npos; };
    return has("\"log\"") && (has("\"creator\"") || has("\"_casewire\"") || has("\"entries\""));
  }

  void read_file(const std::string& name, const std::string& bytes) {
    const std::string_view text = without_mark(bytes);
    if (text.empty()) {
      evidence_.unused.push_back(name + ": is empty");
    } else if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
      // What Windows calls Unicode, in which exports are saved there.
      const auto plain = utf8_of_utf16(text);
      if (plain) {
        read_file(name, *plain);
      } else {
        evidence_.unused.push_back(name + ": begins as UTF-16 and is none; save it as UTF-8");
      }
    } else if (name.ends_with(".msg") && text.starts_with("\xD0\xCF\x11\xE0")) {
      evidence_.unused.push_back(name + ": a mail as Outlook keeps it; save it as .eml");
    } else if (text.find('\0') != std::string::npos) {
      // A file that hung on a mail or a Case: bytes to compare with.
      evidence_.files.try_emplace(hex(sha256(text)), std::string(text));
      evidence_.read.push_back(name + ": a file of " + std::to_string(text.size()) + " bytes");
    } else {
      read_text(
          name, text, hosts_, [&](std::string_view file) { return beside(name, file); }, evidence_);
    }
  }

  const std::string* beside(const std::string& recording, std::string_view file) {
    const std::string name = recording.substr(0, recording.rfind('/') + 1) + std::string(file);
    const auto found = files_.find(name);
    if (found == files_.end()) return nullptr;
    beside_.insert(name);
    return &found->second;
  }

  const Files& files_;
  const Hosts& hosts_;
  Evidence& evidence_;
  std::set<std::string> beside_;
};

/// Office documents are zips too, and are kept as they are.
bool is_document(const std::vector<NamedBytes>& inside) {
  return std::any_of(inside.begin(), inside.end(), [](const NamedBytes& one) { return one.name == "[Content_Types].xml"; });
}

bool is_left_by_a_program(const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  return name.starts_with('.') || name == "Thumbs.db" || name.ends_with('~') || path.starts_with("__MACOSX/");
}

}  // namespace

Result<Evidence> open_bundle(const std::string& path, const Hosts& hosts, const BundleLimits& limits) {
  std::error_code error;
  const auto complain = [&](const std::string& problem, const std::string& hint = {}) {
    return fail(Diagnostic{.where = {path, {}}, .problem = problem, .hint = hint});
  };
  if (!fs::exists(path, error)) return complain("there is no such file or folder");
  std::vector<std::pair<std::string, fs::path>> found;
  if (!fs::is_directory(path, error)) {
    found.emplace_back(fs::path(path).filename().string(), path);
  } else {
    for (fs::recursive_directory_iterator at(path, fs::directory_options::skip_permission_denied, error), end;
         !error && at != end; at.increment(error)) {
      const std::string name = fs::relative(at->path(), path, error).generic_string();
      if (at->is_regular_file(error) && !is_left_by_a_program(name)) found.emplace_back(name, at->path());
      if (found.size() > limits.files_max) return complain("it holds more than " + std::to_string(limits.files_max) + " files");
    }
  }
  if (found.empty()) return complain("there is no file in it");

  Evidence evidence;
  Files files;
  std::size_t left = limits.bytes_max;
  const auto too_large = [&] {
    return complain("it is larger than " + std::to_string(limits.bytes_max >> 20) + " MB",
                    "leave out what has nothing to do with the ticket");
  };
  for (const auto& [name, file] : found) {
    if (fs::file_size(file, error) > left) return too_large();
    std::ifstream in(file, std::ios::binary);
    if (!in) {
      evidence.unused.push_back(name + ": cannot be read");
      continue;
    }
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    left -= std::min(left, bytes.size());
    if (!is_zip(bytes)) {
      files.emplace(name, std::move(bytes));
      continue;
    }
    auto inside = unpacked(bytes, name, left);
    if (!inside) {
      evidence.unused.push_back(name + ": " + inside.error().problem);
    } else if (is_document(*inside)) {
      files.emplace(name, std::move(bytes));
    } else {
      for (NamedBytes& one : *inside) {
        left -= std::min(left, one.bytes.size());
        if (!is_left_by_a_program(one.name)) files.emplace(name + "/" + one.name, std::move(one.bytes));
      }
    }
  }
  Unwrapping(files, hosts, evidence).read();
  return evidence;
}

}  // namespace casewire::scenarios
