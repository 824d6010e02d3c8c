#include "scenarios/tape/operation.hpp"

#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "scenarios/tape/run_values.hpp"

namespace casewire::scenarios {

namespace {

bool reads(std::string_view method) { return method == "GET" || method == "HEAD"; }

/// The path of a target, with stars.
std::string place_of(std::string_view target) {
  std::string place;
  for (const Piece& piece : pieces_of(target.substr(0, target.find('?'))))
    place += piece.kind == Piece::Kind::words ? piece.text : std::string_view("*");
  // Whether deleted rows are asked for too is a matter of wording (rewording.hpp).
  if (place.ends_with("/queryAll")) place.resize(place.size() - std::string_view("All").size());
  return place;
}

/// Of Salesforce's composite (`compositeRequest`) and its batch (`batchRequests`); nullptr: one request alone.
const Json* parts_of_composite(const Json& body) {
  if (!body.is_object()) return nullptr;
  for (const char* name : {"compositeRequest", "batchRequests"}) {
    const auto parts = body.find(name);
    if (parts != body.end() && parts->is_array() && !parts->empty()) return &*parts;
  }
  return nullptr;
}

std::string text_of(const Json& part, const char* name) {
  const auto found = part.is_object() ? part.find(name) : part.end();
  return found != part.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void collect(std::string_view text, std::set<std::string, std::less<>>& ids) {
  for (const Piece& piece : pieces_of(text)) {
    if (piece.kind == Piece::Kind::id) ids.emplace(piece.text);
  }
}

}  // namespace

Operation operation_of(const http::Request& request) {
  Operation operation{.shape = request.method + " " + place_of(request.target), .records = {}, .is_read = reads(request.method)};
  collect(percent_decoded(request.target).value_or(request.target), operation.records);
  collect(percent_decoded(request.body).value_or(request.body), operation.records);
  if (request.path().find("/composite") == std::string_view::npos) return operation;
  const auto body = parse_json(request.body);
  const Json* parts = body ? parts_of_composite(*body) : nullptr;
  if (parts == nullptr) return operation;
  operation.is_read = true;
  const char* before = ": ";
  for (const Json& part : *parts) {
    const std::string method = text_of(part, "method"), url = text_of(part, "url");
    operation.shape += before + method + " " + place_of(url);
    operation.is_read = operation.is_read && reads(method);
    before = ", ";
  }
  return operation;
}

}  // namespace casewire::scenarios
