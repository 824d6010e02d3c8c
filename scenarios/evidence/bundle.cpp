#include "scenarios/evidence/bundle.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "scenarios/evidence/material.hpp"

namespace casewire::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr JsonLimits kJsonLimits{.bytes_max = std::size_t{512} << 20, .depth_max = 64};

std::string without_mark(std::string text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (text.starts_with(kMark)) text.erase(0, kMark.size());
  return text;
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

void read_text(const std::string& name, const std::string& text, const Hosts& hosts, Evidence& evidence) {
  const std::string_view begin = trimmed(std::string_view(text).substr(0, 64));
  if (begin.starts_with('{') || begin.starts_with('[')) {
    const auto json = parse_json(text, name, kJsonLimits);
    if (!json) {
      evidence.unused.push_back(name + ": no JSON: line " + std::to_string(json.error().where.position.line) + ", " +
                                json.error().problem);
    } else if (!read_json_material(name, *json, hosts, evidence)) {
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
  } else {
    evidence.unused.push_back(
        name + ": not understood; mails, mailboxes, HAR, tables and records of Salesforce and histories of OpenCX are");
  }
}

void read_file(const fs::path& path, const std::string& name, const Hosts& hosts, Evidence& evidence) {
  std::ifstream in(path, std::ios::binary);
  std::string text = without_mark({std::istreambuf_iterator<char>(in), {}});
  if (!in.good() && !in.eof()) {
    evidence.unused.push_back(name + ": cannot be read");
  } else if (text.empty()) {
    evidence.unused.push_back(name + ": is empty");
  } else if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    evidence.unused.push_back(name + ": is UTF-16; save it as UTF-8");
  } else if (text.starts_with("PK\x03\x04")) {
    evidence.unused.push_back(name + ": is a zip; unpack it into the folder");
  } else if (text.find('\0') != std::string::npos) {
    // A file that hung on a mail or a Case: bytes to compare with.
    evidence.files.try_emplace(hex(sha256(text)), text);
    evidence.read.push_back(name + ": a file of " + std::to_string(text.size()) + " bytes");
  } else {
    read_text(name, text, hosts, evidence);
  }
}

}  // namespace

Result<Evidence> open_bundle(const std::string& path, const Hosts& hosts, const BundleLimits& limits) {
  std::error_code error;
  const auto complain = [&](const std::string& problem, const std::string& hint = {}) {
    return fail(Diagnostic{.where = {path, {}}, .problem = problem, .hint = hint});
  };
  if (!fs::exists(path, error)) return complain("there is no such file or folder");
  std::vector<std::pair<std::string, fs::path>> files;
  std::uintmax_t bytes = 0;
  const auto add = [&](const fs::path& file, const std::string& name) {
    bytes += fs::file_size(file, error);
    files.emplace_back(name, file);
  };
  if (!fs::is_directory(path, error)) {
    add(path, fs::path(path).filename().string());
  } else {
    for (fs::recursive_directory_iterator at(path, fs::directory_options::skip_permission_denied, error), end; at != end;
         at.increment(error)) {
      if (error) break;
      const std::string name = at->path().filename().string();
      if (!at->is_regular_file(error) || name.starts_with('.') || name == "Thumbs.db" || name.ends_with('~')) continue;
      add(at->path(), fs::relative(at->path(), path, error).generic_string());
      if (files.size() > limits.files_max) return complain("it holds more than " + std::to_string(limits.files_max) + " files");
    }
  }
  if (bytes > limits.bytes_max) {
    return complain("it is larger than " + std::to_string(limits.bytes_max >> 20) + " MB",
                    "leave out what has nothing to do with the ticket");
  }
  if (files.empty()) return complain("there is no file in it");
  std::sort(files.begin(), files.end());
  Evidence evidence;
  for (const auto& [name, file] : files) read_file(file, name, hosts, evidence);
  return evidence;
}

}  // namespace casewire::scenarios
