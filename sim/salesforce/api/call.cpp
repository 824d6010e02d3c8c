#include "sim/salesforce/api/call.hpp"

namespace casewire::sim::salesforce {

Answer written_answer(std::string json) { return {.raw = std::move(json), .raw_type = kJsonType}; }

std::string json_text(Answer&& answer) {
  if (answer.body) return dump_json(*answer.body);
  return answer.raw_type == kJsonType ? std::move(answer.raw) : std::string{};
}

Answer errors_answer(const SaveErrors& errors) {
  Json body = Json::array();
  for (const auto& error : errors) {
    Json one{{"message", error.message}, {"errorCode", error.code}};
    if (error.fields) one["fields"] = *error.fields;
    body.push_back(std::move(one));
  }
  return {.status = errors.front().status, .body = std::move(body), .not_modelled = errors.front().not_modelled};
}

Answer error_answer(const SaveError& error) { return errors_answer({error}); }

Answer error_answer(int status, std::string code, std::string message) {
  return {.status = status, .body = Json::array({Json{{"errorCode", std::move(code)}, {"message", std::move(message)}}})};
}

Answer not_found() { return error_answer(404, "NOT_FOUND", "The requested resource does not exist"); }

Answer not_modelled(std::string what) { return error_answer(not_modelled_error(std::move(what))); }

Answer no_object(const Call& call, std::string_view name) {
  return call.org.store.schema().lacks(name) ? not_modelled("the object " + std::string{name}) : not_found();
}

Answer query_refused(const soql::Error& error) {
  if (!error.not_modelled) return error_answer(400, error.code, error.message);
  auto answer = error_answer(501, "NOT_MODELLED", error.message);
  answer.not_modelled = error.message;
  return answer;
}

Json collection_error(const SaveError& error) {
  return {{"statusCode", error.code}, {"message", error.message}, {"fields", error.fields.value_or(std::vector<std::string>{})}};
}

std::string row_path(const Call& call, const SObjectType& type, std::string_view id) {
  return call.prefix() + "/sobjects/" + type.name + "/" + std::string{id};
}

}  // namespace casewire::sim::salesforce
