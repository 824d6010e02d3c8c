#pragma once
// What the routes under /_casewire answer, by which a person does at a lone fake what has no API there.

#include "base/http/handler.hpp"
#include "base/text/json.hpp"

namespace casewire::scenarios {

inline http::Reply json_answer(int status, const Json& body) {
  return {.response = {.status = status, .headers = {{"Content-Type", "application/json"}}, .body = dump_json(body)}};
}

}  // namespace casewire::scenarios
