// Any text is a token with claims, or none; a token that we issue for those claims says the same.

#include "sim/salesforce/api/jwt.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace casewire;
using fuzz::require;

FUZZ_TARGET(jwt) {
  using namespace casewire::sim::salesforce;
  const auto jwt = read_jwt({reinterpret_cast<const char*>(bytes), size});
  if (!jwt) return 0;
  require(jwt->claims.is_object(), "claims are an object");
  const auto issued = issue_jwt(jwt->claims);
  const auto again = read_jwt(issued);
  require(issued.size() > kJwtBytesMax || (again && again->claims == jwt->claims), "an issued token is read back");
  return 0;
}
