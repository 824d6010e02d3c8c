#include "scenarios/tape/difference.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "base/http/connection_headers.hpp"
#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "scenarios/tape/lexemes.hpp"
#include "scenarios/tape/masking.hpp"
#include "scenarios/tape/media_type.hpp"
#include "scenarios/tape/multipart.hpp"
#include "scenarios/tape/run_values.hpp"

namespace casewire::scenarios {

namespace {

/// Of one run, or of a client's making; says nothing about what is asked for.
constexpr std::array<std::string_view, 26> kIgnoredHeaders{"accept",
                                                           "accept-charset",
                                                           "accept-encoding",
                                                           "accept-language",
                                                           "b3",
                                                           "baggage",
                                                           "cache-control",
                                                           "content-md5",
                                                           "cookie",
                                                           "date",
                                                           "dnt",
                                                           "expect",
                                                           "forwarded",
                                                           "from",
                                                           "newrelic",
                                                           "origin",
                                                           "pragma",
                                                           "priority",
                                                           "referer",
                                                           "request-id",
                                                           "upgrade-insecure-requests",
                                                           "user-agent",
                                                           "via",
                                                           "webhook-id",
                                                           "webhook-signature",
                                                           "webhook-timestamp"};
/// Traces of the many systems that write them, and what browsers and gateways add.
constexpr std::array<std::string_view, 9> kIgnoredParts{"trace",        "span",      "correlation", "request-id", "x-b3-",
                                                        "x-forwarded-", "x-real-ip", "sec-",        "x-datadog-"};

bool is_ignored(const std::string& name) {
  return name.starts_with(':') || http::is_of_connection(name) ||
         std::find(kIgnoredHeaders.begin(), kIgnoredHeaders.end(), name) != kIgnoredHeaders.end() ||
         std::any_of(kIgnoredParts.begin(), kIgnoredParts.end(),
                     [&](std::string_view part) { return name.find(part) != std::string::npos; });
}

bool is_credential(std::string_view header) {
  return header == "authorization" || header == "proxy-authorization" || header == "x-api-key" || header == "x-auth-token";
}

/// Members that hold a file's bytes in base64: each byte counts, however it looks.
bool holds_bytes(std::string_view member) {
  constexpr std::array<std::string_view, 7> kNames{"versiondata", "body", "data", "content", "contentbase64", "base64", "file"};
  return std::find(kNames.begin(), kNames.end(), lowercase(member)) != kNames.end();
}

std::string value_shown(const Json& value) {
  if (value.is_string() && !is_valid_utf8(value.get_ref<const std::string&>())) {
    const std::string& bytes = value.get_ref<const std::string&>();
    return std::to_string(bytes.size()) + " bytes (SHA-256 " + hex(sha256(bytes)).substr(0, 12) + ")";
  }
  const std::string text = dump_json(value);
  const std::string_view start = prefix_of_characters(text, 200);
  return start.size() < text.size() ? std::string(start) + "..." : text;
}

std::string escaped(std::string_view name) { return replaced(replaced(std::string(name), "~", "~0"), "/", "~1"); }

/// A JSON member or a parameter may hold a target itself: a composite's `url`, a `nextRecordsUrl`.
bool is_target(std::string_view text) {
  const bool begins = text.starts_with('/') || text.starts_with("http://") || text.starts_with("https://");
  return begins && text.size() > 1 && text.find_first_of(" \t\r\n\"") == std::string_view::npos;
}

class Comparison {
 public:
  explicit Comparison(Bindings& bindings) : bindings_(bindings) {}

  void text(const std::string& pointer, const std::string& recorded, const std::string& made) {
    const bool same = is_pseudonym(recorded) ? bindings_.agree(recorded, made) : bindings_.agree_in_text(recorded, made);
    if (!same) note(pointer, value_shown(recorded), value_shown(made));
  }

  /// A text in a place where a vendor takes a query or a target.
  void value(const std::string& pointer, std::string_view name, const std::string& recorded, const std::string& made) {
    if (is_query(recorded) && is_query(made) && takes_query(name)) {
      return tokens(pointer, soql_lexemes(recorded), soql_lexemes(made));
    }
    if (is_target(recorded) && is_target(made)) return target(pointer, {.target = recorded}, {.target = made});
    if (holds_bytes(name) && decode_base64(recorded)) {
      if (recorded != made) note(pointer, value_shown(recorded), value_shown(made));
      return;
    }
    text(pointer, recorded, made);
  }

