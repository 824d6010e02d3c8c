#pragma once
// The API description (api.json) as the fake uses it: which operation a request asks for, and what is wrong with it.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http/message.hpp"
#include "base/http/route_table.hpp"
#include "base/text/json.hpp"
#include "sim/opencx/schema.hpp"

namespace casewire::sim::opencx {

/// The embedded text of api.json.
std::string_view api_text();

/// Who may come in.
enum class Door {
  key,      ///< an API key with the operation's scope
  bot,      ///< the widget's public token
  contact,  ///< that, and the token of a contact
  open,     ///< anybody
};

struct Operation {
  std::string id;    ///< "sendMessage"
  std::string name;  ///< "message send": the word of fault sentences
  std::string method;
  std::string pattern;                  ///< "/chat/sessions/{session_id}"
  std::map<std::string, Json> query{};  ///< schema by parameter
  std::string body_schema{};            ///< "#/schemas/SendMessageInput"; empty: no body
  std::string scope{};                  ///< "contacts:read"
  Door door = Door::key;
  bool is_assumed = false;  ///< that it exists, or looks so
};

struct Called {
  const Operation* operation = nullptr;
  std::map<std::string, std::string> path_parameters{};
};

class Description {
 public:
  /// Read once; const and shared by every fake of the process.
  static const Description& embedded();

  std::optional<Called> find(const http::Request& request) const;
  std::vector<SchemaError> query_errors(const Operation& operation, const std::map<std::string, std::string>& query) const;
  std::vector<SchemaError> body_errors(const Operation& operation, const Json& body) const;
  const std::vector<Operation>& operations() const { return operations_; }
  /// Their names, each once, sorted.
  std::vector<std::string> names() const { return table_.operations(); }

 private:
  explicit Description(Json json);
  Json json_;
  std::vector<Operation> operations_;  ///< by the table's numbers
  http::RouteTable table_;
};

}  // namespace casewire::sim::opencx
