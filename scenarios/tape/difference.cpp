#include "scenarios/tape/difference.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "scenarios/tape/masking.hpp"

namespace casewire::scenarios {

namespace {

/// Of one run or one connection; says nothing about what is asked for.
constexpr std::array<std::string_view, 19> kIgnoredHeaders{
    "authorization",     "traceparent",       "tracestate", "host",   "connection", "keep-alive", "content-length", "date",
    "accept-encoding",   "transfer-encoding", "user-agent", "expect", "te",         "cookie",     "accept",         "webhook-id",
    "webhook-timestamp", "webhook-signature", "upgrade"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The length of an ISO 8601 instant that begins at `text`, 0 when none does.
std::size_t instant_length(std::string_view text) {
  constexpr std::string_view kShape = "0000-00-00T00:00:00";
  if (text.size() < kShape.size() + 1) {
    return 0;
  }
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    if (kShape[i] == '0' ? !is_digit(text[i]) : text[i] != kShape[i]) {
      return 0;
    }
  }
  std::size_t end = kShape.size();
  if (text[end] == '.') {
    for (++end; end < text.size() && is_digit(text[end]); ++end) {
    }
  }
  if (end < text.size() && text[end] == 'Z') {
    return end + 1;
  }
  for (const std::string_view zone :
       {std::string_view("+00:00"), std::string_view("+0000"), std::string_view("-00:00"), std::string_view("-0000")}) {
    if (text.substr(end).starts_with(zone)) {
      return end + zone.size();
    }
  }
  return 0;
}

/// A replay runs at another time than the recording: instants are compared by their presence.
std::string without_instants(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = instant_length(text.substr(i));
    result += length > 0 ? std::string("<time>") : std::string(1, text[i]);
    i += std::max<std::size_t>(length, 1);
  }
  return result;
}

bool same_text(const std::string& recorded, const std::string& made) {
  return recorded == made || is_pseudonym(recorded) || without_instants(recorded) == without_instants(made);
}

std::string shown(const Json& value) {
  const std::string text = dump_json(value);
  const std::string_view start = prefix_of_characters(text, 200);
  return start.size() < text.size() ? std::string(start) + "..." : text;
}

std::string escaped(std::string_view name) { return replaced(replaced(std::string(name), "~", "~0"), "/", "~1"); }

class Comparison {
 public:
  void text(const std::string& pointer, const std::string& recorded, const std::string& made) {
    if (!same_text(recorded, made)) {
      note(pointer, shown(recorded), shown(made));
    }
  }

  /// Names may repeat; the n-th of a name is compared with the n-th.
  void fields(const std::string& pointer, const FormFields& recorded, const FormFields& made) {
    const auto theirs = by_name(recorded);
    const auto ours = by_name(made);
    for (const auto& [name, values] : theirs) {
      const auto found = ours.find(name);
      const std::size_t count = found == ours.end() ? 0 : found->second.size();
      for (std::size_t i = 0; i < std::max(values.size(), count); ++i) {
        value(pointer + "/" + escaped(name), i < values.size() ? &values[i] : nullptr, i < count ? &found->second[i] : nullptr);
      }
    }
    for (const auto& [name, values] : ours) {
      if (!theirs.contains(name)) {
        value(pointer + "/" + escaped(name), nullptr, &values.front());
      }
    }
  }

  void json(const std::string& pointer, const Json& recorded, const Json& made) {  // parse_json bounds the depth
    if (recorded.is_string() && made.is_string()) {
      text(pointer, recorded.get_ref<const std::string&>(), made.get_ref<const std::string&>());
    } else if (recorded.is_object() && made.is_object()) {
      for (const auto& [name, child] : recorded.items()) {
        const auto found = made.find(name);
        found == made.end() ? note(pointer + "/" + escaped(name), shown(child), "nothing")
                            : json(pointer + "/" + escaped(name), child, *found);
      }
      for (const auto& [name, child] : made.items()) {
        if (!recorded.contains(name)) {
          note(pointer + "/" + escaped(name), "nothing", shown(child));
        }
      }
    } else if (recorded.is_array() && made.is_array()) {
      for (std::size_t i = 0; i < std::max(recorded.size(), made.size()); ++i) {
        const std::string here = pointer + "/" + std::to_string(i);
        if (i >= recorded.size() || i >= made.size()) {
          note(here, i < recorded.size() ? shown(recorded[i]) : "nothing", i < made.size() ? shown(made[i]) : "nothing");
        } else {
          json(here, recorded[i], made[i]);
        }
      }
    } else if (recorded != made) {
      note(pointer, shown(recorded), shown(made));
    }
  }

  std::vector<Difference> take() { return std::move(found_); }

 private:
  static std::map<std::string, std::vector<std::string>> by_name(const FormFields& fields) {
    std::map<std::string, std::vector<std::string>> all;
    for (const auto& [name, value] : fields) {
      all[name].push_back(value);
    }
    return all;
  }

  void value(const std::string& pointer, const std::string* recorded, const std::string* made) {
    if (recorded != nullptr && made != nullptr) {
      text(pointer, *recorded, *made);
    } else {
      note(pointer, recorded != nullptr ? shown(*recorded) : "nothing", made != nullptr ? shown(*made) : "nothing");
    }
  }

  void note(const std::string& pointer, std::string recorded, std::string made) {
    if (found_.size() < kDifferencesMax) {
      found_.push_back({pointer, std::move(recorded), std::move(made)});
    }
  }

  std::vector<Difference> found_;
};

FormFields compared_headers(const http::Headers& headers) {
  FormFields fields;
  for (const http::Header& header : headers) {
    const std::string name = lowercase(header.name);
    if (std::find(kIgnoredHeaders.begin(), kIgnoredHeaders.end(), name) == kIgnoredHeaders.end()) {
      fields.emplace_back(name, header.value);
    }
  }
  return fields;
}

void compare_bodies(Comparison& comparison, const http::Request& recorded, const http::Request& made) {
  const auto type = recorded.headers.find("content-type");
  if (type && lowercase(*type).starts_with("application/x-www-form-urlencoded")) {
    const auto theirs = parse_form(recorded.body);
    const auto ours = parse_form(made.body);
    if (theirs && ours) {
      return comparison.fields("/body", *theirs, *ours);
    }
  }
  const auto theirs = parse_json(recorded.body);
  const auto ours = theirs ? parse_json(made.body) : theirs;
  theirs&& ours ? comparison.json("/body", *theirs, *ours) : comparison.text("/body", recorded.body, made.body);
}

}  // namespace

std::vector<Difference> differences(const http::Request& recorded, const http::Request& made) {
  Comparison comparison;
  comparison.text("/method", recorded.method, made.method);
  comparison.text("/path", std::string(recorded.path()), std::string(made.path()));
  const auto theirs = parse_form(recorded.query());
  const auto ours = parse_form(made.query());
  if (theirs && ours) {
    comparison.fields("/query", *theirs, *ours);
  } else {
    comparison.text("/query", std::string(recorded.query()), std::string(made.query()));
  }
  comparison.fields("/headers", compared_headers(recorded.headers), compared_headers(made.headers));
  compare_bodies(comparison, recorded, made);
  return comparison.take();
}

}  // namespace casewire::scenarios