  /// `pointer`: of what holds the path and the query.
  void target(const std::string& pointer, const http::Request& recorded, const http::Request& made) {
    text(pointer + "/path", path_of(recorded), path_of(made));
    const auto theirs = parse_form(recorded.query());
    const auto ours = parse_form(made.query());
    if (theirs && ours) {
      fields(pointer + "/query", *theirs, *ours);
    } else {
      text(pointer + "/query", std::string(recorded.query()), std::string(made.query()));
    }
  }

  /// Names may repeat; the n-th of a name is compared with the n-th.
  void fields(const std::string& pointer, const FormFields& recorded, const FormFields& made) {
    const auto theirs = by_name(recorded);
    auto ours = by_name(made);
    call_as_recorded(theirs, ours);
    for (const auto& [name, values] : theirs) {
      const auto found = ours.find(name);
      const std::size_t count = found == ours.end() ? 0 : found->second.size();
      for (std::size_t i = 0; i < std::max(values.size(), count); ++i) {
        field(pointer + "/" + escaped(name), name, i < values.size() ? &values[i] : nullptr,
              i < count ? &found->second[i] : nullptr);
      }
    }
    for (const auto& [name, values] : ours) {
      if (!theirs.contains(name)) field(pointer + "/" + escaped(name), name, nullptr, &values.front());
    }
  }

  void json(const std::string& pointer, std::string_view name, const Json& recorded,
            const Json& made) {  // parse_json bounds the depth
    if (recorded.is_string() && made.is_string()) {
      value(pointer, name, recorded.get_ref<const std::string&>(), made.get_ref<const std::string&>());
    } else if (recorded.is_object() && made.is_object()) {
      std::set<std::string, std::less<>> known_by_another_name;
      for (const auto& [member, child] : recorded.items()) {
        const auto found = made.find(member);
        if (found != made.end()) {
          json(pointer + "/" + escaped(member), member, child, *found);
        } else if (const auto alias = namesake(member, child, recorded, made, known_by_another_name)) {
          known_by_another_name.insert(*alias);
        } else {
          note(pointer + "/" + escaped(member), value_shown(child), "nothing");
        }
      }
      for (const auto& [member, child] : made.items()) {
        if (!recorded.contains(member) && !known_by_another_name.contains(member))
          note(pointer + "/" + escaped(member), "nothing", value_shown(child));
      }
    } else if (recorded.is_array() && made.is_array()) {
      for (std::size_t i = 0; i < std::max(recorded.size(), made.size()); ++i) {
        const std::string here = pointer + "/" + std::to_string(i);
        if (i >= recorded.size() || i >= made.size()) {
          note(here, i < recorded.size() ? value_shown(recorded[i]) : "nothing",
               i < made.size() ? value_shown(made[i]) : "nothing");
        } else {
          json(here, name, recorded[i], made[i]);
        }
      }
    } else if (recorded.is_number_integer() && made.is_number_integer() && is_epoch(recorded.dump()) && is_epoch(made.dump())) {
      if (!bindings_.agree_in_text(recorded.dump(), made.dump())) note(pointer, value_shown(recorded), value_shown(made));
    } else if (recorded.is_number() && made.is_number()) {
      if (recorded != made && !bindings_.agree_in_number(recorded.dump(), made.dump()))
        note(pointer, value_shown(recorded), value_shown(made));
    } else if (recorded != made) {
      note(pointer, value_shown(recorded), value_shown(made));
    }
  }

  void tokens(const std::string& pointer, const std::vector<Lexeme>& recorded, const std::vector<Lexeme>& made) {
    for (std::size_t i = 0; i < std::max(recorded.size(), made.size()); ++i) {
      const bool both = i < recorded.size() && i < made.size();
      if (both && recorded[i].quoted == made[i].quoted && agree_in_name(recorded[i].place, made[i].place) &&
          bindings_.agree_in_text(recorded[i].text, made[i].text)) {
        continue;
      }
      const std::string place = i < recorded.size() ? recorded[i].place : made[i].place;
      return note(pointer + place, value_shown(from(recorded, i)), value_shown(from(made, i)));
    }
  }

  void headers(const std::string& pointer, const http::Headers& recorded, const http::Headers& made) {
    fields(pointer, compared(recorded), compared(made));
    credentials(pointer, recorded, made);
    media_type(pointer + "/content-type", recorded, made);
  }

