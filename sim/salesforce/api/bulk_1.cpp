// Bulk API 1.0 is not modelled, and says so as that API tells of an error: clients look for `exceptionCode` and show anything else as it
// came. Source: Bulk API Developer Guide, "Errors"; JSON is for whoever sends or takes JSON, as jobs are in either form.

#include "base/text/strings.hpp"
#include "sim/salesforce/api/login.hpp"

namespace casewire::sim::salesforce {

LoginAnswer answer_bulk_1(LoginCall& call) {
  const auto& headers = call.request.headers;
  const auto speaks_json = [&](std::string_view name) {
    return lowercase(headers.find(name).value_or("")).find("json") != std::string::npos;
  };
  const auto what = "Bulk API 1.0 (" + call.request.method + " " + std::string{call.request.path()} + ")";
  const std::string code = "NOT_MODELLED", words = "casewire does not model Bulk API 1.0";
  auto answer = speaks_json("Content-Type") || speaks_json("Accept")
                    ? json_answer(501, {{"exceptionCode", code}, {"exceptionMessage", words}})
                    : text_answer(501, "application/xml",
                                  R"(<?xml version="1.0" encoding="UTF-8"?>)"
                                  R"(<error xmlns="http://www.force.com/2009/06/asyncapi/dataload"><exceptionCode>)" +
                                      code + "</exceptionCode><exceptionMessage>" + words + "</exceptionMessage></error>");
  answer.not_modelled = what;
  return answer;
}

}  // namespace casewire::sim::salesforce
