#include "scenarios/tape/same.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "base/text/strings.hpp"
#include "scenarios/tape/media_type.hpp"
#include "scenarios/tape/operation.hpp"
#include "scenarios/tape/run_values.hpp"

namespace casewire::scenarios {

namespace {

/// Without what belongs to one run.
std::string plain(std::string_view text) {
  std::string words;
  const std::string decoded = percent_decoded(text).value_or(std::string(text));
  for (const Piece& piece : pieces_of(decoded)) {
    switch (piece.kind) {
      case Piece::Kind::words: words += piece.text; break;
      case Piece::Kind::time: words += "<time>"; break;
      case Piece::Kind::id: words += "<id>"; break;
    }
  }
  return words;
}

std::string plain(const http::Headers& headers, const std::string& body) {
  constexpr std::array<std::string_view, 4> kOfOneRun{"content-length", "traceparent", "date", "webhook-id"};
  std::string text;
  for (const http::Header& header : headers) {
    const std::string name = lowercase(header.name);
    if (std::find(kOfOneRun.begin(), kOfOneRun.end(), name) != kOfOneRun.end()) continue;
    const bool has_boundary = name == "content-type" && media_type_of(headers).is_multipart();
    text += name + ": " + (has_boundary ? media_type_of(headers).name : plain(header.value)) + "\n";
  }
  const std::string boundary = media_type_of(headers).parameter("boundary");
  if (boundary.empty()) return text + plain(body);
  std::string unbound = body;
  for (std::size_t at = unbound.find(boundary); at != std::string::npos; at = unbound.find(boundary, at))
    unbound.erase(at, boundary.size());
  return text + plain(unbound);
}

/// Which members there are, and of what kind: `/items/*/id string`.
void put_shape(const Json& value, const std::string& place, std::set<std::string>& lines) {  // parse_json bounds the depth
  if (!value.is_structured()) {
    lines.insert(place + " " + value.type_name());
    return;
  }
  for (const auto& [name, child] : value.items()) put_shape(child, place + "/" + (value.is_array() ? "*" : name), lines);
}

struct Told {
  std::set<std::string> reads;
  std::multiset<std::string> writes;
  friend bool operator==(const Told&, const Told&) = default;
};

Told told_by(const Tape& tape) {
  Told told;
  for (const Exchange& exchange : tape.exchanges) {
    const Operation operation = operation_of(exchange.request);
    const std::string asked = exchange.from + " " + exchange.to + " " + exchange.request.method + " " +
                              plain(exchange.request.target) + "\n" + plain(exchange.request.headers, exchange.request.body) +
                              "\n" + std::to_string(exchange.response.status) + " " + exchange.error + "\n";
    if (exchange.to != "bridge" && operation.is_read) {
      // Whether a read came before something or after it is chance, and so is what it saw.
      told.reads.insert(asked);
      if (const auto body = parse_json(exchange.response.body)) put_shape(*body, operation.shape + " ", told.reads);
    } else {
      told.writes.insert(asked + plain(exchange.response.headers, exchange.response.body));
    }
  }
  for (const BridgeFate& fate : tape.fates) {
    std::string what(name_of(fate.what));
    for (const std::string& word : fate.words) what += " " + plain(word);
    told.writes.insert(std::move(what));
  }
  return told;
}

}  // namespace

bool tell_the_same(const Tape& one, const Tape& other) {
  const bool is_headed_alike = one.head.is_of_fakes == other.head.is_of_fakes && one.head.is_redacted == other.head.is_redacted &&
                               one.head.comment == other.head.comment && one.head.bridge_settings == other.head.bridge_settings;
  return is_headed_alike && told_by(one) == told_by(other);
}

}  // namespace casewire::scenarios