  void body(const std::string& pointer, const http::Headers& their_headers, const std::string& recorded,
            const http::Headers& our_headers, const std::string& made) {
    const MediaType their_type = media_type_of(their_headers), our_type = media_type_of(our_headers);
    if (their_type.is_form() && our_type.is_form()) {
      const auto theirs = parse_form(recorded);
      const auto ours = parse_form(made);
      if (theirs && ours) return fields(pointer, *theirs, *ours);
    }
    if (their_type.is_multipart() && our_type.is_multipart()) {
      const auto theirs = parts_of(recorded, their_type.parameter("boundary"));
      const auto ours = parts_of(made, our_type.parameter("boundary"));
      if (theirs && ours) return parts(pointer, *theirs, *ours);
    }
    if (their_type.is_xml() && our_type.is_xml()) {
      const auto theirs = xml_lexemes(recorded);
      const auto ours = xml_lexemes(made);
      if (theirs && ours) return tokens(pointer, *theirs, *ours);
    }
    const auto theirs = parse_json(recorded);
    const auto ours = theirs ? parse_json(made) : theirs;
    if (theirs && ours) return json(pointer, {}, *theirs, *ours);
    if (!their_type.name.empty() && !their_type.name.starts_with("text/") && !their_type.is_json()) {
      if (recorded != made) note(pointer, value_shown(recorded), value_shown(made));
      return;
    }
    text(pointer, recorded, made);
  }

  std::vector<Difference> take() { return std::move(found_); }

 private:
  using ByName = std::map<std::string, std::vector<std::string>>;

  bool agree_in_name(const std::string& recorded, const std::string& made) {
    return recorded == made || bindings_.agree_in_text(recorded, made);
  }

  /// A name that is no vendor's is disguised in a redacted tape: the member of what was made that has another name of that shape, and means the same.
  std::optional<std::string> namesake(const std::string& member, const Json& child, const Json& recorded, const Json& made,
                                      const std::set<std::string, std::less<>>& taken) {
    for (const auto& [name, value] : made.items()) {
      if (recorded.contains(name) || taken.contains(name)) continue;
      Bindings trial = bindings_.trial();
      if (!trial.agree_in_text(member, name)) continue;
      Comparison comparison(trial);
      comparison.json({}, name, child, value);
      if (!comparison.found_.empty()) continue;
      bindings_.adopt(std::move(trial));
      return name;
    }
    return std::nullopt;
  }

  /// The same of fields, parameters and headers.
  void call_as_recorded(const ByName& recorded, ByName& made) {
    for (const auto& [name, values] : recorded) {
      if (made.contains(name)) continue;
      const auto alias = std::find_if(made.begin(), made.end(), [&](const auto& one) {
        Bindings trial = bindings_.trial();
        if (recorded.contains(one.first) || !trial.agree_in_text(name, one.first)) return false;
        bindings_.adopt(std::move(trial));
        return true;
      });
      if (alias == made.end()) continue;
      auto node = made.extract(alias);
      node.key() = name;
      made.insert(std::move(node));
    }
  }

  static std::string path_of(const http::Request& request) {
    return std::string(request.origin()) + percent_decoded(request.path()).value_or(std::string(request.path()));
  }

  static std::string from(const std::vector<Lexeme>& tokens, std::size_t first) {
    constexpr std::size_t kShownMax = 12;
    std::string text;
    for (std::size_t i = first; i < std::min(tokens.size(), first + kShownMax); ++i) {
      text +=
          (text.empty() ? "" : " ") + (tokens[i].quoted && tokens[i].place.empty() ? "'" + tokens[i].text + "'" : tokens[i].text);
    }
    return text;
  }

  static ByName by_name(const FormFields& fields) {
    ByName all;
    for (const auto& [name, value] : fields) all[name].push_back(value);
    return all;
  }

  static FormFields compared(const http::Headers& headers) {
    FormFields fields;
    for (const http::Header& header : headers) {
      const std::string name = lowercase(header.name);
      if (!is_ignored(name) && !is_credential(name) && name != "content-type") fields.emplace_back(name, header.value);
    }
    return fields;
  }

