#include <httplib.h>

#include "base/http/transport.hpp"
#include "sim/world/journal.hpp"

long now() { return std::chrono::system_clock::now().time_since_epoch().count(); }  // TODO: the Runtime

void each(const std::string& text) {
  for (const auto word : split(lowercase(text), ' ')) use(word);
  for (const auto& part : read(text)["parts"]) use(part);
}