  /// Browsers leave credentials out of what they save, so only what was recorded is asked for: its presence and its kind.
  void credentials(const std::string& pointer, const http::Headers& recorded, const http::Headers& made) {
    for (const http::Header& header : recorded) {
      const std::string name = lowercase(header.name);
      if (!is_credential(name)) continue;
      const auto given = made.find(name);
      const auto scheme = [](std::string_view value) {
        const std::size_t blank = value.find(' ');
        return blank == std::string_view::npos ? std::string() : lowercase(value.substr(0, blank));
      };
      const bool is_of_one_kind = given && scheme(header.value) == scheme(*given);
      const auto secret = [](std::string_view value) { return std::string(value.substr(value.find(' ') + 1)); };
      if (is_of_one_kind && is_pseudonym(secret(header.value)) && !bindings_.agree(secret(header.value), secret(*given))) {
        note(pointer + "/" + name, "the credentials \"" + secret(header.value) + "\"", "others");
      } else if (!is_of_one_kind) {
        note(pointer + "/" + name, header.value.empty() ? "\"\"" : "credentials of the kind \"" + scheme(header.value) + "\"",
             given ? "credentials of the kind \"" + scheme(*given) + "\"" : "nothing");
      }
    }
  }

  void media_type(const std::string& pointer, const http::Headers& recorded, const http::Headers& made) {
    const bool theirs = recorded.find("content-type").has_value(), ours = made.find("content-type").has_value();
    if (!theirs && !ours) return;
    const auto charset = [](const MediaType& type) {
      const std::string name = lowercase(type.parameter("charset"));
      return name == "utf-8" || name == "utf8" || name == "us-ascii" ? std::string() : name;
    };
    const MediaType their_type = media_type_of(recorded), our_type = media_type_of(made);
    if (theirs != ours || their_type.name != our_type.name || charset(their_type) != charset(our_type)) {
      note(pointer, theirs ? value_shown(std::string(*recorded.find("content-type"))) : "nothing",
           ours ? value_shown(std::string(*made.find("content-type"))) : "nothing");
    }
  }

  void parts(const std::string& pointer, const std::vector<Part>& recorded, const std::vector<Part>& made) {
    for (std::size_t i = 0; i < std::max(recorded.size(), made.size()); ++i) {
      const bool both = i < recorded.size() && i < made.size();
      const Part& named = i < recorded.size() ? recorded[i] : made[i];
      const std::string name = read_media_type(named.headers.find("content-disposition").value_or("")).parameter("name");
      const std::string here = pointer + "/" + (name.empty() ? std::to_string(i) : escaped(name));
      if (!both) {
        note(here, i < recorded.size() ? value_shown(recorded[i].body) : "nothing",
             i < made.size() ? value_shown(made[i].body) : "nothing");
        continue;
      }
      disposition(here + "/content-disposition", recorded[i].headers, made[i].headers);
      media_type(here + "/content-type", recorded[i].headers, made[i].headers);
      body(here + "/body", recorded[i].headers, recorded[i].body, made[i].headers, made[i].body);
    }
  }

  void disposition(const std::string& pointer, const http::Headers& recorded, const http::Headers& made) {
    const MediaType theirs = read_media_type(recorded.find("content-disposition").value_or(""));
    const MediaType ours = read_media_type(made.find("content-disposition").value_or(""));
    if (theirs.name != ours.name) note(pointer, value_shown(theirs.name), value_shown(ours.name));
    fields(pointer, {theirs.parameters.begin(), theirs.parameters.end()}, {ours.parameters.begin(), ours.parameters.end()});
  }

  void field(const std::string& pointer, const std::string& name, const std::string* recorded, const std::string* made) {
    if (recorded != nullptr && made != nullptr) {
      value(pointer, name, *recorded, *made);
    } else {
      note(pointer, recorded != nullptr ? value_shown(*recorded) : "nothing", made != nullptr ? value_shown(*made) : "nothing");
    }
  }

  void note(const std::string& pointer, std::string recorded, std::string made) {
    if (found_.size() < kDifferencesMax) found_.push_back({pointer, std::move(recorded), std::move(made)});
  }

  Bindings& bindings_;
  std::vector<Difference> found_;
};

}  // namespace

std::vector<Difference> differences(const http::Request& recorded, const http::Request& made, Bindings& bindings) {
  Comparison comparison(bindings);
  comparison.text("/method", recorded.method, made.method);
  comparison.target("", recorded, made);
  comparison.headers("/headers", recorded.headers, made.headers);
  comparison.body("/body", recorded.headers, recorded.body, made.headers, made.body);
  return comparison.take();
}

}  // namespace casewire::scenarios
